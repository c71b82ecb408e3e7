"""Write tune.jsonl and held.jsonl from the plain source beside this file: `python tests/golden/stories/make.py`.

Everything is invented: outlets, events, surnames, figures. Countries and institutions are real and serve as a setting.
CC0 1.0. Each entry begins with a line that starts with @:

    @a ID STORY DAYTIME OUTLET LANG | TITLE        an article; paragraphs follow, parted by blank lines
    @copy ID OF DAYTIME OUTLET [drop=2,3] | TITLE  OF republished, without the paragraphs named (counted from 1)
    @fix ID OF DAYTIME OUTLET | TITLE              OF written anew by its outlet
        s/WAS/NOW/                                 words exchanged: for a fix these are its gold changes
        + LINE                                     a paragraph added at the end

DAYTIME is DDTHH:MM, UTC, March 2027. Rows come out in order of time.
"""

import json
from pathlib import Path

HERE = Path(__file__).parent
OUTLETS = {
    "MW": ("Meridian Wire", "wire", "CH"), "TP": ("Transpolar Press", "wire", "GB"),
    "HG": ("The Harbour Gazette", "newspaper", "GB"), "FB": ("Fjord & Bay Review", "newspaper", "NO"),
    "PL": ("The Prairie Lantern", "newspaper", "CA"), "TL": ("The Tidewater Ledger", "newspaper", "US"),
    "SH": ("Sunbelt Herald-Dispatch", "newspaper", "US"), "AP2": ("Alsterbogen-Post", "newspaper", "DE"),
    "DL": ("The Deccan Lamp", "newspaper", "IN"), "PM": ("Pacific Monitor & Mail", "newspaper", "AU"),
    "QR": ("Le Quotidien des Rives", "newspaper", "FR"), "GB": ("Gulf Beacon TV", "broadcaster", "QA"),
    "NB": ("نشرة الميناء", "newspaper", "AE"), "NR": ("Nyanza Review", "newspaper", "KE"),
    "EC": ("El Cronista del Altiplano", "newspaper", "MX"), "MT": ("みなと通信新報", "newspaper", "JP"),
    "DF": ("东风港报", "newspaper", "CN"), "KN": ("Kestrel News Network", "broadcaster", "US"),
    "ED": ("Eastern Dawn News Agency", "state_media", "CN"), "HL": ("Hanyang Ledger", "newspaper", "KR"),
    "DS": ("Office of the Spokesperson", "ministry", "US"), "QT": ("Quayside Times", "newspaper", "IE"),
}  # fmt: skip


def rows(source: str) -> list[dict[str, object]]:
    known: dict[str, dict[str, object]] = {}
    for block in ("\n" + source).split("\n@")[1:]:
        head, _, body = block.partition("\n")
        left, _, title = head.partition(" | ")
        kind, key, *rest = left.split()
        row = article(rest, body) if kind == "a" else derived(kind, known[rest[0]], rest, body)
        known[key] = {"id": key, **row, "title": title.strip()}
    return sorted(known.values(), key=lambda row: (str(row["published"]), str(row["id"])))


def article(rest: list[str], body: str) -> dict[str, object]:
    story, when, outlet, lang = rest
    return {**frame(outlet, when), "lang": lang, "story": story, "text": body.strip(), "copy_of": None,
            "correction_of": None, "changes": []}  # fmt: skip


def derived(kind: str, original: dict[str, object], rest: list[str], body: str) -> dict[str, object]:
    of, when, outlet, *more = rest
    dropped = {int(n) for option in more if option.startswith("drop=") for n in option[5:].split(",")}
    parts = str(original["text"]).split("\n\n")
    text = "\n\n".join(part for i, part in enumerate(parts, 1) if i not in dropped)
    changes = []
    for line in filter(None, body.splitlines()):
        if line.startswith("s/"):
            _, was, now, _ = line.split("/")
            assert was in text, (of, was)
            text = text.replace(was, now)
            changes.append({"was": was, "now": now})
        elif line.startswith("+ "):
            text += "\n\n" + line[2:]
    return {**frame(outlet, when), "lang": original["lang"], "story": original["story"], "text": text,
            "copy_of": of if kind == "copy" else None, "correction_of": of if kind == "fix" else None,
            "changes": changes if kind == "fix" else []}  # fmt: skip


def frame(outlet: str, when: str) -> dict[str, object]:
    name, kind, country = OUTLETS[outlet]
    return {"outlet": name, "outlet_kind": kind, "country": country, "published": f"2027-03-{when}:00+00:00"}


def main() -> None:
    for name in ("tune", "held"):
        found = rows((HERE / f"{name}.txt").read_text("utf8"))
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in found]
        (HERE / f"{name}.jsonl").write_text("".join(lines), "utf8")


if __name__ == "__main__":
    main()
