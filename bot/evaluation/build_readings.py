"""Build `bot/summarizing/data/pinyin.txt`: how common Chinese characters are read, without tones.

    python -m bot.evaluation.build_readings PINYIN_DICT.json

The file is `pypinyin/pinyin_dict.json` of pypinyin (MIT), which is read at build time only. Characters of GB 2312 and
of Big5's first level: names of people hold no others, and the rest would be four times as much.
"""

import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parent.parent / "summarizing" / "data" / "pinyin.txt"
_BIG5_FIRST = 0xC6A1
"""Where the characters in daily use end in Big5."""


def common(character: str) -> bool:
    """Whether it is in daily use, simplified or traditional."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        try:
            return int.from_bytes(character.encode("big5")) < _BIG5_FIRST
        except UnicodeEncodeError:
            return False


def plain(reading: str) -> str:
    """Without its tone; ü is v, as people type it."""
    bare = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in bare if letter.isascii())


def build(path: Path) -> str:
    """A line for each syllable, with the characters that are read so."""
    by_reading: dict[str, set[str]] = defaultdict(set)
    for code, readings in json.loads(path.read_text(encoding="utf-8")).items():
        if common(chr(int(code))):
            for reading in readings.split(","):
                by_reading[plain(reading)].add(chr(int(code)))
    return "".join(f"{reading} {''.join(sorted(by_reading[reading]))}\n" for reading in sorted(by_reading) if reading)


if __name__ == "__main__":
    TARGET.write_text(build(Path(sys.argv[1])), encoding="utf-8")
