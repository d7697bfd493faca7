"""A site's charter over its group's: what the site writes is put over what the group wrote, and may only restrict.

The two files are joined as trees, so that each place of the joined charter still knows the file that it comes from.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from config.errors import Fault
from config.positions import Location, Positions
from config.reading import Reading, constructed, parse, validate
from policies.restriction import widenings
from policies.rule import CharterText
from policies.schema import EXTENDS

LISTED: Final = ("uses", "practices")
"""Lists whose elements are found by their id."""

DEEPEST: Final = 4
"""Charters, one over the other: a region, a group, a site, and one to spare."""


def read_inherited(path: Path) -> Reading[CharterText]:
    """Return a charter joined with those that it extends, with the faults of each file."""
    reading = _joined(path, (path.absolute(),))
    if reading.value is None and not reading.faults:
        validate(reading, CharterText)
    return reading


def sources(path: Path) -> tuple[Path, ...]:
    """Return the files that a charter is made of, itself first; as far as they can be read."""
    found: list[Path] = []
    while len(found) < DEEPEST and path not in found:
        found.append(path)
        named = parse(path).data.get(EXTENDS)
        if not isinstance(named, str):
            break
        path = (path.parent / named).resolve()
    return tuple(found)


def _joined(path: Path, chain: tuple[Path, ...]) -> Reading[CharterText]:
    site: Reading[CharterText] = parse(path)
    if EXTENDS not in site.data or site.faults:
        return site
    base = _base(site, path, chain)
    if base is None:
        return site
    group = _joined(base, (*chain, base))
    if group.value is None and not group.faults:
        validate(group, CharterText)
    if group.faults or group.value is None:
        site.faults += group.faults
        return site
    site.faults += _added(site, group.value)
    root = _over(group.positions.root, site.positions.root, ())
    joined: Reading[CharterText] = Reading(Positions(str(path), root), constructed(root), folder=path.parent)
    joined.faults += site.faults
    validate(joined, CharterText)
    if joined.value is not None:
        for location, sentence in widenings(group.value, joined.value):
            joined.add(location, sentence)
    return joined


def _base(site: Reading[CharterText], path: Path, chain: tuple[Path, ...]) -> Path | None:
    named = site.data[EXTENDS]
    if not isinstance(named, str) or not named.strip():
        site.add((EXTENDS,), "Écrivez le chemin de la charte du groupe, par exemple `extends: ../groupe.yaml`.")
        return None
    base = (path.parent / named).resolve()
    if base in {one.resolve() for one in chain}:
        site.add((EXTENDS,), "Cette charte finit par s’étendre elle-même : retirez `extends` de l’une d’elles.")
    elif len(chain) >= DEEPEST:
        site.add((EXTENDS,), f"Plus de {DEEPEST} chartes s’étendent l’une l’autre : réunissez-en.")
    elif not base.is_file():
        site.add((EXTENDS,), f"La charte du groupe n’est pas ici : « {base} ». Corrigez ce chemin.")
    else:
        return base
    return None


def _added(site: Reading[CharterText], group: CharterText) -> Iterator[Fault]:
    """Yield the faults of what a site adds and only its group may decide, and of what could not be joined."""
    version = site.data.get("version")
    if version is None or version == group.version:
        yield site.positions.fault(
            ("version",), "Donnez à cette charte sa propre `version` : le journal l’écrit à chaque demande."
        )
    known = {use.id for use in group.uses}
    for index, id_ in _ids(site, "uses"):
        if id_ not in known:
            message = (
                f"La charte du groupe n’approuve pas l’usage « {id_} » : un site ne peut pas en ajouter. "
                f"Usages du groupe : {', '.join(sorted(known))}."
            )
            yield site.positions.fault(("uses", index, "id"), message)
    for key in LISTED:
        seen: set[object] = set()
        for index, id_ in _ids(site, key):
            if id_ in seen:
                message = f"« {id_} » est écrit deux fois sous `{key}` : réunissez les deux."
                yield site.positions.fault((key, index, "id"), message)
            seen.add(id_)
    for key, what in (("roles", "le rôle"), ("notices", "la mention")):
        allowed = getattr(group, key)
        for name in site.keys(key):
            if name not in allowed:
                message = (
                    f"La charte du groupe n’a pas {what} « {name} » : un site ne peut pas en ajouter. "
                    f"Le groupe a : {', '.join(sorted(allowed))}."
                )
                yield site.positions.fault((key, name), message, at_key=True)


def _ids(site: Reading[CharterText], key: str) -> Iterator[tuple[int, str]]:
    elements = site.data.get(key)
    for index, element in enumerate(elements if isinstance(elements, list) else []):
        if isinstance(element, dict):
            yield index, str(element.get("id"))


def _over(group: Node | None, site: Node | None, place: Location) -> Any:  # noqa: ANN401 - ruamel's nodes have no common type
    """Return the site's tree over the group's; a key that is written but left empty changes nothing."""
    if _empty(site):
        return group
    if isinstance(group, MappingNode) and isinstance(site, MappingNode):
        return _mapping(group, site, place)
    if place in {(key,) for key in LISTED} and isinstance(group, SequenceNode) and isinstance(site, SequenceNode):
        return _sequence(group, site, place)
    return site


def _mapping(group: MappingNode, site: MappingNode, place: Location) -> MappingNode:
    written = {key.value: (key, value) for key, value in site.value if (place, key.value) != ((), EXTENDS)}
    pairs = []
    for key, value in group.value:
        mine = written.pop(key.value, None)
        empty = mine is None or _empty(mine[1])
        pairs.append((key, value) if empty or mine is None else (mine[0], _over(value, mine[1], (*place, key.value))))
    pairs += [(key, value) for key, value in written.values() if not _empty(value)]
    joined: MappingNode = _like(site, pairs)
    return joined


def _sequence(group: SequenceNode, site: SequenceNode, place: Location) -> SequenceNode:
    ids = {_id(element): element for element in site.value}
    elements = [
        _over(element, ids.pop(_id(element)), (*place, "")) if _id(element) in ids else element
        for element in group.value
    ]
    # A use that only the site has is a fault already, and would bring others of its own.
    joined: SequenceNode = _like(site, elements if place == ("uses",) else [*elements, *ids.values()])
    return joined


def _like(node: Any, value: list[Any]) -> Any:  # noqa: ANN401 - a node of either kind
    make: Callable[..., Any] = type(node)
    return make(node.tag, value, node.start_mark, node.end_mark, flow_style=node.flow_style)


def _id(node: Node) -> object:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == "id":
                return value.value
    return node


def _empty(node: Node | None) -> bool:
    return node is None or (isinstance(node, ScalarNode) and node.tag == "tag:yaml.org,2002:null")
