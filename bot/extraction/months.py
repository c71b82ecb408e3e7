"""Month names and time-zone abbreviations as news pages print them."""

from datetime import timedelta

_NAMES = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
}
_SHORT = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "de": "jan feb mär apr mai jun jul aug sep okt nov dez",
}
MONTHS: dict[str, int] = {
    name: number for table in (_NAMES, _SHORT) for row in table.values() for number, name in enumerate(row.split(), 1)
} | {"sept": 9, "août": 8, "aout": 8, "fevrier": 2, "decembre": 12, "marz": 3, "maerz": 3, "jänner": 1, "января": 1}

_HOURS = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "wat": 1, "mez": 1, "cest": 2, "mesz":
    2, "eet": 2, "cat": 2, "sast": 2, "eest": 3, "msk": 3, "мск": 3, "eat": 3, "trt": 3, "ast": 3, "idt": 3,
    "irst": 3.5, "gst": 4, "pkt": 5, "uzt": 5, "ist": 5.5, "npt": 5.75, "wib": 7, "ict": 7, "hkt": 8, "sgt": 8,
    "pht": 8, "myt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt":
    13, "brt": -3, "art": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7,
}  # fmt: skip
ZONES: dict[str, timedelta] = {name: timedelta(hours=hours) for name, hours in _HOURS.items()}
"""Offsets from UTC. Where an abbreviation has several meanings the one of more news pages is taken: IST India, BST
Britain, CST and the like North America, AST Arabia."""

REGIONAL_ZONES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
"""Abbreviations that hold in summer and winter: the day decides."""
