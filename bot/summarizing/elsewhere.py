"""What points out of a sentence in other languages than English: speakers named before, "in this", "according to her".

Patterns by language, for no parser is at hand; opening words that no other language has stand in `data/openings.json`.
Languages that leave out the subject are caught where somebody speaks ("Agregó que", "Disse que", "وأضاف أن") and at a
few verbs; of other verbs nothing here knows whether their subject follows.
"""

import re

_SAID_ES = (
    "dijo|dijeron|afirmó|añadió|agregó|explicó|señaló|indicó|sostuvo|aseguró|declaró|apuntó|subrayó|insistió|recordó|"
    "concluyó|reiteró|precisó|manifestó|expresó|comentó|advirtió"
)
_SAID_PT = (
    "disse|disseram|afirmou|acrescentou|explicou|declarou|ressaltou|destacou|sublinhou|lembrou|concluiu|reiterou|"
    "observou|salientou|garantiu|alertou"
)
_SAID_RU = (
    "(?:с|рас)казала?|заявила?|отметила?|добавила?|подчеркнула?|пояснила?|уточнила?|напомнила?|сообщила?|считает|"
    "признала?|ответила?"
)
_SAID_DE = (
    "sagte|sagten|sagt|erklärte|erklärt|betonte|betont|ergänzte|meinte|meint|fügte|warnte|so|teilte|teilten|kündigte|"
    "räumte|verwies|schrieb|versicherte|bekräftigte|unterstrich|erläuterte|fragte"
)
_SAID_FR = (
    "(?:a|ont|avait) (?:également |aussi |ensuite )?(?:dit|déclaré|ajouté|affirmé|indiqué|précisé|expliqué|estimé|"
    "souligné|annoncé|assuré|rappelé|promis|reconnu|répondu|insisté|averti|conclu)|dit|disent|estime|affirme|assure|"
    "explique|juge"
)
_VERBS_DE = (
    "ist|sind|war|waren|hat|haben|hatte|hatten|wäre|wird|werde|würde|wurde|gilt|galt|teilte|teilten|sagte|sagten|sagt|"
    "kündigte|meldete|meldeten|berichtete|berichteten|bestätigte|bestätigten|erklärte|gab|geht|ging|zeigt|zeigte|soll|"
    "solle|sollte|sei|seien|kann|könne|könnte|heißt|bedeutet|macht|führt|betonte|nannte|sah|sieht|lehnte|lehnt|"
    "begründete|entspricht|entsprach|forderte|beschloss|beschlossen|vereinbarten|sehe|trifft|ergab|kostet|reicht"
)
_PLACED_DE = "in|auf|an|bei|nach|mit|von|zu|aus|unter|für|gegen|über|durch|vor|seit|wegen|trotz|laut"
_PLACED_FR = "à|a|dans|pour|avec|sur|sous|de|après|avant|depuis|selon|d’après|d'après|par|contre|malgré|parmi|chez|sans"
_PLACED_ES = "según|para|con|por|en|de|a|sobre|tras|ante|entre|sin|desde|contra"
_PLACED_RU = "в|во|на|по|после|до|при|с|со|из|за|для|к|ко|о|об|из-за|среди|против|у|от|помимо|кроме|под|над|перед"
_NOW_DE = (
    "Jahr|Jahres|Jahrhundert|Monat|Woche|Wochenende|Tag|Morgen|Abend|Herbst|Winter|Sommer|Frühjahr|Frühling|\\w+tag"
)
_NOW_FR = "semaine|année|mois|matin|soir|été|hiver|printemps|automne|week-end|jour|lundi|mardi|mercredi|jeudi|vendredi"
_NOW_ES = "año|mes|semana|lunes|martes|miércoles|jueves|viernes|sábado|domingo|verano|invierno|otoño|primavera|mañana"
_NOW_RU = "году|год|года|месяц\\w*|недел\\w+|лет\\w*|осен\\w+|зим\\w+|весн\\w+|утр\\w+|вечер\\w*|дня|день"

_BACK = {
    "fr": re.compile(
        r"\b(?:a-t-|[a-zéè]+[et]-t-|dit-|a-)(?:il|elle|on)\b|\b(?:ont|disent|estiment)-(?:ils|elles)\b"
        r"|[,»”\"] ?[a-zéèê]+[td]-(?:il|elle|ils|elles|on)\b"
        rf"|^\W*(?i:(?:{_PLACED_FR}) (?:cela|lui|elle|eux|elles|celui-ci|celle-ci|ceux-ci)\b)"
        rf"|^\W*(?i:(?:{_PLACED_FR}) (?:ce|cet|cette|ces) (?!(?:{_NOW_FR})\b))"
        r"|\bl[’'](?:a|ont|avait|avaient) (?:déjà |également |aussi )?(?:annoncé|déclaré|dit|confirmé|indiqué|précisé|"
        r"affirmé|fait savoir)e?s?\b"
    ),
    "es": re.compile(
        rf"^\W*(?i:(?:también )?(?:{_SAID_ES})) (?:también |además |asimismo )?que\b"
        r"|^\W*[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?:ó|aron|ieron) (?:también |además |asimismo )?que\b"
        rf"|^\W*Lo (?:{_SAID_ES}|anunció|anunciaron|confirmó|confirmaron|informó|informaron)\b"
        r"|^\W*(?:Tem|Cre|Esper|Consider|Confí|Reclam|Exig)(?:en|e|an|a) que\b"
        r"|^\W*(?:Costó|Duró|Incluye|Prevé|Tiene|Tendrá|Será|Es|Fue|Está|Estará|Consta|Durará|Costará|Entrará)\b"
        rf"|[\"”»],? (?:{_SAID_ES})(?! (?:el|la|los|las|un|una|su|sus|este|esta|[A-ZÁÉÍÓÚÑ]))|, (?:{_SAID_ES})\.$"
        r"|^\W*(?:Ese|Esa|Esos|Esas|Aquel|Aquella|Aquellos|Aquellas) [a-záéíóúñ]"
        rf"|^\W*(?i:(?:{_PLACED_ES}) (?:ello|ellos|ellas|él|ella|eso|esto)\b|Así lo\b)"
        rf"|^\W*(?i:(?:{_PLACED_ES}) (?:este|esta|estos|estas|ese|esa|esos|esas) (?!(?:{_NOW_ES})\b))"
    ),
    "pt": re.compile(
        rf"^\W*(?i:(?:também )?(?:{_SAID_PT})) (?:ainda |também )?que\b|^\W*[A-Z][a-zç]+ou (?:ainda |também )?que\b"
        rf"|[\"”»],? (?:{_SAID_PT})(?! (?:o|a|os|as|um|uma|[A-ZÁÉÍÓÚÇ]))|, (?:{_SAID_PT})(?: ele| ela)?\.$"
        r"|^\W*(?:Ele|Ela|Eles|Elas|Isto|Isso|Este|Esta|Estes|Estas|Esse|Essa|Esses|Essas|Aquele|Aquela|Ambos|Ambas|Seu|Sua|"
        r"Seus|Suas) [a-zàáâãçéêíóôõú]"
        r"|^\W*(?i:(?:segundo|para|com|por) (?:ele|ela|eles|elas|isso|isto)\b|(?:n|d)(?:isso|isto|ele|ela|eles|elas)\b)"
    ),
    "de": re.compile(
        rf"\b(?:{_SAID_DE}) (?:er|sie|dieser|diese)\b(?! (?:sich|selbst))"
        rf"|^\W*Das (?:{_VERBS_DE})\b"  # not "Das Parlament", "Das neue Abkommen"
        rf"|^\W*(?i:(?:{_PLACED_DE}) (?:ihm|ihr|ihnen|ihn|deren|dessen)\b)"
        rf"|^\W*(?i:(?:{_PLACED_DE}) (?:dies|diese[mnrs]?|jene[mnrs]?|solche[mnrs]?) (?!(?:{_NOW_DE})\b))"
        r"|^\W*(?i:(?:ihm|ihr|ihnen|dem) zufolge\b|nach (?:seinen|ihren) (?:Angaben|Worten|Aussagen)\b)"
    ),
    "ru": re.compile(
        rf"\b(?:{_SAID_RU}) (?:он|она|они)\b|[,»”] (?:[-–—] )?(?:он|она) (?:{_SAID_RU})\b"
        r"|^\W*По (?:его|её|ее|их) \w+"
        rf"|^\W*(?i:(?:{_PLACED_RU}) (?:это|нём|нем|ней|него|нему|них|ним|ними|нею)\b)"
        rf"|^\W*(?i:(?:{_PLACED_RU}) (?:этот|этой|эту|эти|этих|этими|этом|этого|этому|этим)\b,?(?! (?:{_NOW_RU})\b))"
    ),
    "zh": re.compile(
        "(?:^|[，。；”])[他她它](?:们)?(?:还|并)?(?:说|表示|指出|称|强调|补充)|^(?:据|在|对)[他她它](?:们)?"
        "|^第[一二三四五六七八九十]+[座期批个名艘条架项](?:预计|将|于|在|则)"
    ),
    "ja": re.compile(
        "(?:^|、)(?:同氏|同相|彼|彼女)(?:は|も|が|に|の)|(?:は|も|が|、)そう(?:切り出|述べ|語|話|言|強調|説明|訴え|答え)|このように|と(?:同氏|同相)は"
    ),
    "ko": re.compile(
        "(?:^|, )(?:그는|그녀는|그가)(?= )|(?:고|라며) 그(?:는|녀는) |(?:^| )(?:이같이|이처럼|이와 같이) "
        "|^(?:해당|이 같은|이런|이러한) "
    ),
    "ar": re.compile(
        "^و?(?:جاء|أعلن|صدر|حدث|تم)[^.]{0,40} (?:ذلك|هذا)(?: |\\.)"
        "|^و?(?:أضاف|قال|أكد|أوضح|تابع|أشار|ذكر|شدد|لفت|أعرب|بين|بيّن|نوه|أردف)ت? (?:أن|إن|أنه|إنه|إلى أن|على أن|عن)\\b"
        "|^و?(?:بحسبه|برأيه|وفقا له|وفقاً له|لذلك|بذلك|بهذا|لهذا|عليه)\\b|^ول?ذلك\\b"
    ),
}
"""By language: "a-t-il dit", "Agregó que", "sagte er", "По её словам", "Selon elle", "In diesem Fall", "وأضاف أن"."""

_SAID = {"de": _SAID_DE, "es": _SAID_ES, "fr": _SAID_FR, "ru": _SAID_RU}
_SPEAKS = {language: re.compile(rf"\b(?:{verbs})\b") for language, verbs in _SAID.items()}


def may_mean_a_thing(text: str, language: str) -> bool:
    """Whether the pronoun that opens `text` may mean a thing: the language says "he" of things, and nobody speaks."""
    pattern = _SPEAKS.get(language)
    return pattern is not None and pattern.search(text) is None


def points_out(text: str, language: str) -> bool:
    """Whether `text` says by a pronoun, or by none, who speaks or what is spoken of; False where nothing is known."""
    pattern = _BACK.get(language)
    return pattern is not None and pattern.search(text) is not None
