"""Build `bot/summarizing/data/places.json`: what each country, its people and its capital are called, for the gate.

    python -m bot.evaluation.build_places

Derived from `bot/understanding/data/actors.json` (see `bot.evaluation.build_names` for its sources): a stage has data
of its own. States only, no leaders and no weak names. The same input gives the same bytes.
"""

import json
from pathlib import Path

_ROOT = Path(__file__).parent.parent
SOURCE = _ROOT / "understanding" / "data" / "actors.json"
TARGET = _ROOT / "summarizing" / "data" / "places.json"

NOT_THE_STATE = frozenset(
    """alandish|the valley|dubai|oz|sydney|porto novo|saba|sint eustatius|republika srpska|rio|sao paulo|quebec|toronto|
    keeling|zurich|people's liberation army|shanghai|sino|abidjan|ticos|san jose|frankfurt|barcelona|england|englishman|
    scotland|scots|scottish|wales|welsh|ulster|northern ireland|northern irish|st peter port|st george's|port au prince|
    mumbai|jewish state|zionist entity|zionist regime|kingston|channel islands|khmer rouge|jamahiriya|sinhalese|
    tamil tiger|tamil tigers|yangon|capital hill|lagos|auckland|lima|san juan|hermit kingdom|gaza|gaza city|gazan|
    gazans|occupied territories|p.l.o.|west bank|chechen|chechens|soviet|soviet union|soviets|u.s.s.r.|yugoslav|
    jamestown|yugoslavia|yugoslavs|istanbul|dar es salaam|new york|uncle sam|ho chi minh|saigon|johannesburg|
    house of saud|korean peninsula|inter-korean|czechoslovakia|congolese|congos""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""English forms that name a part, a city, a people of several states, or a state that is no more."""


def places(actors: dict[str, dict[str, dict[str, dict[str, str]]]]) -> dict[str, dict[str, dict[str, str]]]:
    """{"names" or "capitals": {language: {code: forms, parted by bars}}}; a form that ends in * is a stem."""
    found: dict[str, dict[str, dict[str, str]]] = {"names": {}, "capitals": {}}
    for language, kinds in sorted(actors["forms"].items()):
        capitals = kinds.get("capital", {})
        names: dict[str, str] = {}
        for code in sorted(set(kinds.get("name", {})) | set(kinds.get("word", {}))):
            if len(code) != 3 or code in actors["kinds"]:
                continue
            forms = {*kinds.get("name", {}).get(code, "").split("|"), *kinds.get("word", {}).get(code, "").split("|")}
            forms -= NOT_THE_STATE if language == "en" else set()
            forms -= {"", *capitals.get(code, "").split("|")}
            names[code] = "|".join(sorted(forms))
        found["names"][language] = {code: forms for code, forms in names.items() if forms}
        found["capitals"][language] = dict(sorted(capitals.items()))
    return found


def main() -> None:
    """Write the file."""
    actors = json.loads(SOURCE.read_text(encoding="utf8"))
    TARGET.write_text(json.dumps(places(actors), ensure_ascii=False, indent=0) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
