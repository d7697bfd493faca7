"""Cards and directories as text: vCard, iCalendar, LDIF; their lines are `NAME;PARAMETER=…:value`.

Notes, titles and descriptions are left to the other recognisers, as is every line outside of a card.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.structures.field_names import listed, named
from filters.identifiers.detectors.structures.structure import Field, Structure
from filters.identifiers.entity import Label

_CARD = re.compile(r"BEGIN:(?P<kind>VCARD|VEVENT|VCALENDAR)\b", re.IGNORECASE)
_DIRECTORY = re.compile(r"^dn::? ?(?:uid|cn|ou|mail)=", re.IGNORECASE | re.MULTILINE)
_LINE = re.compile(
    r"^[ \t]{0,8}(?:item\d{1,2}\.)?(?P<name>[A-Za-z][A-Za-z\-]{0,40})"
    r"(?P<parameters>(?:;[^:\n\"]{0,80}(?:\"[^\"\n]{0,80}\")?){0,8})"
    r":{1,2}[ \t]{0,4}(?P<value>[^\r\n]{1,500})",
    re.MULTILINE,
)
_COMMON_NAME = re.compile(r";CN=\"?(?P<who>[^;:\"\n]{2,80})", re.IGNORECASE)
_PARTS: dict[str, tuple[Label | None, ...]] = {
    "n": (Label.NOM, Label.PRENOM, Label.PRENOM, None, None),
    "adr": (Label.ADRESSE, Label.ADRESSE, Label.ADRESSE, Label.VILLE, Label.VILLE, Label.ZIP, None),
}
"""Lines whose value has parts, between semicolons; the last are titles, or a country."""
_WHOLE = {
    "fn": Label.PERSONNE,
    "org": Label.HOPITAL,
    "bday": Label.DATE_NAISSANCE,
    "dtstart": Label.DATE,
    "dtend": Label.DATE,
    "dtstamp": Label.DATE,
    "created": Label.DATE,
    "last-modified": Label.DATE,
    "rev": Label.DATE,
    "o": Label.HOPITAL,
    "l": Label.VILLE,
    "uid": Label.ID,
    "sn": Label.NOM,
    "cn": Label.PERSONNE,
    "manager": Label.PERSONNE,
    "geo": Label.ADRESSE,
}
_PLAIN = listed(
    "begin end version prodid method status sequence kind class transp calscale objectclass ou changetype rrule "
    "gender lang tz"
)
_MAILTO = re.compile(r"(?i:mailto|tel|sip):")
_DISTINGUISHED = re.compile(r"(?P<name>uid|cn|sn|mail|employeenumber)=(?P<value>[^,\n+]{2,80})", re.IGNORECASE)
_KINDS = {"uid": Label.PERSONNE, "cn": Label.PERSONNE, "sn": Label.NOM, "mail": Label.MAIL}


class Card(Structure):
    """Finds the identifying lines of cards."""

    @override
    def fields(self, text: str) -> Iterator[Field]:
        """Yield the lines of a text that holds a card, from its first line on."""
        card, directory = _CARD.search(text), _DIRECTORY.search(text)
        if card is None and directory is None:
            return
        first = min(found.start() for found in (card, directory) if found)
        for line in _LINE.finditer(text, first):
            yield from _line(line, in_directory=directory is not None)


def _line(line: re.Match[str], *, in_directory: bool) -> Iterator[Field]:
    name = line["name"].lower()
    who = _COMMON_NAME.search(line["parameters"])
    if who:
        shift = line.start("parameters")
        yield Field(shift + who.start("who"), shift + who.end("who"), Label.PERSONNE)
    elif name in _WHOLE or name in _PARTS:
        yield Field(line.start("name"), line.end("parameters"), None)
    if name in _PLAIN:
        yield Field(line.start("name"), line.end("value"), None)
        return
    if name == "dn" or line["value"].lower().startswith(("uid=", "cn=")):
        for part in _DISTINGUISHED.finditer(line["value"]):
            shift = line.start("value")
            label = _KINDS.get(part["name"].lower(), Label.ID)
            yield Field(shift + part.start("value"), shift + part.end("value"), label)
        return
    if name in _PARTS and not in_directory:
        yield from _parts(line, _PARTS[name])
    elif name in {"attendee", "organizer"}:
        yield from _value(line, Label.MAIL)
    elif name == "uid" and in_directory:
        yield from _value(line, Label.PERSONNE)
    else:
        yield from _value(line, _WHOLE.get(name) or named(line["name"]))


def _parts(line: re.Match[str], labels: tuple[Label | None, ...]) -> Iterator[Field]:
    start = line.start("value")
    for part, label in zip(line["value"].split(";"), labels, strict=False):
        if any(sign.isalnum() for sign in part):
            yield Field(start, start + len(part), label)
        start += len(part) + 1


def _value(line: re.Match[str], label: Label | None) -> Iterator[Field]:
    if label is None:
        return
    start, value = line.start("value"), line["value"].rstrip()
    scheme = _MAILTO.match(value)
    if scheme:
        start, value = start + scheme.end(), value[scheme.end() :]
    if label is Label.HOPITAL:
        value = value.split(";")[0]
    if label is Label.DATE:
        whole, value = value, value.split("T")[0]
        if len(value) < len(whole):
            yield Field(start + len(value), start + len(whole), None)
    if any(sign.isalnum() for sign in value):
        yield Field(start, start + len(value), label)
