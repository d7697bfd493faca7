"""JSON read with tolerance: whole, in part, cut short, or in the middle of prose; only keys and their values count.

`json.loads` refuses all of these, and keeps no offsets. Where brackets do not match, what is known is the nearest key.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'"(?P<key>[\w.:$@ \-]{1,60})"(?P<colon>\s{0,8}:)'
    r'|"(?P<string>(?:[^"\\]|\\.){0,20000})(?:"(?=\s{0,400}(?:[,}\]]|\Z))|\Z)'
    r"|(?P<number>-?\d{1,30}(?:\.\d{1,20})?)(?=\s{0,400}(?:[,}\]]|\Z))"
    r"|(?P<bracket>[{}\[\]])",
    re.DOTALL,
)
_ESCAPED = re.compile(r'\\"\w{1,60}\\"\s{0,8}:')
_LOOKS_LIKE_JSON = re.compile(r'"\s{0,8}:')
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Value:
    """A string or a number, under the key that holds it."""

    key: str
    start: int
    end: int
    text: str


@dataclass(slots=True, eq=False)
class Node:
    """An object: the key under which it stands, itself or in a list, its own values, and the objects in it."""

    key: str = ""
    parent: "Node | None" = None
    values: list[Value] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    is_list: bool = False

    def says(self) -> str:
        """Return all that the object says, its children included, as words."""
        return " ".join([*(value.text for value in self.values), *(child.says() for child in self.children)])

    def get(self, key: str) -> str:
        """Return the first value under this key; nothing where there is none."""
        return next((value.text for value in self.values if value.key == key), "")

    def path(self) -> Iterator[str]:
        """Yield the keys above, the nearest first."""
        node: Node | None = self
        while node is not None:
            yield node.key
            node = node.parent


@dataclass(slots=True)
class Tree:
    """What was read: every object, and where the keys stand."""

    nodes: list[Node]
    keys: list[Value]


def read(text: str) -> Tree | None:
    """Return the objects of a text; None if it has nothing of JSON."""
    if not _LOOKS_LIKE_JSON.search(text):
        return None
    if _ESCAPED.search(text):
        text = text.replace('\\"', ' "')  # JSON inside a JSON string: same length, so that offsets stay
    return _Reader().read(text)


class _Reader:
    """The place in the tree while tokens go by."""

    def __init__(self) -> None:
        self._here = Node()
        self._tree = Tree([self._here], [])
        self._pending: str | None = None
        self._depth = 0

    def read(self, text: str) -> Tree:
        """Go through the tokens."""
        for token in _TOKEN.finditer(text):
            if token["key"]:
                self._pending = token["key"]
                self._tree.keys.append(Value(token["key"], token.start(), token.end("colon"), token["key"]))
            elif token["bracket"]:
                self._bracket(token["bracket"])
            else:
                self._value(token)
        return self._tree

    def _bracket(self, sign: str) -> None:
        if sign in "{[" and self._depth < _DEEPEST:
            key = self._pending if self._pending is not None else self._here.key if self._here.is_list else ""
            node = Node(key, self._here, is_list=sign == "[")
            self._here.children.append(node)
            self._tree.nodes.append(node)
            self._here, self._pending = node, None
            self._depth += 1
        elif sign in "}]" and self._here.parent is not None and self._here.is_list == (sign == "]"):
            self._here, self._pending = self._here.parent, None
            self._depth -= 1

    def _value(self, token: re.Match[str]) -> None:
        key = self._pending if self._pending is not None else self._here.key if self._here.is_list else None
        if key is None:
            return
        group = "string" if token["string"] is not None else "number"
        self._here.values.append(Value(key, token.start(group), token.end(group), token[group]))
        self._pending = None
