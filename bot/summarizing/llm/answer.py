"""Points read from whatever a model answers: clean JSON, JSON in prose or fences, JSON that breaks off.

Bounded: it looks at the first 20,000 characters and at 60 places where an object may begin.
"""

import json
import re
from collections.abc import Iterator, Mapping

from bot.summarizing.prompt import LONGEST_TEXT, MOST_POINTS, Draft

LONGEST = 20_000
"""Characters of an answer that are looked at; five points with their numbers take some 2,000."""
PLACES = 60
"""Opening braces that are tried: each try may read to the end."""
MOST_CITED = 6

_THOUGHT = re.compile(r"<think(?:ing)?>.{0,20000}?(?:</think(?:ing)?>|\Z)", re.DOTALL)
_LISTS = ("points", "key_points", "keyPoints", "keypoints", "summary")
_TEXTS = ("text", "point", "key_point", "summary", "claim")
_CITED = ("sentences", "sentence", "ids", "sentence_ids", "citations", "cites", "evidence", "sources", "source")
_FORM = re.compile(r"[\s\"',:]*[{}\[\]][\s{}\[\]\"',:]*$")
"""What a small model writes of the answer's form into its text: "… on Monday.},{"."""
_NUMBERED = re.compile(r"(?<=[.!?])\s+\d{1,2}[.)]\s+(?=[A-Z\"“])")
"""A list that goes on in the text: "1. … said. 2. One soldier"."""
_END = re.compile(r"[.!?。！？؟…][\"”’»」』)]*(?=\s|$)|[。！？]")
_NUMBER = re.compile(r"(?<![\d.])\d{1,4}(?![\d.])", re.ASCII)


def drafts_of(answer: str) -> tuple[Draft, ...]:
    """The points in an answer, in its order, at most eight; () when there is none."""
    text = _THOUGHT.sub("", answer[:LONGEST])
    found: list[Draft] = []
    for value in _objects(text):
        listed = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        if isinstance(listed, list):
            drafts = [draft for item in listed if (draft := _draft(item)) is not None]
            if drafts:
                return tuple(drafts[:MOST_POINTS])
        elif (draft := _draft(value)) is not None:
            found.append(draft)
    return tuple(found[:MOST_POINTS])


def _objects(text: str) -> Iterator[Mapping[str, object]]:
    """Whole JSON objects, outermost first; where one breaks off, those within it."""
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(PLACES):
        if at < 0:
            return
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if isinstance(value, dict):
                yield value
        at = text.find("{", end)


def _draft(item: object) -> Draft | None:
    if isinstance(item, str):
        return Draft(text=item, sentences=()) if item.strip() else None
    if not isinstance(item, Mapping):
        return None
    text = next((item[key] for key in _TEXTS if isinstance(item.get(key), str)), None)
    if not isinstance(text, str) or not text.strip():
        return None
    cited = next((item[key] for key in _CITED if key in item), ())
    second = [number for number in _numbers(item.get("second", ())) if number]  # 0: it needs none
    text = _mended(text)
    if not text:
        return None
    return Draft(text=text, sentences=tuple(dict.fromkeys((*_numbers(cited), *second)))[:MOST_CITED])


def _mended(text: str) -> str:
    """Without the answer's form, further items of a list, what was said already, and a sentence that breaks off at the
    form's bound. All else stays: judging it is the gate's work.
    """
    text = _NUMBERED.split(_FORM.sub("", text, count=1).strip(), maxsplit=1)[0]
    ends = [match.end() for match in _END.finditer(text)]
    if not ends and len(text) >= LONGEST_TEXT - 1:
        return ""
    if not ends or (len(ends) == 1 and ends[0] == len(text)):
        return text
    pieces = [text[start:end].strip() for start, end in zip([0, *ends], ends, strict=False)]
    if len(set(pieces)) == len(pieces) and (ends[-1] == len(text) or len(text) < LONGEST_TEXT - 1):
        return text
    return " ".join(dict.fromkeys(pieces))


def _numbers(cited: object) -> tuple[int, ...]:
    """Sentence numbers out of 3, "3", "[3]", "S3", [1, "2"] or "1, 2"; each once."""
    items = cited if isinstance(cited, list) else [cited]
    found: list[int] = []
    for item in items[:MOST_CITED]:
        if isinstance(item, bool):
            continue
        if isinstance(item, int):
            found.append(item)
        elif isinstance(item, str):
            found += [int(match) for match in _NUMBER.findall(re.sub(r"[A-Za-z#]", " ", item[:100]))]
    return tuple(dict.fromkeys(found))[:MOST_CITED]
