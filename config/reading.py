"""A YAML file read into a typed model, with every fault placed."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node

from config.errors import Fault, FaultsError
from config.positions import Location, Positions
from config.sentences import sentence

M = TypeVar("M", bound=BaseModel)
E = TypeVar("E", bound=BaseModel)


@dataclass
class Reading(Generic[M]):
    """What could be read of a file: its data, the model when there is one, and the faults found so far."""

    positions: Positions
    data: dict[str, Any] = field(default_factory=dict)
    value: M | None = None
    faults: list[Fault] = field(default_factory=list)
    folder: Path | None = None

    def add(self, location: Location, message: str) -> None:
        """Note a fault that a rule found at `location`."""
        self.faults.append(self.positions.fault(location, message))

    def entries(self, key: str, model: type[E]) -> Iterator[tuple[int, E]]:
        """Yield the elements of the list `key` whose form is right, with their index.

        So that rules between elements are checked even where another element has a fault.
        """
        elements = self.data.get(key)
        for index, element in enumerate(elements if isinstance(elements, list) else []):
            try:
                yield index, model.model_validate(element, context={"folder": self.folder})
            except ValidationError:
                continue

    def keys(self, key: str) -> list[str]:
        """Return the keys of the block `key`; none where it is no block."""
        block = self.data.get(key)
        return [str(name) for name in block] if isinstance(block, dict) else []

    def result(self) -> M:
        """Return the model, or raise every fault at once."""
        if self.faults or self.value is None:
            raise FaultsError(tuple(self.faults))
        return self.value


def read_yaml(path: Path, model: type[M], *, folder: Path | None = None) -> Reading[M]:
    """Read `path` as `model`. Relative paths in the file start at `folder`.

    Raises nothing: what is wrong with the file is in the reading's faults.
    """
    reading: Reading[M] = parse(path, folder=folder)
    if not reading.faults:
        validate(reading, model)
    return reading


def validate(reading: Reading[M], model: type[M]) -> None:
    """Give `reading` its model, or the faults of its data."""
    try:
        reading.value = model.model_validate(reading.data, context={"folder": reading.folder})
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            at_key = detail["type"] in {"extra_forbidden", "missing"} or "[key]" in detail["loc"]
            location = tuple(step for step in detail["loc"] if step != "[key]")
            reading.faults.append(reading.positions.fault(location, sentence(detail, model), at_key=at_key))


class _Named(io.StringIO):
    """A file's text with its name, so that each place knows its file even where two files are read as one."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name = name


def constructed(root: Node) -> dict[str, Any]:
    """Return the plain data of a tree that was read already."""
    data: dict[str, Any] = YAML(typ="safe", pure=True).constructor.construct_document(root)
    return data


def parse(path: Path, *, folder: Path | None = None) -> Reading[Any]:
    """Return the plain data of a YAML file and its places, or its one fault; an empty file is one without keys."""
    reading: Reading[Any] = Reading(Positions(str(path)), folder=folder)
    try:
        text = path.read_text(encoding="utf-8")
        yaml = YAML(typ="safe", pure=True)
        root: Node | None = yaml.compose(_Named(text, str(path)))
        data = yaml.constructor.construct_document(root) if root else None
    except UnicodeDecodeError:
        reading.add((), "Ce fichier n’est pas en UTF-8 : enregistrez-le dans cet encodage.")
    except OSError:
        reading.add((), "Ce fichier ne peut pas être lu : vérifiez son chemin et ses droits.")
    except MarkedYAMLError as error:
        reading.faults.append(_unreadable(str(path), error))
    except (YAMLError, ValueError, RecursionError):
        reading.add((), "Ce fichier n’est pas du YAML valide.")
    else:
        reading.positions = Positions(str(path), root)
        if isinstance(root, MappingNode):
            reading.data = data or {}
        elif data is not None:
            reading.add((), "Ce fichier doit contenir des clés, par exemple `server:`.")
    return reading


def _unreadable(file: str, error: MarkedYAMLError) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if twice := re.match(r'found duplicate key "([^"]*)"', error.problem or ""):
        message = f"La clé `{twice[1]}` est écrite deux fois au même endroit : gardez-en une seule."
    else:
        message = (
            "Ce fichier n’est pas du YAML valide à cet endroit : vérifiez l’indentation (des espaces, jamais de "
            "tabulation), l’espace après chaque deux-points et la fermeture des guillemets."
        )
    return Fault(file, line, column, message)
