"""What a request says of itself: the use, the route and the case, in any of the ways offered."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gateway.errors import InvalidPromptError
from policies.facts import Facts

LONGEST = 128
"""Characters of a use, a route or a case; they are identifiers."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything that a request may carry in order to declare its use and its case."""

    model: str
    use_headers: Sequence[str] = ()
    case_headers: Sequence[str] = ()
    metadata_use: str | None = None
    metadata_case: str | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """The names that a model field may hold."""

    uses: Collection[str]
    routes: Collection[str]


def facts(declared: Declared, menu: Menu, *, has_media: bool, today: dt.date) -> Facts:
    """Return the facts that the charter decides on; raises `InvalidPromptError` where two declarations disagree."""
    named = _names([*declared.use_headers, declared.metadata_use or ""])
    use, route = _model(declared.model, menu, declared_elsewhere=bool(named))
    uses = _names([*named, use or ""])
    if len(uses) > 1:
        raise InvalidPromptError(
            "cette requête déclare plusieurs usages différents (en-tête `Ecluse-Use`, `metadata.use`, `model`). "
            "Rien n’a été envoyé au modèle. Ne déclarez qu’un usage.",
            "model",
            "usages_contradictoires",
        )
    return Facts(
        declared_use=uses[0] if uses else None,
        requested_route=route,
        today=today,
        has_media=has_media,
    )


def case(declared: Declared) -> str | None:
    """Return the case identifier; raises `InvalidPromptError` where two of them disagree."""
    cases = _names([*declared.case_headers, declared.metadata_case or ""])
    if len(cases) > 1:
        raise InvalidPromptError(
            "cette requête porte plusieurs identifiants de dossier différents (en-tête `Ecluse-Case`, "
            "`metadata.case`). Rien n’a été envoyé au modèle. N’en donnez qu’un.",
            "metadata.case",
            "dossiers_contradictoires",
        )
    return cases[0] if cases else None


def _model(model: str, menu: Menu, *, declared_elsewhere: bool) -> tuple[str | None, str | None]:
    """Read `USE`, `USE@ROUTE`, `@ROUTE` or `ROUTE`.

    A name that is neither is taken for what is missing: a use, or a route when the use is declared elsewhere. The
    charter refuses it then, with the names that would do, and the refusal is recorded.
    """
    if "@" in model:
        use, _, route = model.partition("@")
        return use.strip() or None, route.strip() or None
    name = model.strip()
    if name in menu.uses:
        return name, None
    if name in menu.routes or declared_elsewhere:
        return None, name
    return name, None


def _names(values: Sequence[str]) -> list[str]:
    found = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    if any(len(value) > LONGEST for value in found):
        raise InvalidPromptError(f"un usage ou un identifiant de dossier dépasse {LONGEST} caractères.", "metadata")
    return found
