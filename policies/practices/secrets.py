"""Secrets in a text, by their form or by the word that announces them: keys, tokens, passwords, codes of cards."""

from collections.abc import Iterator
from dataclasses import dataclass

from policies.practices.announced import announced
from policies.practices.vendors import vendors


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret stands and what kind it is; never the secret."""

    kind: str
    start: int
    end: int


def found(text: str) -> Iterator[Secret]:
    """Yield the secrets of `text`; two rules may see the same one."""
    for kind, start, end in vendors(text):
        yield Secret(kind, start, end)
    for kind, start, end in announced(text):
        yield Secret(kind, start, end)


def secrets(text: str) -> Iterator[str]:
    """Yield the kind of each secret in `text`; never the secret."""
    for secret in found(text):
        yield secret.kind
