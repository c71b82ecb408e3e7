"""Feeds, good and bad, to entries."""

import json
from datetime import UTC, datetime, timedelta
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Entry
from bot.polling.feed import MAX_ENTRIES, FeedProblem, ParsedFeed, parse_feed

NOW = datetime(2025, 5, 21, tzinfo=UTC)
URL = "http://news.example/world/feed.xml"


def parse(body: bytes | str, *, charset: str | None = None, url: str = URL) -> ParsedFeed | FeedProblem:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, url=url, charset=charset, source_id="src", arrived=NOW)


def good(body: bytes | str, *, charset: str | None = None) -> ParsedFeed:
    parsed = parse(body, charset=charset)
    assert isinstance(parsed, ParsedFeed), parsed
    return parsed


def refused(body: bytes | str) -> str:
    parsed = parse(body)
    assert isinstance(parsed, FeedProblem), parsed
    assert parsed.message.endswith(".")
    return parsed.message


def rss(*items: str, head: str = "", attributes: str = "") -> str:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"{attributes}><channel><title>T</title>{head}{body}</channel></rss>'


def only(body: bytes | str, *, charset: str | None = None) -> Entry:
    (entry,) = good(body, charset=charset).entries
    return entry


def reasons(parsed: ParsedFeed) -> str:
    return " ".join(decision.reason for decision in parsed.decisions)


# --- the kinds ----------------------------------------------------------------------------------------------------


def test_rss_2() -> None:
    item = (
        "<title>Ministers &lt;b&gt;meet&lt;/b&gt; &amp;amp; talk</title><link>/1</link>"
        "<guid isPermaLink='false'>g</guid>"
        "<pubDate>Tue, 20 May 2025 10:52:00 JST</pubDate><description>&lt;p&gt;Short&lt;/p&gt;</description>"
        "<content:encoded><![CDATA[<p>Long & whole</p>]]></content:encoded><dc:creator>A. Writer</dc:creator>"
    )
    parsed = good(rss(item, head="<language>en-GB</language><ttl>30</ttl>"))
    assert (parsed.title, parsed.language, parsed.ttl, parsed.decisions) == ("T", "en", timedelta(minutes=30), ())
    (entry,) = parsed.entries
    assert (entry.title, entry.url, entry.guid) == ("Ministers meet & talk", "http://news.example/1", "g")
    assert (entry.summary, entry.content, entry.author) == ("<p>Short</p>", "<p>Long & whole</p>", "A. Writer")
    assert entry.published == datetime(2025, 5, 20, 1, 52, tzinfo=UTC)
    assert (entry.language, entry.source_id, entry.arrived) == ("en", "src", NOW)


def test_rss_1_and_091() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title>'
        '<dc:language>fr</dc:language></channel><item rdf:about="http://a.example/1"><title>Un</title><link>http://a.example/1</link>'
        "<dc:date>2025-05-20T10:00:00+02:00</dc:date></item></rdf:RDF>"
    )
    entry = only(rdf)
    assert (entry.title, entry.url, entry.language) == ("Un", "http://a.example/1", "fr")
    assert entry.published == datetime(2025, 5, 20, 8, tzinfo=UTC)
    old = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
        '<rss version="0.91"><channel><title>T</title><item><title>Old</title><link>http://a.example/2</link></item>'
        "</channel></rss>"
    )
    assert only(old).url == "http://a.example/2"


@pytest.mark.parametrize("namespace", ['xmlns="http://www.w3.org/2005/Atom"', ""])
def test_atom_with_and_without_its_namespace(namespace: str) -> None:
    atom = (
        f'<feed {namespace} xml:lang="ja-JP"><title>T</title><entry xml:base="http://b.example/x/"><id>tag:1</id>'
        '<title type="html">外相&lt;i&gt;会談&lt;/i&gt;</title><link rel="alternate" href="1"/><summary>短い</summary>'
        "<published>2025-05-20T10:00:00+09:00</published><updated>2025-05-20T12:00:00+09:00</updated>"
        "<author><name>記者</name></author></entry></feed>"
    )
    entry = only(atom)
    assert (entry.title, entry.url, entry.guid, entry.language) == ("外相会談", "http://b.example/x/1", "tag:1", "ja")
    assert (entry.published, entry.author, entry.summary) == (datetime(2025, 5, 20, 1, tzinfo=UTC), "記者", "短い")


def test_atom_xhtml_content_is_markup() -> None:
    entry = only(
        "<feed><entry><id>1</id><title>t</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        "<p>One &amp; two</p></div></content></entry></feed>"
    )
    assert "<p>One &amp; two</p>" in entry.content
    assert "content" not in entry.content


def test_json_feed() -> None:
    feed = (
        '{"version":"https://jsonfeed.org/version/1.1","title":"T","language":"de","items":[{"id":7,"url":"/7",'
        '"title":"5 < 6 & so on","content_text":"a < b","date_published":"2025-05-20T10:00:00+02:00",'
        '"authors":[{"name":"Me"}]},{"id":"x","external_url":"https://o.example/","content_html":"<p>Only text</p>"},'
        '"nonsense",{"id":[1]}]}'
    )
    first, second = good(feed).entries
    assert (first.guid, first.url, first.title, first.content) == (
        "7",
        "http://news.example/7",
        "5 < 6 & so on",
        "a &lt; b",
    )
    assert (first.author, first.language) == ("Me", "de")
    assert (second.title, second.url) == ("Only text", "https://o.example/")


# --- what libraries damage ----------------------------------------------------------------------------------------


def test_bare_ampersands_and_named_entities_survive() -> None:
    entry = only(
        rss("<title>AT&T &nbsp;caf&eacute; &copy; R&D; x&#8217;s</title><link>http://a.example/?a=1&b=2&copy=3</link>")
    )
    assert entry.title == "AT&T café © R&D; x’s"
    assert entry.url == "http://a.example/?a=1&b=2&copy=3"


def test_text_after_an_entity_is_kept() -> None:
    entry = only(rss("<title>t</title><link>/1</link><description>one&nbsp;two & three</description>"))
    assert entry.summary == "one\xa0two & three"


@pytest.mark.parametrize("name", ["gb18030", "gbk", "shift_jis", "euc-jp", "iso-2022-jp", "big5", "utf-16", "utf-8"])
@pytest.mark.parametrize("where", ["declaration", "header"])
def test_charsets(name: str, where: str) -> None:
    title = "外交會談" if name == "big5" else "外交会談"
    declared = f' encoding="{name}"' if where == "declaration" else ""
    body = f'<?xml version="1.0"{declared}?>' + rss(f"<title>{title}</title><link>/1</link>").partition("?>")[2]
    assert only(body.encode(name), charset=name if where == "header" else None).title == title


def test_utf8_wins_over_a_wrong_header_and_cp1252_hides_behind_latin_1() -> None:
    body = rss("<title>Zürich “now”</title><link>/1</link>")
    assert only(body.encode(), charset="iso-8859-1").title == "Zürich “now”"
    assert only(body.encode("cp1252"), charset="iso-8859-1").title == "Zürich “now”"
    assert only(body.encode(), charset="zip_codec").title == "Zürich “now”"


def test_bases_of_feed_and_item() -> None:
    feed = rss("<title>a</title><link>one</link>", head="", attributes=' xml:base="https://gov.example/en/"')
    assert only(feed).url == "https://gov.example/en/one"


def test_dates_are_read_or_left_out() -> None:
    texts = [
        "2025/05/20",
        "03/04/2025",
        "Tue, 20 May 2025 10:52:00 JST",
        "2031-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "",
    ]
    parsed = good(
        rss(*(f"<title>{n}</title><guid>2025-05-0{n + 1}</guid><pubDate>{t}</pubDate>" for n, t in enumerate(texts)))
    )
    assert [entry.published for entry in parsed.entries] == [
        datetime(2025, 5, 20, tzinfo=UTC), None, datetime(2025, 5, 20, 1, 52, tzinfo=UTC), None, None, None,
    ]  # fmt: skip
    for words in ("read with certainty", "in the future", "before 1990", "as UTC"):
        assert words in reasons(parsed)


def test_titles_are_one_clean_line() -> None:
    dirty = "  Mi\u200bnis\u00adter \u202e meets\n\tPresi\x01dent \ufeff&#8203;&#x202E;<![CDATA[<br>today<!-- x -->]]> "
    assert only(rss(f"<title>{dirty}</title><link>/1</link>")).title == "Minister meets President today"
    persian = "می\u200cشود"
    assert only(rss(f"<title>{persian}</title><link>/1</link>")).title == persian
    assert only(rss("<title>pa\u200dss</title><link>/1</link>")).title == "pass"


def test_an_unclosed_atom_link_swallows_nothing() -> None:
    atom = "<feed><title>T</title><entry><id>1</id><link href='/a'><title>Still here</title></entry></feed>"
    entry = only(atom)
    assert (entry.title, entry.url) == ("Still here", "http://news.example/a")


def test_loose_markup_is_mended() -> None:
    feed = (
        "<rss version=2.0><channel><title>T</title><item><title>1 < 2</title><link>/1</link><guid isPermaLink=false>g"
        "</guid><description><p>One<br>two</description><media:content url='x'/></item></wrong></channel></rss>junk"
    )
    entry = only(feed)
    assert (entry.title, entry.guid) == ("1 < 2", "g")


def test_what_the_fast_library_loses_the_tolerant_one_finds() -> None:
    xhtml = (
        "<feed><title>T</title><entry><id>1</id><title type='xhtml'><div>Hi <b>you</b></div></title></entry></feed>",
        "Hi you",
        "",
    )
    inline = (rss("<title>a</title><link>/1</link><description><p>One<br>two</p></description>"), "a", "One")
    beside = ("<rss><channel><title>T</title></channel><item><title>beside</title></item></rss>", "beside", "")
    for body, title, words in (xhtml, inline, beside):
        parsed = good(body)
        (entry,) = parsed.entries
        assert entry.title == title
        assert words in entry.summary
        assert "tolerant" in reasons(parsed)


def test_a_huge_damaged_feed_is_read_in_part() -> None:
    items = "".join(f"<item><title>{n}</title><pubDate>2025-05-20</pubDate></item>" for n in range(700))
    parsed = good(f"<rss><channel><title>T</title></channel>{items}</rss>")
    assert [entry.title for entry in parsed.entries] == [str(n) for n in range(500)]
    assert all(entry.published for entry in parsed.entries)
    assert "first 500" in reasons(parsed)


# --- ids ----------------------------------------------------------------------------------------------------------


def test_ids_stand_still_over_polls_and_edits() -> None:
    before = only(rss("<title>a</title><link>/1</link><guid>g</guid>"))
    after = only(rss("<title>b</title><link>/2</link><guid>g</guid><pubDate>2025-05-20</pubDate>"))
    assert before.id == after.id
    assert before.fingerprint != after.fingerprint
    assert only(rss("<title>a</title><link>/1</link>")).id == only(rss("<title>b</title><link>/1</link>")).id


def test_one_guid_on_many_links_and_whole_repeats() -> None:
    items = [f"<title>{n}</title><link>/{n}</link><guid>same</guid>" for n in (1, 2, 2, 3)]
    parsed = good(rss(*items))
    assert [entry.title for entry in parsed.entries] == ["1", "2", "3"]
    assert len({entry.id for entry in parsed.entries}) == 3
    assert "share one id" in reasons(parsed)
    assert "more than once" in reasons(parsed)


def test_links_that_are_none_and_guids_that_are() -> None:
    entries = good(
        rss(
            "<title>a</title><link>javascript:alert(1)</link><guid>1</guid>",
            "<title>b</title><guid>http://a.example/b</guid>",
        )
    ).entries
    assert [entry.url for entry in entries] == [None, "http://a.example/b"]


# --- size ---------------------------------------------------------------------------------------------------------


def test_only_the_newest_of_a_huge_feed() -> None:
    days = (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(MAX_ENTRIES + 500))
    parsed = good(
        rss(*(f"<title>{n}</title><link>/{n}</link><pubDate>{d.isoformat()}</pubDate>" for n, d in enumerate(days)))
    )
    assert len(parsed.entries) == MAX_ENTRIES
    assert min(int(entry.title) for entry in parsed.entries) == 500
    assert "(items: 500)" in reasons(parsed)


def test_strings_are_bounded() -> None:
    parsed = good(rss(f"<title>{'t' * 9000}</title><link>/1</link><description>{'d' * 900_000}</description>"))
    (entry,) = parsed.entries
    assert len(entry.title) == 500
    assert len(entry.summary) + len(entry.content) == 400_000
    assert "was cut" in reasons(parsed)


# --- no feeds -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "empty"), (" \n\t", "empty"), ("\ufeff", "empty"), ("hello", "plain text"),
        ("<!DOCTYPE html><html><body>x</body></html>", "web page"), ("<html><head></head></html>", "web page"),
        ("<?xml version='1.0'?><opml><body/></opml>", "another kind"), ("[1,2]", "JSON"),
        ('{"a":1}', "JSON"), ("{", "JSON"),
        ("<rss><channel><title>T</title><item><title>a</ti", "broke off"),
        ("<!DOCTYPE r [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><rss>&b;</rss>", "entities"),
        ("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss>&x;</rss>", "entities"),
    ],
)  # fmt: skip
def test_what_is_no_feed_gets_a_sentence(body: str, words: str) -> None:
    assert words in refused(body)


def test_a_truncated_feed_keeps_what_is_whole() -> None:
    whole = rss(*(f"<title>{n}</title><link>/{n}</link><description>text {n}</description>" for n in range(5)))
    cut = whole[: whole.index("text 3") + 3]
    parsed = good(cut)
    assert [entry.title for entry in parsed.entries] == ["0", "1", "2"]
    assert "broke off" in reasons(parsed)


def test_an_empty_feed_is_a_feed() -> None:
    assert good(rss()).entries == ()
    assert good('{"version":"https://jsonfeed.org/version/1","title":"T","items":[]}').entries == ()


BOMBS = {
    "attributes": b"<rss><channel " + b"a='1' " * 100_000 + b"/></rss>",
    "distinct attributes": b"<rss " + b" ".join(b"a%d='1'" % n for n in range(5_000)) + b"></rss>",
    "nesting": b"<rss>" + b"<a>" * 200_000,
    "nested json": b'{"items":' + b"[" * 200_000,
    "open comments": b"<rss>" + b"<!--" * 250_000,
    "open cdata": b"<rss>" + b"<![CDATA[" * 100_000,
    "angle brackets": b"<rss>" + b"<" * 1_000_000 + b">",
    "quotes": b"<rss>" + b"<a b='" * 150_000,
    "ampersands": b"<rss><channel>" + b"&" * 500_000,
    "spaces": b"<rss><channel>" + b"<a" + b" " * 1_000_000,
    "end tags": b"<rss>" + b"</a>" * 200_000,
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.timeout(20)
def test_bombs_are_put_aside(name: str) -> None:
    assert isinstance(parse(BOMBS[name]), FeedProblem | ParsedFeed)


# --- anything -----------------------------------------------------------------------------------------------------

pieces = st.sampled_from(
    [b"<rss>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<feed>", b"<entry>", b"</entry>",
     b"<![CDATA[", b"]]>", b"<!--", b"-->", b"&amp;", b"&#0;", b"&#xD800;", b"&", b"<", b">", b"<link href='", b"'",
     b"<pubDate>2025</pubDate>", b"\xff\xfe", b"<?xml encoding='utf-7'?>", b"<a:b xmlns:a='x'>", b"<guid>",
     b"</guid>", b"<link>", b"</link>",
     b'{"items":[', b"]}", b'{"id":1}', b"\x00", b"http://[", b"<x xml:base='http://['>", b"<br/>",
     b"<xmlns:a b='1'/>", b"<:>"]
)  # fmt: skip


@given(
    st.one_of(st.binary(max_size=300), st.lists(st.one_of(pieces, st.binary(max_size=8)), max_size=40).map(b"".join))
)
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_parsed_or_refused(body: bytes) -> None:
    for data in (body, b"<rss><channel>" + body, b"<feed><entry>" + body + b"</entry></feed>"):
        parsed = parse(data, charset="x-\udcff")
        assert isinstance(parsed, ParsedFeed | FeedProblem)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]), min_size=1, max_size=80))
@settings(max_examples=200, deadline=None)
def test_a_title_comes_through_as_it_was_written(title: str) -> None:
    # Twice: once for XML, once for the HTML that readers take RSS titles for.
    entry = only(rss(f"<title>{escape(escape(title))}</title><guid>g</guid>"))
    assert entry.title == " ".join(title.split())


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://a.example/docs/Joint statement.html", "https://a.example/docs/Joint%20statement.html"),
        ("\n  https://a.example/news/\n  long-name\n", "https://a.example/news/long-name"),
        ("https://a.example/\x7f\x01", None),
    ],
)
def test_links_with_spaces_and_breaks_are_read_as_browsers_read_them(link: str, url: str | None) -> None:
    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "T", "url": link}]}
    )
    assert only(body).url == url
    if "\x01" not in link:
        assert only(f"<rss><channel><item><title>T</title><link>{link}</link></item></channel></rss>").url == url


def test_half_an_emoji_costs_no_json_feed() -> None:
    titles = ("Talks \\ud83d", "\\udc4d Talks", "Talks \\ud83d\\udc4d")
    items = ", ".join(f'{{"id": "{number}", "title": "{title}"}}' for number, title in enumerate(titles))
    body = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}'
    assert [entry.title for entry in good(body).entries] == ["Talks \ufffd", "\ufffd Talks", "Talks 👍"]
