"""XML read with tolerance: whole, in part, cut short, with or without namespaces.

A parser refuses fragments and keeps no offsets of attributes. Where end tags are missing, the nearest open tag counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(
    r"<(?P<close>/)?(?:[\w\-]{1,30}:)?(?P<name>[A-Za-z_][\w\-.]{0,60})"
    r"(?P<attributes>(?:\s{1,200}[\w:.\-]{1,60}\s{0,5}=\s{0,5}(?:\"[^\"<]{0,2000}\"|'[^'<]{0,2000}')){0,60})"
    r"\s{0,200}(?P<empty>/)?>"
)
_ATTRIBUTE = re.compile(
    r"(?:[\w.\-]{1,30}:)?(?P<name>[\w.\-]{1,60})\s{0,5}=\s{0,5}(?:\"(?P<double>[^\"<]{0,2000})\"|'(?P<single>[^'<]{0,2000})')"
)
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value in a tag."""

    name: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag: its name, the names of those around it, the nearest first, and the text up to the next tag."""

    name: str
    start: int
    end: int
    around: tuple[str, ...]
    attributes: dict[str, Attribute]
    inside: Attribute


def tags(text: str) -> Iterator[Tag | Attribute]:
    """Yield the opening tags, and as attributes without text the closing ones, in order."""
    if "</" not in text and "/>" not in text:
        return
    matches = list(_TAG.finditer(text))
    open_tags: list[str] = []
    for index, match in enumerate(matches):
        name = match["name"]
        if match["close"]:
            if name in open_tags:
                del open_tags[len(open_tags) - 1 - open_tags[::-1].index(name) :]
            yield Attribute(name, match.start(), match.end(), "")
            continue
        limit = matches[index + 1].start() if index + 1 < len(matches) else len(text)
        yield Tag(
            name,
            match.start(),
            match.end(),
            tuple(reversed(open_tags)),
            _attributes(match),
            _stripped(text, name, match.end(), match.end() if match["empty"] else limit),
        )
        if not match["empty"] and len(open_tags) < _DEEPEST:
            open_tags.append(name)


def _attributes(match: re.Match[str]) -> dict[str, Attribute]:
    found = {}
    for each in _ATTRIBUTE.finditer(match.string, *match.span("attributes")):
        group = "double" if each["double"] is not None else "single"
        found[each["name"]] = Attribute(each["name"], *each.span(group), each[group])
    return found


def _stripped(text: str, name: str, start: int, end: int) -> Attribute:
    inside = text[start:end]
    bare = inside.strip()
    start += inside.find(bare)
    return Attribute(name, start, start + len(bare), bare)
