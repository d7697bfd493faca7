"""CDA R2 documents and other XML with named fields: `<family>`, `<birthTime value>`, `<id extension root>`, `<nom>`.

Narrative text, titles and unknown elements are left to the other recognisers.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.structures.field_names import listed, named, plain_name
from filters.identifiers.detectors.structures.numbering import label_of
from filters.identifiers.detectors.structures.structure import Field, Structure
from filters.identifiers.detectors.structures.xml_tree import Attribute, Tag, tags
from filters.identifiers.entity import Label

_ELEMENTS = listed(
    "clinicaldocument recordtarget patientrole patient name given family prefix suffix id addr telecom birthtime "
    "administrativegendercode maritalstatuscode birthplace place guardian guardianperson author assignedauthor "
    "assignedperson assignedentity representedorganization custodian assignedcustodian "
    "representedcustodianorganization providerorganization participant associatedentity associatedperson "
    "scopingorganization serviceevent performer documentationof componentof encompassingencounter location "
    "healthcarefacility effectivetime time low high code value templateid typeid title text confidentialitycode "
    "languagecode setid versionnumber legalauthenticator authenticator signaturecode informant informationrecipient "
    "intendedrecipient relatedentity relatedperson observation entry section component structuredbody act organizer "
    "substanceadministration streetaddressline housenumber streetname streetnametype city postalcode county country "
    "unitid state district identifier contact address line dateexpiration"
)
_CODES = listed(
    "code codesystem codesystemname codesystemversion displayname root type classcode typecode moodcode unit use "
    "nullflavor qualifier mediatype xmlns schemalocation assigningauthorityname inversionind contextcontrolcode "
    "contextconductionind determinercode representation charset system version encoding url"
)
_PLAIN_ELEMENTS = frozenset({"prefix", "suffix", "country"})
_ORGANISATIONS = listed(
    "representedorganization providerorganization representedcustodianorganization scopingorganization "
    "healthcarefacility serviceproviderorganization wholeorganization manufacturerorganization "
    "receivedorganization"
)
_DAYS = frozenset({"effectivetime", "time", "low", "high", "center", "signaturetime", "existencetime"})
_IN_ADDRESS = {"county": Label.ZIP, "precinct": Label.ADRESSE, "censustract": Label.ZIP, "district": Label.VILLE}
_ROLES = {
    "patientrole": Label.IPP,
    "patient": Label.IPP,
    "encompassingencounter": Label.NDA,
    **dict.fromkeys(_ORGANISATIONS, Label.FINESS),
}
_DAY = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d)?)|(?:19|20)\d{2}(?:\d\d){0,2}(?:\d{4,6})?(?:[.+\-]\d{1,5}){0,2}|\d\d[/.\-]\d\d[/.\-]\d{4}"
)
_LETTERS = re.compile(r"[^\W\d_]{2}|\w\w")
_NARRATIVE = frozenset({"text", "div", "td", "th", "p", "paragraph", "content", "title"})
_NOMENCLATURES = frozenset({"templateid", "typeid"})
_LONGEST = 120


class Cda(Structure):
    """Finds the identifying elements and attributes of XML; in a narrative it says nothing."""

    @override
    def fields(self, text: str) -> Iterator[Field]:
        """Yield what tags hold, and the tags themselves as no identifiers."""
        for tag in tags(text):
            known = plain_name(tag.name) in _ELEMENTS or named(tag.name) is not None
            if isinstance(tag, Attribute):
                if known:
                    yield Field(tag.start, tag.end, None)
                continue
            inside = [*_attributes(tag), *_inside(tag)]
            yield from (field for field in inside if field.end > field.start)
            if known:
                yield from _markup(tag)


def _markup(tag: Tag) -> Iterator[Field]:
    """Yield a known tag without its attributes, whose values may be anything."""
    end = min((each.start for each in tag.attributes.values()), default=tag.end)
    yield Field(tag.start, end, None)


def _attributes(tag: Tag) -> Iterator[Field]:
    element = plain_name(tag.name)
    for attribute in tag.attributes.values():
        name = plain_name(attribute.name)
        if not any(sign.isalnum() for sign in attribute.text):
            continue
        if name in _CODES or element in _NOMENCLATURES:
            yield Field(attribute.start, attribute.end, None)
        elif name == "extension" and element in {"id", "setid"}:
            issuer = " ".join(each.text for each in tag.attributes.values() if each is not attribute)
            yield Field(attribute.start, attribute.end, label_of(attribute.text, issuer, _role(tag)))
        elif name == "value":
            yield from _value(attribute, _label(tag, element))
        elif (label := named(attribute.name)) is not None:
            yield from _value(attribute, label)


def _inside(tag: Tag) -> Iterator[Field]:
    element = plain_name(tag.name)
    if element in _PLAIN_ELEMENTS and len(tag.inside.text) <= _LONGEST:
        yield Field(tag.inside.start, tag.inside.end, None)
        return
    yield from _value(tag.inside, _label(tag, element))


def _label(tag: Tag, element: str) -> Label | None:
    """Return what an element holds, by its name and by what is around it."""
    around = [plain_name(name) for name in tag.around]
    if _NARRATIVE.intersection(around):
        return None
    if element == "telecom":
        return Label.TEL
    if element in _DAYS:
        return Label.DATE
    if element == "name":
        return _name(around)
    if "addr" in around or "address" in around:
        return _IN_ADDRESS.get(element) or named(tag.name)
    return Label.ADRESSE if element == "addr" else named(tag.name)


def _name(around: list[str]) -> Label:
    for element in around:
        if element in _ORGANISATIONS or element in {"organization", "custodian"}:
            return Label.HOPITAL
        if element == "place":
            return Label.VILLE
    return Label.PERSONNE


def _role(tag: Tag) -> Label:
    return next((_ROLES[name] for element in tag.around if (name := plain_name(element)) in _ROLES), Label.ID)


def _value(attribute: Attribute, label: Label | None) -> Iterator[Field]:
    """Yield a value as what it is said to be, without the scheme of a link, if it can be that."""
    if label is None or not _LETTERS.search(attribute.text) or len(attribute.text) > _LONGEST:
        return
    start, end, text = attribute.start, attribute.end, attribute.text
    if label is Label.TEL:
        scheme, found, rest = text.partition(":")
        start, text = (start + len(scheme) + 1, rest) if found else (start, text)
        label = Label.MAIL if "@" in text else Label.TEL
        if label is Label.TEL and not any(sign.isdigit() for sign in text):
            return
    if label in {Label.DATE, Label.DATE_NAISSANCE}:
        day = _DAY.match(text)
        if day is None:
            return
        end = start + day.end()
    yield Field(start, end, label)
