"""Build the shipped list of state media from the State Media Matrix (MIT): names and domains, nothing else.

    python -m bot.evaluation.build_state_media DATA_DIR

Taken are outlets that the matrix calls state-controlled or captured public; captured private, publicly funded and
independent ones are left out: readers would not call those state media, and unknown stays unknown. Names that others
may bear too ("The Herald", "NTV") are left to their domains.
"""

import csv
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from bot.understanding.provenance import normal_name

TARGET = Path(__file__).parent.parent / "understanding" / "data" / "state_media.tsv"
TAKEN = frozenset({"SC", "CaPu"})
"""State-controlled, and captured public: the matrix's terms."""
SHARED_HOSTS = frozenset(
    {"facebook.com", "twitter.com", "x.com", "youtube.com", "instagram.com", "t.me", "vk.com", "wordpress.com",
     "blogspot.com", "google.com", "soundcloud.com", "tunein.com", "medium.com", "com", "org"}
)  # fmt: skip
GENERIC = frozenset(
    """the herald times radio television televisión televisao national nacional nationale news channel daily tv public
    state one first today tribune post star sun voice guardian chronicle observer mirror people nation express standard
    sport music classic fm am culture youth morning evening sunday saturday new la le el les los journal press agency
    1 2 3 4 5 24 world international africa asia europe live info plus city kids hd regional network media group
    republic freedom independent business capital democrat patriot mail weekly review""".split()  # noqa: SIM905
)
SHORTEST = 7
"""Letters of a name of one word: shorter ones are acronyms that several outlets share."""


def main(data: Path) -> None:
    """Write the list, sorted; the same input gives the same file."""
    with (data / "state_media_matrix.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["Typology"] in TAKEN]
    domains = {domain for row in rows if (domain := _domain(row["URL"]))}
    names = {name for row in rows for raw in (row["Main assets"], row["Media company"]) if (name := _name(raw))}
    text = "".join(f"domain\t{domain}\n" for domain in sorted(domains))
    text += "".join(f"name\t{name}\n" for name in sorted(names))
    TARGET.write_text(text, encoding="utf8")
    sys.stdout.write(f"{len(domains)} domains, {len(names)} names\n")


def _domain(url: str) -> str:
    url = url.strip()
    host = (urlsplit(url if "://" in url else f"http://{url}").hostname or "").removeprefix("www.")
    shared = any(host == one or host.endswith(f".{one}") for one in SHARED_HOSTS - {"com", "org"})
    return "" if shared or "." not in host or not re.fullmatch(r"[a-z0-9.-]+", host) else host


def _name(raw: str) -> str:
    name = normal_name(re.sub(r"\([^)]*\)", " ", raw))
    words = name.split()
    if not words or set(words) <= GENERIC or (len(words) == 1 and len(name) < SHORTEST):
        return ""
    return name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
