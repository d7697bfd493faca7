"""JSON of a given shape, filled from a masked text without a language model: schemas of answers and of tool calls."""

from typing import Any, Final

from gateway.structures import Json
from gateway.upstream.demo_note import WARNING, Note, folded

_DEEPEST: Final = 8
"""Nesting at which a schema that contains itself is left empty."""

_NAMED: Final = (
    ("prenom", ("PRENOM",)),
    ("firstname", ("PRENOM",)),
    ("naissance", ("DATE_NAISSANCE",)),
    ("birth", ("DATE_NAISSANCE",)),
    ("ipp", ("IPP",)),
    ("dossier", ("NDA", "IPP")),
    ("nir", ("SECU",)),
    ("secu", ("SECU",)),
    ("tel", ("TEL",)),
    ("phone", ("TEL",)),
    ("mail", ("MAIL",)),
    ("adresse", ("ADRESSE",)),
    ("address", ("ADRESSE",)),
    ("ville", ("VILLE",)),
    ("city", ("VILLE",)),
    ("hopital", ("HOPITAL", "ORGANISATION")),
    ("etablissement", ("HOPITAL", "ORGANISATION")),
    ("date", ("DATE", "DATE_NAISSANCE")),
)
"""Pieces of a field's name, and the labels whose placeholder it takes."""

_PERSON_NAMES: Final = ("patient", "nom", "name", "personne", "person")

_FORMATS: Final = {
    "date": "1970-01-01",
    "date-time": "1970-01-01T00:00:00Z",
    "time": "00:00:00Z",
    "email": "demonstration@example.org",
    "uri": "https://example.org/",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
"""Plainly invented values, where a schema leaves no room for a placeholder."""


def summary(note: Note) -> Json:
    """Return what the text speaks of, where any JSON object will do."""
    return {
        "avertissement": WARNING,
        "patient": note.persons[0] if note.persons else None,
        "elements": {label: list(found) for label, found in note.placeholders.items()},
        "passages": list(note.passages),
    }


def fill(schema: Json, note: Note) -> Json:
    """Return a value valid against `schema`, in the simple cases: types, properties, enums, references and bounds."""
    return _Filler(schema, note).value(schema, "", 0)


class _Filler:
    """Fills one schema; texts that no name explains take the passages of the note in turn."""

    def __init__(self, root: Json, note: Note) -> None:
        self._root, self._note, self._turn = root, note, 0

    def value(self, schema: Json, name: str, depth: int) -> Json:
        shape = self._settled(schema, 0)
        if "const" in shape:
            return shape["const"]  # type: ignore[no-any-return]
        if shape.get("enum"):
            return shape["enum"][0]  # type: ignore[no-any-return]
        kind = _kind(shape)
        if kind == "object":
            return self._object(shape, depth)
        if kind == "array":
            return self._array(shape, name, depth)
        if kind == "string":
            return self._string(shape, name)
        return _scalar(kind, shape)

    def _settled(self, schema: Json, followed: int) -> dict[str, Any]:
        """Return a schema without references nor alternatives: the first alternative that is not null is taken."""
        if not isinstance(schema, dict) or followed > _DEEPEST:
            return {}
        if isinstance(pointer := schema.get("$ref"), str):
            return self._settled(self._pointed(pointer), followed + 1)
        for word in ("anyOf", "oneOf"):
            if isinstance(options := schema.get(word), list) and options:
                real = [option for option in options if not (isinstance(option, dict) and option.get("type") == "null")]
                return self._settled((real or options)[0], followed + 1)
        if isinstance(parts := schema.get("allOf"), list):
            merged: dict[str, Any] = {key: value for key, value in schema.items() if key != "allOf"}
            for part in parts:
                settled = self._settled(part, followed + 1)
                merged = {**merged, **settled, "properties": _properties(merged) | _properties(settled)}
            return merged
        return dict(schema)

    def _pointed(self, pointer: str) -> Json:
        target = self._root
        for step in pointer.removeprefix("#").strip("/").split("/"):
            if step and isinstance(target, dict):
                target = target.get(step)
        return target

    def _object(self, shape: dict[str, Any], depth: int) -> Json:
        properties, required = _properties(shape), shape.get("required") or []
        if depth > _DEEPEST:
            return {}
        filled = {name: self.value(inner, name, depth + 1) for name, inner in properties.items()}
        return filled | {name: self._text(name) for name in required if name not in filled}

    def _array(self, shape: dict[str, Any], name: str, depth: int) -> Json:
        least, most = _whole(shape.get("minItems"), 0), _whole(shape.get("maxItems"), 3)
        if depth > _DEEPEST:
            return []
        settled = self._settled(shape.get("items"), 0)
        wanted = min(3, len(self._note.passages)) if _kind(settled) == "string" and "enum" not in settled else 1
        return [self.value(shape.get("items"), name, depth + 1) for _ in range(max(least, min(most, wanted)))]

    def _string(self, shape: dict[str, Any], name: str) -> str:
        if shape.get("format") in _FORMATS:
            return _FORMATS[shape["format"]]
        text, most = self._text(name), shape.get("maxLength")
        if isinstance(most, int) and len(text) > most:
            text = "démonstration"[:most]
        return text.ljust(_whole(shape.get("minLength"), 0), "…")

    def _text(self, name: str) -> str:
        plain = folded(name)
        for piece, labels in _NAMED:
            if piece in plain and (found := self._note.first(*labels)):
                return found
        if any(piece in plain for piece in _PERSON_NAMES) and self._note.persons:
            return self._note.persons[0]
        if not self._note.passages:
            return "rien à recopier (démonstration)"
        self._turn += 1
        return self._note.passages[(self._turn - 1) % len(self._note.passages)]


def _kind(shape: dict[str, Any]) -> str:
    told = shape.get("type")
    if isinstance(told, list):
        told = next((kind for kind in told if kind != "null"), "null")
    if isinstance(told, str):
        return told
    if "properties" in shape:
        return "object"
    return "array" if "items" in shape else "string"


def _properties(shape: dict[str, Any]) -> dict[str, Any]:
    properties = shape.get("properties")
    return properties if isinstance(properties, dict) else {}


def _whole(told: object, default: int) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) else default


def _scalar(kind: str, shape: dict[str, Any]) -> Json:
    if kind == "boolean":
        return False
    if kind not in {"number", "integer"}:
        return None
    least, most = shape.get("minimum"), shape.get("maximum")
    if isinstance(above := shape.get("exclusiveMinimum"), int | float) and not isinstance(above, bool):
        least = above + 1
    if isinstance(least, int | float) and least > 0:
        return int(-(-least // 1)) if kind == "integer" else least
    return most if isinstance(most, int | float) and most < 0 else 0
