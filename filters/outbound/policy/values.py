"""Values of a policy's file that have a form of their own, each with the sentence for a wrong one."""

import ipaddress
import re
import zoneinfo
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

from config.section import wrong
from filters.outbound.errors import BadNameError
from filters.outbound.names import canonical, is_address

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_]{0,47}$")]
"""A name that the log carries between slashes."""

_HOURS = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)")


class Day(StrEnum):
    """A day of the week, from Monday on."""

    MONDAY = "lundi"
    TUESDAY = "mardi"
    WEDNESDAY = "mercredi"
    THURSDAY = "jeudi"
    FRIDAY = "vendredi"
    SATURDAY = "samedi"
    SUNDAY = "dimanche"


def _subnet(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        pass
    try:
        meant = ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise wrong(
            "Un réseau s’écrit par son adresse et sa longueur, par exemple `10.20.0.0/16` ; une machine seule, par son "
            "adresse."
        ) from None
    raise wrong(f"Cette adresse n’est pas celle d’un réseau : écrivez `{meant}` pour le réseau entier.")


def _name(text: str) -> str:
    try:
        name = canonical(text.removeprefix("*."))
    except BadNameError:
        name = ""
    if not name or "." not in name or is_address(name):
        raise wrong(
            "Un nom de domaine s’écrit seul, sans `https://` ni chemin, par exemple `exemple.ai` ; il vaut aussi pour "
            "les noms qui en dépendent."
        )
    return name


def _https(text: str) -> str:
    try:
        parts = urlsplit(text)
        right = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and not parts.fragment
        canonical(parts.hostname or "-")
    except (ValueError, BadNameError):
        right = False
    if not right or not text.isprintable() or " " in text:
        raise wrong("Une adresse de page commence par `https://`, par exemple `https://ia.hopital.example/bloque`.")
    return text


def _hours(text: str) -> str:
    if not _HOURS.fullmatch(text) or text[:5] == text[6:]:
        raise wrong("Une plage d’heures s’écrit `08:00-18:30` ; elle peut passer minuit : `20:00-07:00`.")
    return text


def _timezone(text: str) -> str:
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise wrong("Ce fuseau horaire n’existe pas : écrivez par exemple `Europe/Paris`.") from None
    return text


Subnet = Annotated[str, AfterValidator(_subnet)]
"""A network, or one machine."""
Name = Annotated[str, AfterValidator(_name)]
"""A canonical host name of two labels or more; stands for those below it too."""
HttpsUrl = Annotated[str, StringConstraints(max_length=500), AfterValidator(_https)]
Hours = Annotated[str, AfterValidator(_hours)]
"""From a minute up to another, which may be of the next day."""
TimeZone = Annotated[str, AfterValidator(_timezone)]


def minutes(hours: str) -> tuple[int, int]:
    """Return the minutes of the day from which and up to which `Hours` last."""
    begins, ends = ((int(clock[:2]) * 60 + int(clock[3:])) for clock in hours.split("-"))
    return begins, ends
