"""Settings that the environment gives, over those of the file: `ECLUSE_<SECTION>__<KEY>`, and `ECLUSE_DATA_DIR`."""

from collections.abc import Mapping
from typing import Any

from config.errors import Fault
from config.positions import Location
from config.reading import Reading
from config.sentences import keys_at, unknown_key
from config.settings import Settings

PREFIX = "ECLUSE_"
LISTS = {"routes"}
"""Sections that cannot be set from the environment."""


def override(reading: Reading[Settings], environ: Mapping[str, str]) -> None:
    """Put the environment's values over those of `reading`, before it is validated.

    A variable without `__` is left alone, since it may be the one that a route's `key_env` names.
    """
    for name, value in sorted(environ.items()):
        if not name.startswith(PREFIX):
            continue
        section, separator, key = name.removeprefix(PREFIX).lower().partition("__")
        if not separator:
            if section == "data_dir":
                _put(reading, ("data_dir",), value, name)
        elif section in LISTS:
            reading.faults.append(
                Fault(name, 1, 1, "Les routes ne se règlent pas par l’environnement : écrivez-les dans le fichier.")
            )
        elif section not in (sections := _sections()):
            reading.faults.append(Fault(name, 1, 1, unknown_key(section, sections)))
        elif key not in (keys := keys_at(Settings, (section,))):
            reading.faults.append(Fault(name, 1, 1, unknown_key(key, keys)))
        else:
            _put(reading, (section, key), value, name)


def _sections() -> list[str]:
    return [key for key in Settings.model_fields if key not in LISTS and key != "data_dir"]


def _put(reading: Reading[Settings], location: Location, value: str, variable: str) -> None:
    place: dict[str, Any] = reading.data
    for step in location[:-1]:
        inner = place.get(str(step))
        place[str(step)] = place = dict(inner) if isinstance(inner, dict) else {}
    place[str(location[-1])] = value
    reading.positions.elsewhere[location] = variable
