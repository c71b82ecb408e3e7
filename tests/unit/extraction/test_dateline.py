"""Datelines as agencies write them, and openings that only look like one."""

from datetime import UTC, date, datetime

import pytest

from bot.extraction.dateline import find_dateline

PUBLISHED = datetime(2026, 10, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "place", "day", "agency", "rest"),
    [
        ("Washington (Jiji Press)—Japanese", "Washington", None, "Jiji Press", "Japanese"),
        ("PARIS, May 3 (Reuters) - The", "Paris", date(2026, 5, 3), "Reuters", "The"),
        ("TOKYO — Japan", "Tokyo", None, None, "Japan"),
        ("BRUSSELS (AP) — EU", "Brussels", None, "AP", "EU"),
        ("Genève, 3 mai (AFP) – La", "Genève", date(2026, 5, 3), "AFP", "La"),
        ("(ANSA) - ROMA, 03 MAG - Il", "Roma", date(2026, 5, 3), "ANSA", "Il"),
        ("МОСКВА, 3 мая. /ТАСС/. Президент", "Москва", date(2026, 5, 3), "TASS", "Президент"),
        ("【ワシントン＝時事】日本", "ワシントン", None, "Jiji Press", "日本"),
        ("(서울=연합뉴스) 한국", "서울", None, "Yonhap", "한국"),
        ("新华社北京5月3日电（记者张三）中国", "北京", date(2026, 5, 3), "Xinhua", "中国"),
        ("TORKHAM, Pakistan, Dec 30 (Hill Press) - Two", "Torkham, Pakistan", date(2025, 12, 30), "Hill Press", "Two"),
        ("CIUDAD DE MÉXICO, 5 de octubre - México", "Ciudad de México", date(2026, 10, 5), None, "México"),
        ("Madrid, 3 may (EFE).- El", "Madrid", date(2026, 5, 3), "EFE", "El"),
        ("WASHINGTON, May 3, 2025 /PRNewswire/ -- A", "Washington", date(2025, 5, 3), "PRNewswire", "A"),
        ("مسقط، 14 مايو (رويترز) - اتفقت", "مسقط", date(2026, 5, 14), "Reuters", "اتفقت"),
    ],
)
def test_datelines(text: str, place: str, day: date | None, agency: str | None, rest: str) -> None:
    found = find_dateline(text, PUBLISHED)
    assert found is not None
    assert (found.dateline.place, found.dateline.date, found.agency) == (place, day, agency)
    assert text[found.length :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Smith - who chairs the board - left.",
        "Berlin - Der Minister sprach.",
        "UPDATE: The talks go on.",
        "NATO – the alliance – met.",
        "The EU (European Union) - a bloc of 27 - agreed.",
        "Moody's (MCO) - the agency - cut its rating.",
        "Related: Talks go on",
        "He said (with a smile) - and left.",
        "",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert find_dateline(text, PUBLISHED) is None


def test_without_a_publication_the_year_is_not_guessed() -> None:
    found = find_dateline("PARIS, May 3 (Reuters) - The")
    assert found is not None
    assert found.dateline.date is None
