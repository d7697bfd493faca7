"""What a charter may ask of a person before a use: trainings, a signature, a habilitation. Part of its file format."""

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from config.section import Section, wrong

GENERAL: Final = ("IA-SOCLE", "RGPD", "RESP")
"""The general training of the guide (4.1): AI, data protection, responsibility."""

CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,39}")


def _code(text: str) -> str:
    if not CODE.fullmatch(text):
        raise wrong(
            "Le code d’une formation s’écrit en capitales sans accent, chiffres, `_` et `-`, 40 caractères au plus : "
            "par exemple `IA-SOCLE`."
        )
    return text


TrainingCode = Annotated[str, AfterValidator(_code)]


class Required(StrEnum):
    """Where the rule applies."""

    OFF = "off"
    LISTED = "listed"
    """To the uses that say `trainings` or `habilitation`."""
    ALL = "all"


class Tools(StrEnum):
    """What becomes of a tool's key, behind which no person is known."""

    REFUSED = "refused"
    EXEMPT = "exempt"


class PeopleRule(Section):
    """Section `people` of a charter."""

    required: Required = Required.OFF
    trainings: tuple[TrainingCode, ...] = GENERAL
    """Asked before every use that the rule applies to."""
    sign: bool = True
    """Whether the charter's current version has to be signed."""
    tools: Tools = Tools.REFUSED
    months: Annotated[int, Field(ge=1, le=120)] = 12
    """How long a training or a habilitation holds, where none is said when it is recorded."""
