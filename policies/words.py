"""Words of the house that fill a charter's sentences, in each language that people are spoken to in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from policies.decision import Language


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Each template is filled here only."""

    no_role: str
    no_route: str
    _day: str
    _training: str
    _signature: str
    _signed: str
    _habilitation: str
    _expired: str

    def training(self, code: str, until: dt.date | None) -> str:
        """Name a training that is missing, or that ended that day."""
        return self._training.format(code) + self._ended(until)

    def signature(self, version: str, signed: Mapping[str, dt.date]) -> str:
        """Name the version to sign, and the last one that was signed."""
        told = self._signature.format(version)
        if not signed:
            return told
        last = max(signed, key=lambda one: signed[one])
        return told + self._signed.format(last, signed[last].strftime(self._day))

    def habilitation(self, use: str, until: dt.date | None) -> str:
        """Name the authorisation that is missing for a use, or that ended that day."""
        return self._habilitation.format(use) + self._ended(until)

    def _ended(self, until: dt.date | None) -> str:
        return self._expired.format(until.strftime(self._day)) if until else ""


WORDS: Final[Mapping[Language, Words]] = {
    Language.FRENCH: Words(
        no_role="rôle absent de la charte",
        no_route="aucune à ce jour",
        _day="%d/%m/%Y",
        _training="formation {}",
        _signature="signature de la charte, version {}",
        _signed=" (signée : version {}, le {})",
        _habilitation="habilitation pour « {} »",
        _expired=" (expirée le {})",
    ),
    Language.ENGLISH: Words(
        no_role="a role that the charter does not list",
        no_route="none today",
        _day="%Y-%m-%d",
        _training="training {}",
        _signature="signature of the charter, version {}",
        _signed=" (signed: version {}, on {})",
        _habilitation="authorisation for “{}”",
        _expired=" (expired on {})",
    ),
}
