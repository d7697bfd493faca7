"""Reading a request for a tool, from a program's body or from a page's form alike, with every fault said."""

import re
import secrets
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from filters.outbound.errors import BadNameError
from filters.outbound.names import canonical, is_address
from gateway.outbound.desk.request import LONGEST_TEXT, Purpose, ToolRequest

LONGEST_TOOL: Final = 60
_TOOL: Final = re.compile(rf"(?!(?:\D*\d){{5}})[\w .,:+&/()!'’-]{{1,{LONGEST_TOOL}}}")
"""No sign of an address, and too few digits for a patient's number, a day of birth or a telephone."""
_MAIL: Final = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}", re.ASCII)


class FormError(ValueError):
    """A form cannot be taken; a French sentence for each field, none of which repeats what was typed."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Keep the sentences in the order of the form."""
        self.faults = dict(faults)
        super().__init__("faults in a form")


@dataclass(frozen=True, slots=True)
class Lists:
    """The closed lists that a request chooses from."""

    known: Callable[[str], bool]
    """Whether the catalogue has that id."""
    service_of: Callable[[str], str]
    """The id of the service that has a host; empty where none has."""
    uses: Collection[str]
    departments: Collection[str]
    """Empty where the hospital names none."""


def read(fields: Mapping[str, str], lists: Lists, now: datetime) -> ToolRequest:
    """Return the request, whose text is not masked yet; raises `FormError`."""
    typed = {name: _line(value) for name, value in fields.items()}
    faults = dict[str, str]()
    service, tool, address = _subject(typed, lists, faults)
    purpose, department = typed.get("purpose", ""), typed.get("department", "")
    if purpose not in {*lists.uses, *Purpose}:
        faults["purpose"] = "Choisissez dans la liste à quoi l’outil servirait."
    if department not in lists.departments and (department or lists.departments):
        faults["department"] = "Choisissez votre service dans la liste."
    if len(text := typed.get("text", "")) > LONGEST_TEXT:
        faults["text"] = f"Les précisions tiennent en {LONGEST_TEXT} caractères."
    contact = typed.get("contact", "").lower()
    if contact and not _MAIL.fullmatch(contact):
        faults["contact"] = "L’adresse électronique s’écrit ainsi : prenom.nom@hopital.fr."
    if faults:
        raise FormError(faults)
    return ToolRequest(
        id=f"D-{secrets.token_hex(5).upper()}",
        received=now,
        purpose=purpose,
        department=department,
        service=service,
        tool=tool,
        address=address,
        text=text,
        contact=contact,
    )


def _subject(typed: Mapping[str, str], lists: Lists, faults: dict[str, str]) -> tuple[str, str, str]:
    """Return the service's id, or the name and the host of a tool that the catalogue does not have."""
    service, tool, address = (typed.get(name, "") for name in ("service", "tool", "address"))
    if service:
        if not lists.known(service):
            faults["service"] = "Ce service n’est pas au catalogue ; donnez le nom de l’outil."
        return service, "", ""
    if not _TOOL.fullmatch(tool):
        faults["tool"] = f"Donnez le nom de l’outil, {LONGEST_TOOL} caractères au plus, sans numéro ni adresse."
    try:
        host = _host(address) if address else ""
    except BadNameError:
        faults["address"] = "L’adresse du site s’écrit ainsi : exemple.com. Laissez vide si vous ne la savez pas."
        return "", tool, ""
    known = lists.service_of(host) if host else ""
    return (known, "", "") if known and not faults else ("", tool, host)


def _host(address: str) -> str:
    """Return the host of a name or of a whole address, whose path is dropped: it may name a patient."""
    try:
        host = canonical(urlsplit(address if "//" in address else f"//{address}").hostname or "")
    except ValueError:
        raise BadNameError("not a host name") from None
    if is_address(host) or "." not in host:
        raise BadNameError("not a public name")
    return host


def _line(text: str) -> str:
    """Return text on one line, without signs that cannot be seen."""
    seen = "".join(" " if sign.isspace() else sign for sign in unicodedata.normalize("NFC", text))
    return " ".join("".join(sign for sign in seen if sign.isprintable()).split())
