"""FHIR in JSON, and the JSON of French software (SAMU Hub, exports): each value by its key and by what is around it.

A value under a key that nobody listed is left to the other recognisers, as are narratives, notes and conclusions.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.structures.field_names import listed, named, plain_name
from filters.identifiers.detectors.structures.json_tree import Node, Value, read
from filters.identifiers.detectors.structures.numbering import label_of
from filters.identifiers.detectors.structures.structure import Field, Structure
from filters.identifiers.entity import Label

_PEOPLE = listed(
    "subject patient generalpractitioner practitioner performer author requester recorder asserter individual actor "
    "party participant authenticator legalauthenticator attester informationsource source sender recipient assembler "
    "enterer agent who interpreter resultsinterpreter collector prescriber witness responsible contact "
    "operator operators responsibleparty beneficiary policyholder subscriber payor medecin praticien prescripteur "
    "destinataire signataire redacteur"
)
_PLACES = listed(
    "organization managingorganization serviceprovider custodian provider hospital etablissement healthcareservice "
    "ownedby partof origin destination"
)
_CODES = listed(
    "system code use status unit gender language version resourcetype profile url prefix suffix mode priority intent "
    "country rank contenttype reference type civilite sexe class severity comparator id versionid"
)
_ADDRESSES = frozenset({"address", "adresse", "detailedaddress", "wayname", "adresses"})
_PLACE_KEYS = frozenset({"lat", "lon", "lng", "latitude", "longitude"})
_CONTACTS = frozenset({"contact", "callercontact", "calltakercontact"})
_FREE_DISPLAYS = frozenset({"coding", "code", "valuecoding", "class", "category", "type", "relationship", "specialty"})
_BY_RESOURCE = {
    "Patient": Label.IPP,
    "Encounter": Label.NDA,
    "EpisodeOfCare": Label.NDA,
    "Practitioner": Label.ID,
    "Organization": Label.FINESS,
}
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?=T|\Z)|\d{8}(?:\d{4,6})?\Z|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}")
_REFERENCE = re.compile(
    r"(?:Patient|Practitioner|RelatedPerson|Person|Encounter|Organization)/(?P<id>[\w.\-]{3,64})|"
    r"urn:uuid:(?P<uuid>[\w\-]{8,36})"
)
_NUMBERED = re.compile(r"(?=\D{0,20}\d)[\w.\-]{4,64}")
_DIAL = re.compile(r"\+?[\d ().\-]{6,25}")
_LETTERS = re.compile(r"[^\W\d_]")


class Fhir(Structure):
    """Finds the identifying values of JSON."""

    @override
    def fields(self, text: str) -> Iterator[Field]:
        """Yield the values, then the keys that are known, which are no identifiers themselves."""
        tree = read(text)
        if tree is None:
            return
        for node in tree.nodes:
            for value in node.values:
                yield from _field(node, value)
        for key in tree.keys:
            if named(key.key) is not None or plain_name(key.key) in _CODES:
                yield Field(key.start, key.end, None)


def _field(node: Node, value: Value) -> Iterator[Field]:
    """Yield what a value is; nothing if its key does not say."""
    if not any(sign.isalnum() for sign in value.text):
        return
    holder = node.parent if node.is_list and node.parent is not None else node
    key, above = plain_name(value.key), plain_name(holder.key)
    if above == "identifier" and key == "value":
        yield _whole(value, label_of(value.text, holder.says(), _default(holder)))
    elif key == "reference" and (found := _REFERENCE.match(value.text)):
        start, end = found.span("id" if found["id"] else "uuid")
        yield Field(value.start + start, value.start + end, Label.ID)
    elif key == "id" and holder.get("resourceType") in _BY_RESOURCE and _NUMBERED.fullmatch(value.text):
        yield _whole(value, Label.ID)
    elif key in _CODES or (key == "display" and above in _FREE_DISPLAYS):
        yield _whole(value, None)
    else:
        yield from _named(holder, value, key, above)


def _named(holder: Node, value: Value, key: str, above: str) -> Iterator[Field]:
    label = _by_place(holder, value, key, above) or named(value.key)
    if label in {Label.DATE, Label.DATE_NAISSANCE}:
        day = _DAY.match(value.text)
        if day:
            yield Field(value.start, value.start + day.end(), label)
    elif label is not None and _fits(value.text, label):
        yield _whole(value, label)


def _by_place(holder: Node, value: Value, key: str, above: str) -> Label | None:
    """Return what a value is by the object in which its key stands."""
    if key in _PLACE_KEYS or (above in _ADDRESSES and key in {"complete", "number", "name", "text"}):
        return Label.ADRESSE
    if above == "address" and key == "district":
        return Label.VILLE
    if (key == "value" and above == "telecom") or (key == "detail" and above in _CONTACTS):
        return _contact(value.text)
    if above in {"name", "detailedname"} and key in {"text", "complete"}:
        return Label.PERSONNE
    return _who(holder, key, above) if key in {"display", "label", "name", "nom", "text"} else None


def _who(holder: Node, key: str, above: str) -> Label | None:
    if above in _PEOPLE and not (key == "nom" and holder.get("prenom")):
        return Label.PERSONNE
    if above in _PLACES or (key == "name" and holder.get("resourceType") == "Organization"):
        return Label.HOPITAL
    return Label.VILLE if above == "city" and key == "name" else None


def _default(identifier: Node) -> Label:
    """Return what an identifier of this resource is when nothing says who issued it."""
    node: Node | None = identifier
    while node is not None:
        if node.get("resourceType"):
            return _BY_RESOURCE.get(node.get("resourceType"), Label.ID)
        node = node.parent
    return Label.ID


def _contact(written: str) -> Label | None:
    if "@" in written:
        return Label.MAIL
    return Label.TEL if _DIAL.fullmatch(written.removeprefix("tel:")) else None


def _fits(written: str, label: Label) -> bool:
    """Whether a value can be what its key says: `"tel": "à demander"` is left to the other recognisers."""
    if label is Label.MAIL:
        return "@" in written
    if label in _DIGITS:
        return any(sign.isdigit() for sign in written)
    return label not in _WORDS or (_LETTERS.search(written) is not None and len(written) <= _LONGEST)


_DIGITS = frozenset({Label.TEL, Label.ZIP, Label.IPP, Label.NDA, Label.SECU, Label.RPPS, Label.ADELI, Label.FINESS})
_WORDS = frozenset({Label.NOM, Label.PRENOM, Label.PERSONNE, Label.VILLE, Label.HOPITAL})
_LONGEST = 120


def _whole(value: Value, label: Label | None) -> Field:
    bare = value.text.strip()
    start = value.start + value.text.find(bare)
    return Field(start, start + len(bare), label)
