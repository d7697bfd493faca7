"""A charter's file turned into a charter, once its parts agree with each other and with the routes."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from config.reading import Reading
from config.routes import RouteSettings
from config.sentences import suggestion
from policies.charter import Charter
from policies.decision import Review
from policies.facts import AiSystem, Route, Tier
from policies.inheritance import read_inherited
from policies.rule import EVERYONE, CharterText, Practice, Use


def load_charter(path: Path, routes: Sequence[Route]) -> Charter:
    """Return the charter of `path` over `routes`, in order of preference; raises FaultsError with every fault found."""
    return Charter(read_charter(path, [route.id for route in routes]).result(), routes)


def read_charter(path: Path, routes: Sequence[str]) -> Reading[CharterText]:
    """Return the charter's text with its faults; `routes` are the ids that it may name."""
    reading = read_inherited(path)
    uses = list(reading.entries("uses", Use))
    _unique(reading, "uses", uses)
    practices = list(reading.entries("practices", Practice))
    _unique(reading, "practices", practices)
    for index, practice in practices:
        _approved(reading, index, practice, [use.id for _, use in uses])
    roles, notices = reading.keys("roles"), reading.keys("notices")
    for index, use in uses:
        place = ("uses", index)
        _known(reading, (*place, "roles"), ("Le rôle", use), named=sorted(use.roles - {EVERYONE}), known=roles)
        _known(reading, (*place, "routes"), ("La route", use), named=sorted(use.routes - {EVERYONE}), known=routes)
        if use.notice:
            _known(reading, (*place, "notice", "kind"), ("La mention", use), named=[use.notice.kind], known=notices)
        if use.valid_from and use.valid_until and use.valid_until < use.valid_from:
            reading.add(
                (*place, "valid_until"),
                f"L’usage « {use.id} » finit le {use.valid_until:%d/%m/%Y}, avant de commencer le "
                f"{use.valid_from:%d/%m/%Y} : corrigez `valid_from` ou `valid_until`.",
            )
        if use.inferable and use.review is Review.R2:
            reading.add(
                (*place, "inferable"),
                f"L’usage « {use.id} » demande de relire chaque réponse (R2) : il doit être déclaré. Écrivez "
                "`inferable: false`, ou retirez la ligne.",
            )
        if use.identity_needed and use.tier is not Tier.D2:
            reading.add(
                (*place, "identity_needed"),
                f"L’usage « {use.id} » dit avoir besoin de l’identité du patient sans être de palier D2 : écrivez "
                "`tier: D2` après accord de la gouvernance, ou `identity_needed: false`.",
            )
    for words in reading.keys("translations"):
        _named(
            reading,
            words,
            {"roles": roles, "uses": [use.id for _, use in uses], "practices": [each.id for _, each in practices]},
        )
    return reading


def routes_of(settings: Iterable[RouteSettings]) -> tuple[Route, ...]:
    """Return the configured routes as the charter sees them."""
    return tuple(
        Route(
            id=route.id,
            tier=Tier(route.tier),
            country=route.country,
            system=AiSystem(route.system.name, route.system.version, route.system.supplier),
            hds_certificate=route.hds.certificate if route.hds else None,
            hds_expires=route.hds.expires if route.hds else None,
            fallbacks=route.fallbacks,
            expires=route.expires,
        )
        for route in settings
    )


def _unique(reading: Reading[CharterText], key: str, elements: Iterable[tuple[int, Use | Practice]]) -> None:
    seen: set[str] = set()
    for index, element in elements:
        if element.id in seen:
            reading.add((key, index, "id"), f"Le nom « {element.id} » est déjà pris sous `{key}` : changez celui-ci.")
        seen.add(element.id)


def _approved(reading: Reading[CharterText], index: int, practice: Practice, uses: Sequence[str]) -> None:
    for name in practice.uses:
        if name not in uses:
            reading.add(
                ("practices", index, "uses"),
                f"L’usage « {name} » de la pratique « {practice.id} » n’existe pas ; {suggestion(name, uses)}",
            )


def _named(reading: Reading[CharterText], language: str, known: Mapping[str, Sequence[str]]) -> None:
    """Note each name of a translation that the charter does not have: nobody would ever read its words."""
    block = reading.data["translations"][language]
    for key, names in known.items():
        written = block.get(key) if isinstance(block, dict) else None
        for name in written if isinstance(written, dict) else ():
            if name not in names:
                reading.add(
                    ("translations", language, key, name),
                    f"« {name} » n’est pas sous `{key}` de cette charte ; {suggestion(str(name), names)}",
                )


def _known(
    reading: Reading[CharterText],
    place: tuple[str | int, ...],
    subject: tuple[str, Use],
    *,
    named: Iterable[str],
    known: Sequence[str],
) -> None:
    what, use = subject
    for name in named:
        if name not in known:
            reading.add(place, f"{what} « {name} » de l’usage « {use.id} » n’existe pas ; {suggestion(name, known)}")
