"""How a forbidden practice shows itself: an act, an object and a marker together, and what takes it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Family:
    """One forbidden practice in words. Pure data; `voice` applies it."""

    practice: str
    signals: Mapping[str, str]
    """Phrases by the name of the signal, as `pattern.Matcher` reads them."""
    asked: tuple[tuple[str, ...], ...]
    """The practice is asked for where all signals of one of these stand within two sentences."""
    hinted: tuple[tuple[str, ...], ...] = ()
    """Something of it shows: not enough by itself, enough to support the learned voice."""
    taken_back: tuple[str, ...] = field(default=())
    """Signals, of this family or of `shared`, that turn the sense: a definition, a report, a prohibition."""
