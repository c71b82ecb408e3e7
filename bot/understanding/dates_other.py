"""Phrases of nine other languages that name days: the simple forms, from one table a language."""
# ruff: noqa: E501 - tables of words read best by line

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bot.understanding import dates_calendar as cal
from bot.understanding.dates_calendar import Around, Range

Handler = Callable[[re.Match[str], Around], Range | None]


@dataclass(frozen=True, slots=True)
class _Words:
    """A language's words. `said` maps a phrase to unit and offset ("week+1"); `forms` are patterns of dates.

    Forms use the groups d1, d2 (days), m1, m2 (months by name or number), y (year). `step` words stand beside a
    weekday, before or after it; `coming`: "vendredi prochain" is the first Friday from now, not the one after. `folded`:
    capitals make no difference (in German they do: "am Morgen").
    """

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    said: dict[str, str]
    forms: tuple[str, ...]
    before: str = ""
    last: str = ""
    next: str = ""
    spaced: bool = True
    coming: bool = False
    folded: bool = True


_D1, _D2 = r"(?P<d1>[0-3]?\d)", r"(?P<d2>[0-3]?\d)"
_Y = r"(?P<y>(?:19|20)\d\d)"
_M1, _M2 = "(?P<m1>{months})", "(?P<m2>{months})"

_ROMANCE_RANGES = (
    rf"(?:del? )?{_D1}(?: de {{months_}})? al? {_D2} de {_M1}(?: de {_Y})?",
    rf"{_D1} de {_M1}(?: de {_Y})?",
    rf"{_M1} de {_Y}",
)
_CJK_FORMS = (
    r"(?:(?P<y>(?:19|20)\d\d)年)?(?P<m1>[0-9０-９]{1,2})月(?P<d1>[0-9０-９]{1,2})[日号號]?(?:から|～|〜|至|到|-|－|—|–)(?:(?P<m2>[0-9０-９]{1,2})月)?(?P<d2>[0-9０-９]{1,2})[日号號]",
    r"(?P<d1>[0-9０-９]{1,2})[日号號]?(?:から|～|〜|至|到|-|－|—|–)(?P<d2>[0-9０-９]{1,2})[日号號](?![間间本米中韓])",
    r"(?:(?P<y>(?:19|20)\d\d)年)?(?P<m1>[0-9０-９]{1,2})月(?P<d1>[0-9０-９]{1,2})[日号號]",
    r"(?P<y>(?:19|20)\d\d)年(?P<m1>[0-9０-９]{1,2})月",
    r"(?<![0-9０-９月第])(?P<d1>[0-9０-９]{1,2})[日号號](?![間间本米中韓朝程線线])",
)

_LANGUAGES: dict[str, _Words] = {
    "ja": _Words(
        months=(),
        weekdays=("月曜日?", "火曜日?", "水曜日?", "木曜日?", "金曜日?", "土曜日?", "日曜日?"),
        said={
            "今日": "day+0", "本日": "day+0", "明日": "day+1", "あす": "day+1", "昨日": "day-1", "きのう": "day-1",
            "明後日": "day+2", "あさって": "day+2", "一昨日": "day-2", "おととい": "day-2", "今週末": "weekend+0",
            "先週末": "weekend-1", "来週末": "weekend+1", "今週": "week+0", "来週": "week+1", "先週": "week-1",
            "再来週": "week+2", "今月": "month+0", "来月": "month+1", "先月": "month-1", "今年": "year+0",
            "来年": "year+1", "昨年": "year-1", "去年": "year-1", "一昨年": "year-2",
        },
        forms=_CJK_FORMS, last="先週の?", next="来週の?", spaced=False,
    ),
    "zh": _Words(
        months=(),
        weekdays=("(?:周|週|星期|礼拜|禮拜)一", "(?:周|週|星期|礼拜|禮拜)二", "(?:周|週|星期|礼拜|禮拜)三",
                  "(?:周|週|星期|礼拜|禮拜)四", "(?:周|週|星期|礼拜|禮拜)五", "(?:周|週|星期|礼拜|禮拜)六",
                  "(?:周|週|星期|礼拜|禮拜)[日天]"),
        said={
            "今天": "day+0", "今日": "day+0", "明天": "day+1", "明日": "day+1", "昨天": "day-1", "昨日": "day-1",
            "后天": "day+2", "後天": "day+2", "前天": "day-2", "本周末": "weekend+0", "本周": "week+0", "本週": "week+0",
            "这周": "week+0", "下周": "week+1", "下週": "week+1", "上周": "week-1", "上週": "week-1", "本月": "month+0",
            "下个月": "month+1", "下個月": "month+1", "下月": "month+1", "上个月": "month-1", "上個月": "month-1",
            "上月": "month-1", "今年": "year+0", "明年": "year+1", "去年": "year-1",
        },
        forms=_CJK_FORMS, last="上", next="下", spaced=False,
    ),
    "ko": _Words(
        months=(),
        weekdays=("월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"),
        said={
            "오늘": "day+0", "내일": "day+1", "어제": "day-1", "모레": "day+2", "그제": "day-2", "이번 ?주말": "weekend+0",
            "다음 ?주말": "weekend+1", "지난 ?주말": "weekend-1", "이번 ?주": "week+0", "다음 ?주": "week+1",
            "지난 ?주": "week-1", "이번 ?달": "month+0", "이달": "month+0", "다음 ?달": "month+1", "내달": "month+1",
            "지난 ?달": "month-1", "올해": "year+0", "내년": "year+1", "작년": "year-1", "지난해": "year-1",
        },
        forms=(
            rf"(?:{_Y}년 ?)?(?P<m1>\d{{1,2}})월 ?{_D1}일?(?: ?[~∼～-] ?|일?부터 )(?:(?P<m2>\d{{1,2}})월 ?)?{_D2}일",
            rf"(?<![\d월]){_D1}일?(?: ?[~∼～-] ?|일?부터 ){_D2}일(?!간)",
            rf"(?:{_Y}년 ?)?(?P<m1>\d{{1,2}})월 ?{_D1}일",
            rf"{_Y}년 ?(?P<m1>\d{{1,2}})월",
            rf"(?<![\d월]){_D1}일(?!간|본|째|당|\w*정)",
        ),
        last="지난 ?(?:주 ?)?", next="다음 ?주 ?", spaced=False,
    ),
    "fr": _Words(
        months=("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
                "décembre"),
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        said={
            "après-demain": "day+2", "avant-hier": "day-2", "aujourd['’]hui": "day+0", "hier": "day-1", "demain": "day+1",
            "cette semaine": "week+0", "la semaine prochaine": "week+1", "la semaine (?:dernière|passée)": "week-1",
            "ce week-end": "weekend+0", "le week-end prochain": "weekend+1", "le week-end dernier": "weekend-1",
            "ce mois-ci": "month+0", "le mois prochain": "month+1", "le mois (?:dernier|passé)": "month-1",
            "cette année": "year+0", "l['’](?:an|année) prochaine?": "year+1", "l['’](?:an|année) (?:dernier|dernière|passée?)": "year-1",
        },
        forms=(
            rf"(?:du )?{_D1}(?:er)?(?: {{months_}})? au {_D2} {_M1}(?: {_Y})?",
            rf"{_D1}(?:er)? {_M1}(?: {_Y})?",
            rf"{_M1} {_Y}",
        ),
        last=" (?:dernier|passé)", next=" prochain", before="(?:(?:ce|le) )?", coming=True,
    ),
    "es": _Words(
        months=("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "sep?tiembre", "octubre",
                "noviembre", "diciembre"),
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        said={
            "pasado mañana": "day+2", "anteayer": "day-2", "hoy": "day+0", "ayer": "day-1",
            "(?<!la )(?<!de la )(?<!esta )mañana": "day+1", "esta mañana": "day+0", "esta semana": "week+0",
            "la (?:próxima semana|semana próxima|semana que viene)": "week+1", "la semana pasada": "week-1",
            "este fin de semana": "weekend+0", "este mes": "month+0",
            "el (?:próximo mes|mes próximo|mes que viene)": "month+1", "el mes pasado": "month-1", "este año": "year+0",
            "el (?:próximo año|año próximo|año que viene)": "year+1", "el año pasado": "year-1",
        },
        forms=_ROMANCE_RANGES, before="(?:(?:el|este) )?(?:(?P<n>próximo )|(?P<l>pasado ))?", last=" pasado", next=" próximo| que viene", coming=True,
    ),
    "pt": _Words(
        months=("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro",
                "novembro", "dezembro"),
        weekdays=("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"),
        said={
            "depois de amanhã": "day+2", "anteontem": "day-2", "hoje": "day+0", "ontem": "day-1", "amanhã": "day+1",
            "[en]?esta semana": "week+0", "na próxima semana|a próxima semana|semana que vem": "week+1",
            "n?a semana passada": "week-1", "[en]?este fim de semana": "weekend+0", "[en]?este mês": "month+0",
            "n?o próximo mês|mês que vem": "month+1", "n?o mês passado": "month-1", "[en]?este ano": "year+0",
            "n?o próximo ano|ano que vem": "year+1", "n?o ano passado": "year-1",
        },
        forms=_ROMANCE_RANGES, before="(?:(?P<n>próxim[ao] )|(?P<l>últim[ao] ))?", last=" passad[ao]", next=" que vem", coming=True,
    ),
    "de": _Words(
        months=("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
                "Dezember"),
        weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "(?:Samstag|Sonnabend)", "Sonntag"),
        said={
            "[Üü]bermorgen": "day+2", "[Vv]orgestern": "day-2", "[Hh]eute": "day+0", "[Gg]estern": "day-1", "morgen": "day+1",
            "(?:[Ii]n )?[Dd]iese[rn]? Woche": "week+0", "(?:[Ii]n der )?(?:[Nn]ächste|[Kk]ommende)[rn]? Woche": "week+1",
            "(?:[Ii]n der )?(?:[Ll]etzte|[Vv]ergangene|[Vv]orige)[rn]? Woche": "week-1",
            "(?:an )?[Dd]iese[mns]? Wochenende": "weekend+0", "(?:[Aa]m )?(?:[Kk]ommende|[Nn]ächste)[ns]? Wochenende": "weekend+1",
            "(?:[Aa]m )?(?:[Vv]ergangene|[Ll]etzte)[ns]? Wochenende": "weekend-1", "(?:[Ii]n )?[Dd]iese[mns]? Monat": "month+0",
            "(?:[Ii]m )?(?:[Nn]ächste|[Kk]ommende)[nsm]? Monat": "month+1", "(?:[Ii]m )?(?:[Ll]etzte|[Vv]ergangene)[nsm]? Monat": "month-1",
            "(?:[Ii]n )?[Dd]iese[msn]? Jahr": "year+0", "(?:[Ii]m )?(?:[Nn]ächste|[Kk]ommende)[nsm]? Jahr": "year+1",
            "(?:[Ii]m )?(?:[Ll]etzte|[Vv]ergangene)[nsm]? Jahr": "year-1",
        },
        forms=(
            rf"(?:vom )?{_D1}\.(?: {{months_}})? ?(?:bis(?: zum)?|-|–) ?{_D2}\. {_M1}(?: {_Y})?",
            rf"{_D1}\. {_M1}(?: {_Y})?",
            rf"(?:[Ii]m )?{_M1} {_Y}",
        ),
        coming=True, folded=False,
        before="(?:am )?(?:(?P<n>(?:nächste|kommende)[nrm] )|(?P<l>(?:letzte|vergangene)[nrm] ))?",
    ),
    "ru": _Words(
        months=("январ[яьею]", "феврал[яьею]", "марта?е?", "апрел[яьею]", "ма[яйею]", "июн[яьею]", "июл[яьею]", "августа?е?",
                "сентябр[яьею]", "октябр[яьею]", "ноябр[яьею]", "декабр[яьею]"),
        weekdays=("понедельника?", "вторника?", "сред[ауы]", "четверга?", "пятниц[ауы]", "суббот[ауы]", "воскресень[ея]"),
        said={
            "послезавтра": "day+2", "позавчера": "day-2", "сегодня": "day+0", "вчера": "day-1", "завтра": "day+1",
            "(?:на )?этой неделе": "week+0", "(?:на )?(?:следующей|будущей) неделе": "week+1", "(?:на )?прошлой неделе": "week-1",
            "(?:в )?этом месяце": "month+0", "(?:в )?следующем месяце": "month+1", "(?:в )?прошлом месяце": "month-1",
            "(?:в )?этом году": "year+0", "(?:в )?(?:следующем|будущем) году": "year+1", "(?:в )?прошлом году": "year-1",
        },
        forms=(
            rf"(?:с )?{_D1}(?: {{months_}})? ?(?:по|-|–|—) ?{_D2} {_M1}(?: {_Y}(?: года)?)?",
            rf"{_D1} {_M1}(?: {_Y}(?: года)?)?",
            rf"(?:в )?{_M1} {_Y}(?: года)?",
        ),
        before="(?:во? )?(?:(?P<n>(?:следующ|будущ)[а-я]{2} )|(?P<l>прошл[а-я]{2} ))?",
    ),
    "ar": _Words(
        months=("(?:يناير|كانون الثاني)", "(?:فبراير|شباط)", "(?:مارس|آذار)", "(?:أبريل|إبريل|نيسان)", "(?:مايو|أيار)",
                "(?:يونيو|حزيران)", "(?:يوليو|تموز)", "(?:أغسطس|آب)", "(?:سبتمبر|أيلول)", "(?:أكتوبر|تشرين الأول)",
                "(?:نوفمبر|تشرين الثاني)", "(?:ديسمبر|كانون الأول)"),
        weekdays=("[اإ]لاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
        said={
            "بعد غد": "day+2", "أول أمس": "day-2", "هذا اليوم": "day+0", "غدا|غداً|غدًا": "day+1", "أمس": "day-1",
            "هذا الأسبوع|الأسبوع (?:الجاري|الحالي)": "week+0", "الأسبوع (?:المقبل|القادم)": "week+1", "الأسبوع الماضي": "week-1",
            "هذا الشهر|الشهر (?:الجاري|الحالي)": "month+0", "الشهر (?:المقبل|القادم)": "month+1", "الشهر الماضي": "month-1",
            "هذا العام|العام (?:الجاري|الحالي)": "year+0", "العام (?:المقبل|القادم)": "year+1", "العام الماضي": "year-1",
        },
        forms=(
            rf"(?:من )?{_D1} (?:إلى|حتى) {_D2} {_M1}(?: {_Y})?",
            rf"{_D1} {_M1}(?: ?/ ?[\u0621-\u064a ]{{2,14}}?)?(?: {_Y})?",
            rf"{_M1} {_Y}",
        ),
        before="(?:يوم )?", last=" الماضي", next=" (?:المقبل|القادم)", coming=True,
    ),
}  # fmt: skip

_UNITS = {"day": cal.day, "week": cal.week, "weekend": cal.weekend, "month": cal.month, "year": cal.year}


@cache
def rules_of(language: str) -> tuple[tuple[re.Pattern[str], Handler], ...]:
    """The patterns of one language and how to resolve each; empty when the language has no table."""
    words = _LANGUAGES.get(language)
    if words is None:
        return ()
    names = "|".join(words.months) or r"(?!)"
    rules = [
        (_bounded(words, form.replace("{months}", names).replace("{months_}", f"(?:{names})")), _date(words))
        for form in words.forms
    ]
    rules.append((_bounded(words, "|".join(f"(?:{phrase})" for phrase in words.said)), _said(words)))
    rules.append((_bounded(words, _weekday_pattern(words)), _weekday(words)))
    return tuple(rules)


def _bounded(words: _Words, pattern: str) -> re.Pattern[str]:
    edge = (r"(?<![\w-])", r"(?![\w-])") if words.spaced else ("", "")
    return re.compile(f"{edge[0]}(?:{pattern}){edge[1]}", re.IGNORECASE if words.folded else 0)


def _weekday_pattern(words: _Words) -> str:
    days = "|".join(f"(?P<w{n}>{day})" for n, day in enumerate(words.weekdays))
    if not words.spaced:
        return f"(?:(?P<last>{words.last})|(?P<next>{words.next}))?(?:{days})"
    after = f"(?:(?P<last>{words.last})|(?P<next>{words.next}))?" if words.last else ""
    return f"{words.before}(?:{days}){after}"


def _date(words: _Words) -> Handler:
    months = tuple(re.compile(name, re.IGNORECASE) for name in words.months)

    def number(name: str) -> int:
        if not months:
            return int(name)
        return next((n for n, pattern in enumerate(months, start=1) if pattern.fullmatch(name)), 0)

    def handle(match: re.Match[str], around: Around) -> Range | None:
        said = match.groupdict()
        year = int(said["y"]) if said.get("y") else None
        month = number(said["m1"]) if said.get("m1") else None
        if month is not None and not 1 <= month <= 12:
            return None
        if not said.get("d1"):
            return cal.month_named(around, month, year) if month else None
        first = (
            cal.month_day(around, month, int(said["d1"]), year) if month else cal.day_of_month(around, int(said["d1"]))
        )
        if first is None or not said.get("d2"):
            return first
        other = number(said["m2"]) if said.get("m2") else first[0].month
        last = cal.month_day(Around(first[0], "future"), other, int(said["d2"]), None) if 1 <= other <= 12 else None
        return (first[0], last[1]) if last and last[1] >= first[0] else None

    return handle


def _said(words: _Words) -> Handler:
    phrases = tuple((re.compile(phrase, re.IGNORECASE), unit) for phrase, unit in words.said.items())

    def handle(match: re.Match[str], around: Around) -> Range | None:
        for pattern, unit in phrases:
            if pattern.fullmatch(match.string, *match.span()):
                name, offset = re.split(r"(?=[+-])", unit)
                return _UNITS[name](around.base, int(offset))
        return None

    return handle


def _weekday(words: _Words) -> Handler:
    following = "coming" if words.coming else "next"

    def handle(match: re.Match[str], around: Around) -> Range | None:
        said = match.groupdict()
        number = next(n for n in range(7) if said[f"w{n}"])
        step = "last" if said.get("last") or said.get("l") else following if said.get("next") or said.get("n") else ""
        return cal.weekday(around, number, step)

    return handle
