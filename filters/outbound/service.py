"""What is known of one generative-AI service of the outside."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What a service is mainly used for; hospitals decide by category where they do not by service."""

    CHAT = "chat"
    API = "api"
    CODE = "code"
    IMAGE = "image"
    TRANSCRIPTION = "transcription"
    TRANSLATION = "traduction"
    MEDICAL = "medical"
    EMBEDDED = "embarque"


@dataclass(frozen=True, slots=True)
class Service:
    """One entry of the catalogue."""

    id: str
    """Lower case letters, digits and `_`."""
    name: str
    vendor: str
    country: str
    """Of the vendor, ISO 3166-1 alpha-2."""
    category: Category
    domains: tuple[str, ...]
    """Canonical names (`names.canonical`); each stands for itself and all names below it."""
    risks: tuple[str, ...] = ()
    """French sentences for the person who instructs the entry."""
    instead: str = ""
    """Id of the approved use that replaces it; empty where there is none."""
    reviewed: dt.date | None = None
    """When somebody last checked the entry; None for entries of a feed."""
