"""`extract` on the reference article, on given texts, and on input that is no article at all."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extraction import Extracted, extract
from bot.model import Dateline
from bot.ports import PageInput, Unreadable
from tests.shared import shared

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)

BODY = "".join(
    f"<p>The {who} said on Monday that the talks on the northern ferry line would go on for another week in Oslo.</p>"
    for who in ("minister", "envoy", "harbour master", "mayor")
)


def article_of(**fields: object) -> Extracted:
    answer = extract(PageInput(id="x", arrived=NOW, **fields))  # type: ignore[arg-type]
    assert isinstance(answer, Extracted), answer
    return answer


def reason_of(**fields: object) -> str:
    answer = extract(PageInput(id="x", arrived=NOW, **fields))  # type: ignore[arg-type]
    assert isinstance(answer, Unreadable), answer
    return answer.reason


def test_the_reference_article() -> None:
    article = article_of(text=shared("data/seed_article.txt").read_text(encoding="utf-8")).article
    assert article.agency == "Jiji Press"
    assert article.dateline == Dateline(place="Washington")
    assert article.published == datetime(2025, 5, 20, 1, 52, tzinfo=UTC)
    assert article.title.startswith("Japanese and U.S. government officials are set to hold trade negotiations")
    assert article.text.startswith("Washington (Jiji Press)—Japanese")
    assert article.text.endswith("U.S. priorities.")
    assert len(article.text.split("\n\n")) == 6
    for stranger in ("flags fly", "10:52", "RANKING", "POPULAR", "Filthy Head", "July-Sept"):
        assert stranger not in article.text
        assert any(stranger in line for line in article.furniture)


def test_labelled_stories_keep_their_body_and_lose_their_furniture() -> None:
    for line in shared("data/stories_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = article_of(text=row["text"], title=row["title"]).article
        for furniture in row.get("furniture", ()):
            assert furniture not in article.text.split("\n\n")
        if not row.get("attack"):
            kept = [part for part in row["text"].split("\n") if part and part not in row.get("furniture", ())]
            assert article.text.split("\n\n") == [" ".join(part.split()) for part in kept]


def test_what_is_known_beside_the_page_wins() -> None:
    html = f"<html lang='no'><head><title>Page</title></head><body><h1>Page</h1>{BODY}</body></html>".encode()
    article = article_of(
        html=html, title=" Given  title ", outlet="Given", language="en-GB", published=datetime(2026, 3, 1, tzinfo=UTC)
    ).article
    assert (article.title, article.outlet, article.language) == ("Given title", "Given", "en")
    assert article.published == datetime(2026, 3, 1, tzinfo=UTC)


def test_a_title_alone_is_its_own_text() -> None:
    article = article_of(text=" ", title="Envoy recalled").article
    assert article.text == article.title == "Envoy recalled"


def test_text_that_is_all_furniture_is_kept_when_it_was_given_as_an_article() -> None:
    assert (
        article_of(text="Photo: Two envoys in Rabat", title="Envoys meet").article.text == "Photo: Two envoys in Rabat"
    )


def test_every_dropped_line_has_its_decision() -> None:
    text = "Talks went on in Rabat on Monday, two officials said after the meeting.\nRead more: Cod prices\nShare this"
    answer = article_of(text=text, title="Talks")
    assert answer.article.furniture == ("Read more: Cod prices", "Share this")
    dropped = [decision.reason for decision in answer.decisions if decision.outcome == "dropped"]
    assert dropped == [
        'Dropped "Read more: Cod prices": a pointer to other pages.',
        'Dropped "Share this": the head of a list of other pages.',
    ]


def test_a_date_that_lies_ahead_is_not_believed() -> None:
    head = "<meta property='article:published_time' content='2031-01-01T00:00:00Z'>"
    answer = article_of(html=f"<html><head>{head}</head><body><h1>T</h1>{BODY}</body></html>".encode())
    assert answer.article.published is None
    assert any("lies ahead" in decision.reason for decision in answer.decisions)


def test_the_metadata_text_rescues_a_page_that_shows_none() -> None:
    body = " ".join(f"Sentence {n} of the statement was read out in Lomé on Monday." for n in range(9))
    node = json.dumps({"@type": "NewsArticle", "headline": "Statement", "articleBody": body})
    html = f"<html><script type='application/ld+json'>{node}</script><body><div id='app'></div></body></html>"
    assert article_of(html=html.encode()).article.text == body


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"", "The page is empty."),
        (b"%PDF-1.7 \x00\x01", "This is a file of another kind, not a web page."),
        (b"<html><body><h1>Just a moment...</h1><p>Checking your browser</p></body></html>", "check for robots"),
        (b"<html><body><p>Short.</p></body></html>", "There is no article on the page."),
    ],
)
def test_pages_without_an_article_say_why(html: bytes, reason: str) -> None:
    assert reason in reason_of(html=html)


def test_empty_text_is_unreadable() -> None:
    assert reason_of(text="\n\t \u200b") == "The text is empty."


def test_the_charset_of_the_page_is_honoured() -> None:
    lines = [
        f"<p>外相は{place}で会談し、資源の供給で連絡窓口を設けることで合意した。</p>"
        for place in ("釜山", "東京", "北京")
    ]
    html = f"<html><meta charset='euc-jp'><body><h1>会談</h1>{''.join(lines)}</body></html>"
    assert "連絡窓口" in article_of(html=html.encode("euc-jp")).article.text


def test_a_page_is_read_as_browsers_read_its_charset() -> None:
    quoted = BODY.replace("another week", "“another week”")
    said_latin = f"<html><meta charset=iso-8859-1><body>{quoted}</body></html>".encode("cp1252")
    assert "“another week”" in article_of(html=said_latin).article.text
    assert "Zürich" in article_of(html=BODY.replace("Oslo", "Zürich").encode(), charset="iso-8859-1").article.text


@pytest.mark.parametrize(
    ("title", "outlet", "kept"),
    [
        ("Japan and Peru open talks - Reuters", "Reuters News", "Japan and Peru open talks"),
        ("Japan and Peru open talks | World | The Ledger", "The Ledger", "Japan and Peru open talks"),
        ("日秘外相会談、東京で開催｜東洋日報", "東洋日報", "日秘外相会談、東京で開催"),
        ("外交部长在北京会见法国外长_新华网", "新华网", "外交部长在北京会见法国外长"),
        ("Trade war deepens: China – US", "Russia Today Business", "Trade war deepens: China – US"),
        ("What next for ties - and why it matters", "The Ledger", "What next for ties - and why it matters"),
    ],
)
def test_no_title_ends_in_its_outlets_name(title: str, outlet: str, kept: str) -> None:
    site = f"<meta property='og:site_name' content='{outlet}'>"
    html = f"<html><head>{site}<meta property='og:title' content='{title}'></head><body>{BODY}</body></html>"
    assert article_of(html=html.encode()).article.title == kept
    plain = f"<html><head>{site}</head><body>{BODY}</body></html>".encode()
    given = title.replace(" | World", "")  # of what a feed says only the name goes
    assert article_of(html=plain, title=given).article.title == kept


def test_a_time_that_cannot_be_read_does_not_hide_the_next_one() -> None:
    node = json.dumps({"@type": "NewsArticle", "headline": "Talks go on", "datePublished": "this morning"})
    times = "<meta name='date' content=''><meta property='article:published_time' content='2026-11-02T08:00:00+01:00'>"
    html = f"<html><head><script type='application/ld+json'>{node}</script>{times}</head><body>{BODY}</body></html>"
    assert article_of(html=html.encode()).article.published == datetime(2026, 11, 2, 7, tzinfo=UTC)


BULK = {
    "attributes": b"<html><body><p " + b" ".join(b'a%d="<"' % n for n in range(100_000)) + b">x</p></body></html>",
    "nesting": b"<div>" * 200_000 + b"text",
    "scripts": b"<script>var a='<p>';</script>" * 30_000,
    "bare angle brackets": b"<" * 1_000_000,
    "unclosed quotes": b'<p a="' * 100_000,
    "noise": bytes(range(256)) * 1_000,
}


@pytest.mark.parametrize("name", BULK)
def test_bulk_html_ends_without_an_error(name: str) -> None:
    assert extract(PageInput(id="x", html=BULK[name], arrived=NOW)).__class__ in (Extracted, Unreadable)


@pytest.mark.parametrize(
    "unit", ["a", "a b ", "\n", "- \n", "Read more: x\n", "(", "A, ", "「", "@a ", "|", "1.", "\u202e", "ignore "]
)
def test_bulk_text_ends_without_an_error(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    assert extract(PageInput(id="x", text=text, arrived=NOW)).__class__ in (Extracted, Unreadable)


_PIECES = st.sampled_from([
    "<p>", "</p>", "<div hidden>", "<h1>", "<script type='application/ld+json'>{", "<a href='x'>", "By A. B.", "\n",
    " ", "10:52 JST, May 20, 2025",
    "Paris (AFP) - ", "\u202e", "\u200b", "\x00", "&#0;", "<figcaption>", "日本。", "<", "]]>",
    "Read more:", "—",
])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=20), max_size=40), st.booleans())
def test_nothing_makes_it_raise(pieces: list[str], as_html: bool) -> None:
    text = "".join(pieces)
    html = text.encode("utf-8", "surrogatepass") if as_html else None
    answer = extract(PageInput(id="x", html=html, text=None if as_html else text, arrived=NOW))
    if isinstance(answer, Extracted):
        assert answer.article.title
        assert answer.article.text
        assert "\u202e" not in answer.article.text + answer.article.title


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise(html: bytes) -> None:
    answer = extract(PageInput(id="x", html=html, arrived=NOW))
    assert (answer.article.id if isinstance(answer, Extracted) else answer.id) == "x"


def test_the_dateline_takes_its_year_from_the_publication() -> None:
    text = "OSLO, Dec 30 (Fjord Wire) - The ferry sailed again on Tuesday, its owner said in a statement."
    article = article_of(text=text, title="Ferry", published=datetime(2026, 1, 2, tzinfo=UTC)).article
    assert article.dateline == Dateline(place="Oslo", date=date(2025, 12, 30))


@pytest.mark.parametrize(
    ("lead", "rest"),
    [
        (
            "에티오피아가 홍역 백신 접종을 전국으로 넓힌다.",
            "보건부는 화요일 어린이 900만 명이 대상이라고 밝혔다. 북부에서는 헬기를 쓴다.",
        ),
        (
            "وصلت طائرتان فجر الثلاثاء إلى مطار مسقط.",
            "وكان في انتظارهما عشرات من الأقارب الذين تجمعوا أمام بوابة المطار.",
        ),
        (
            "Камерун вводит запрет на вывоз леса.",
            "Указ опубликован в понедельник, с июля можно продавать только доски.",
        ),
    ],
)
def test_a_short_lead_of_a_text_without_a_title_is_kept(lead: str, rest: str) -> None:
    assert article_of(text=f"{lead}\n\n{rest}").article.text == f"{lead}\n\n{rest}"
