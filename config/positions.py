"""Where each key of a YAML file stands, so that a fault names its line."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from config.errors import Fault

Location = tuple[int | str, ...]
"""The way from the top of a file to a value: keys and indices."""


@dataclass(frozen=True)
class Positions:
    """Turns a location into a fault; `elsewhere` names the sources of values that are not in the file."""

    file: str
    root: Node | None = None
    elsewhere: dict[Location, str] = field(default_factory=dict)

    def fault(self, location: Sequence[int | str], message: str, *, at_key: bool = False) -> Fault:
        """Return a fault at the value of `location`, or at its key; at the nearest enclosing one if it is missing."""
        for end in range(len(location), 0, -1):
            if source := self.elsewhere.get(tuple(location[:end])):
                return Fault(source, 1, 1, message)
        node, file, line, column = self.root, self.file, 1, 1
        for depth, step in enumerate(location):
            key, child = _step(node, step)
            if child is None:
                break
            place = key if key is not None and (at_key or depth < len(location) - 1) else child
            file, line, column = place.start_mark.name, place.start_mark.line + 1, place.start_mark.column + 1
            node = child
        return Fault(file, line, column, message)


def _step(node: Node | None, step: int | str) -> tuple[Node | None, Node | None]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key, value
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None
