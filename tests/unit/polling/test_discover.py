"""Feeds that a page names."""

from hypothesis import given
from hypothesis import strategies as st

from bot.polling.discover import FeedLink, find_feeds

PAGE = """<!doctype html><html><head><base href="/en/"><title>Ministry</title>
<link rel="stylesheet" href="x.css"><link rel="alternate" hreflang="fr" href="/fr/">
<link rel="alternate" type="application/rss+xml" title="Comments feed" href="/comments/feed">
<link rel="alternate" type="text/xml" href="plain.xml">
<LINK REL="Alternate" TYPE="application/rss+xml; charset=utf-8" TITLE="News &amp;&#8203; speeches" HREF="news.xml">
<link rel="alternate" type="application/atom+xml" href="https://other.example/atom">
<link rel="alternate" type="application/rss+xml" href="news.xml">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head><body></body></html>"""


def test_finds_feeds_the_likeliest_first() -> None:
    assert find_feeds(PAGE.encode(), url="https://gov.example/home") == (
        FeedLink(url="https://gov.example/en/news.xml", title="News & speeches"),
        FeedLink(url="https://other.example/atom"),
        FeedLink(url="https://gov.example/en/plain.xml"),
        FeedLink(url="https://gov.example/comments/feed", title="Comments feed"),
    )


def test_pages_without_any() -> None:
    for page in (b"", b"<html></html>", b"\x00\xff", b"<rss/>", b"plain"):
        assert find_feeds(page, url="https://gov.example/") == ()


@given(st.binary(max_size=300))
def test_any_bytes_answer(page: bytes) -> None:
    find_feeds(
        b"<head>" + page + b"<link rel=alternate type=application/rss+xml href='" + page, url="https://a.example/"
    )
