"""Secrets in a text, by their form or by the word that announces them: keys, tokens, passwords, codes of cards."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from policies.practices import announced, vendors


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret stands and what kind it is; never the secret."""

    kind: str
    start: int
    end: int


def within(text: str | None = None) -> Callable[[str], Iterator[Secret]]:
    """Return what yields the secrets of any part of `text`, or of any text; two rules may see the same one.

    What can be in `text` at all is looked up once, for all the parts that are asked about.
    """
    forms = vendors.RULES if text is None else vendors.possible(text)
    words = announced.RULES if text is None else announced.possible(text)

    def find(part: str) -> Iterator[Secret]:
        for kind, start, end in vendors.vendors(part, forms):
            yield Secret(kind, start, end)
        for kind, start, end in announced.announced(part, words):
            yield Secret(kind, start, end)

    return find


def found(text: str) -> Iterator[Secret]:
    """Yield the secrets of `text`; two rules may see the same one."""
    return within()(text)


def secrets(text: str) -> Iterator[str]:
    """Yield the kind of each secret in `text`; never the secret."""
    for secret in found(text):
        yield secret.kind
