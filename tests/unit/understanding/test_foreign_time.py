"""Tense and denial outside English: what stands in a clause of its own tells nothing of the event before it."""

import pytest

from tests.unit.understanding.test_events import told


@pytest.mark.parametrize(
    ("language", "tense", "negated", "text"),
    [
        ("de", "past", False, "Serbien lehnte den Vorschlag ab."),
        ("de", "past", False, "Polen lehnte die Forderung Russlands ab."),
        ("de", "past", False, "Das Abkommen zwischen Polen und Litauen wurde in Wilna unterzeichnet."),
        ("de", "past", False, "Der französische Präsident wurde in Berlin von Kanzler Merz empfangen."),
        ("de", "future", False, "Frankreich und Italien wollen im Mai ein Abkommen unterzeichnen."),
        ("de", "past", False, "Der Iran drohte mit Vergeltung, falls Israel angreift."),
        ("de", "past", True, "Russland und die Ukraine konnten sich nicht auf eine Waffenruhe einigen."),
        ("fr", "past", False, "La France et l'Algérie ont signé un accord; le texte entrera en vigueur en mai."),
        ("fr", "past", False, "Le Nigeria a signé un accord avec le Ghana."),
        ("fr", "past", False, "Le ministre a rencontré son homologue à l'opéra de Vienne, en Autriche."),
        ("fr", "past", False, "L'Iran a menacé de fermer le détroit si Israël attaque."),
        ("fr", "past", True, "La Russie n'a jamais signé le traité avec la Pologne."),
        ("fr", "future", False, "Macron rencontrera Poutine à Moscou lundi."),
        (
            "fr",
            "past",
            False,
            "Les ministres de France et d'Italie se sont réunis à Rome pour parler du prochain sommet.",
        ),
        ("es", "past", False, "Los cancilleres de Chile y Perú se reunieron en Lima antes de la próxima cumbre."),
        ("es", "past", False, "España firmó un acuerdo con Marruecos que permitirá más vuelos."),
        ("es", "past", False, "Irán amenazó con cerrar el estrecho si Israel ataca."),
        ("es", "future", False, "Sánchez se reunirá con Macron en París el jueves."),
        ("es", "past", True, "Cuba y Estados Unidos no llegaron a firmar el acuerdo."),
        ("pt", "past", False, "Os ministros do Brasil e da Argentina se reuniram em Brasília."),
        (
            "pt",
            "past",
            False,
            "O presidente de Angola encontrou-se com o homólogo de Moçambique e se recusou a assinar o acordo.",
        ),
        ("pt", "future", False, "Lula vai se reunir com Xi em Pequim na terça-feira."),
        ("pt", "past", False, "Portugal e Espanha assinaram um acordo em Lisboa."),
        ("pt", "past", True, "O Brasil não assinou o acordo com a Bolívia."),
        ("ja", "past", False, "日本とインドは安全保障協定に署名した。"),
        ("ja", "past", True, "日本と中国の首脳会談は中止された。"),
        ("ja", "future", False, "中国の外相が来週、日本を訪問する。"),
        ("ja", "past", False, "米国は、ロシアが制裁を検討している国を非難した。"),
        ("ja", "future", True, "政府はウクライナに部隊を派遣しない方針だ。"),
        ("ja", "past", False, "日本政府は北朝鮮のミサイル発射を受けて抗議した。"),
        ("ja", "ongoing", False, "日米の貿易交渉がワシントンで続いている。"),
        ("fr", "future", True, "Paris n'enverra pas de troupes au Niger."),
        ("es", "future", True, "España no enviará tropas a Malí."),
        ("ja", "future", False, "英国とフランスは来年、合同訓練を実施する。"),
    ],
)
def test_a_sentence_s_own_verb_tells(language: str, tense: str, negated: bool, text: str) -> None:
    event = told(text, language)
    assert (event.tense, event.negated) == (tense, negated)
