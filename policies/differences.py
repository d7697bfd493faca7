"""Two charters compared, in the words of the committee that has to decide on the change. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from policies import terms
from policies.rule import EVERYONE, CharterText, Notice, Use

M = TypeVar("M", bound=BaseModel)


class Effect(StrEnum):
    """What a change does to those who use AI."""

    OPENS = "ouvre"
    RESTRICTS = "restreint"
    WORDS = "rédaction"


@dataclass(frozen=True, slots=True)
class Change:
    """One change, as one sentence."""

    effect: Effect
    sentence: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The changes of a part of the charter."""

    title: str
    changes: tuple[Change, ...]


LABELS: Final[Mapping[str, str]] = {
    "version": "version",
    "title": "titre",
    "referential": "référentiel",
    "contact": "contact",
    "preamble": "préambule",
    "forbidden": "phrase qui refuse une pratique interdite",
    "emergency": "rappel en cas d’urgence vitale",
    "degraded_mode": "conduite à tenir pendant un arrêt",
    "description": "description",
    "reviewer": "personne qui relit",
    "referent": "référent",
    "article": "article",
    "risk": "niveau de risque",
    "basis": "fondement",
    "reason": "raison",
    "instead": "ce qui est permis à la place",
    "uses": "usages proposés à la place",
    "before": "mention avant validation",
    "after": "mention après validation",
    "message": "message",
}
"""Keys that hold words only; a change of one is told with both wordings."""


def differences(old: CharterText, new: CharterText) -> tuple[Chapter, ...]:
    """Return every change from `old` to `new`; empty where nothing that the charter says has changed."""
    uses = _listed(old.uses, new.uses)
    practices = _listed(old.practices, new.practices)
    chapters = (
        Chapter("La charte", tuple(_words(old, new, ""))),
        Chapter("Rôles", tuple(_each(old.roles, new.roles, "Le rôle", _of_role, opens=Effect.OPENS))),
        Chapter("Usages", tuple(_each(*uses, "L’usage", lambda a, b, name: _of_use(a, b, name, old, new)))),
        Chapter("Pratiques interdites", tuple(_each(*practices, "La pratique", _words, opens=Effect.RESTRICTS))),
        Chapter("Ce qui est demandé aux personnes", tuple(_of_people(old, new))),
        Chapter("Mentions", tuple(_each(old.notices, new.notices, "La mention", _words, opens=Effect.WORDS))),
        Chapter("Messages de refus", tuple(_refusals(old, new))),
        Chapter("Traductions", tuple(_translations(old, new))),
    )
    return tuple(chapter for chapter in chapters if chapter.changes)


def _listed(old: Collection[Any], new: Collection[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return {one.id: one for one in old}, {one.id: one for one in new}


def _each(
    old: Mapping[str, M],
    new: Mapping[str, M],
    what: str,
    compared: Callable[[M, M, str], Iterator[Change]],
    *,
    opens: Effect = Effect.OPENS,
) -> Iterator[Change]:
    """Yield what was added, what was removed, and the changes of what stayed."""
    closes = {Effect.OPENS: Effect.RESTRICTS, Effect.RESTRICTS: Effect.OPENS}.get(opens, Effect.WORDS)
    for id_ in new:
        if id_ not in old:
            yield Change(opens, f"{what} {_name(id_, new[id_])} est ajouté{_e(what)}.")
    for id_ in old:
        if id_ not in new:
            yield Change(closes, f"{what} {_name(id_, old[id_])} est retiré{_e(what)}.")
    for id_ in old:
        if id_ in new:
            yield from compared(old[id_], new[id_], f"{what} {_name(id_, new[id_])}")


def _e(what: str) -> str:
    return "e" if what.startswith("La ") else ""


def _name(id_: str, thing: object) -> str:
    title = getattr(thing, "title", None)
    return f"« {title} » ({id_})" if title else f"« {id_} »"


def _words(old: BaseModel, new: BaseModel, name: str) -> Iterator[Change]:
    """Yield the changes of what is only said: `LABELS`."""
    prefix = f"{name} : " if name else ""
    for key in type(old).model_fields:
        before, after = getattr(old, key), getattr(new, key)
        if key in LABELS and before != after and not (isinstance(old, CharterText) and key == "uses"):
            label = f"{prefix}{LABELS[key]}" if prefix else LABELS[key].capitalize()
            yield Change(Effect.WORDS, f"{label} : {_said(before)} devient {_said(after)}.")


def _said(value: object) -> str:
    if isinstance(value, tuple):
        value = " ".join(value) if any(" " in str(one) for one in value) else ", ".join(value)
    return f"« {value} »" if value else "rien"


def _of_role(old: Any, new: Any, name: str) -> Iterator[Change]:  # noqa: ANN401 - a role, seen through `_each`
    yield from _words(old, new, name)
    if old.tier is not new.tier:
        yield _ranked(name, "données au plus", old.tier, new.tier, lower=new.tier.rank < old.tier.rank)


def _of_use(old: Use, new: Use, name: str, *charters: CharterText) -> Iterator[Change]:
    yield from _words(old, new, name)
    yield from _who(old, new, name, *charters)
    yield from _duties(old, new, name)


def _who(old: Use, new: Use, name: str, *charters: CharterText) -> Iterator[Change]:
    """Yield what changes of who may declare a use, when, and on which data."""
    if old.enabled != new.enabled:
        yield _switched(name, new.enabled, "est ouvert", "est fermé")
    if (old.valid_from, old.valid_until) != (new.valid_from, new.valid_until):
        before, after = (terms.period(use.valid_from, use.valid_until) for use in (old, new))
        effect = Effect.RESTRICTS if _within(new, old) else Effect.OPENS
        yield Change(effect, f"{name} : période « {before} », qui devient « {after} ».")
    yield from _sets(name, _roles(old, charters[0]), _roles(new, charters[1]), ("rôle", "est ouvert à", "fermé à"))
    for key, word in (("routes", "modèles (routes)"), ("services", "services")):
        yield from _among(name, word, getattr(old, key), getattr(new, key))
    if old.tier is not new.tier:
        yield _ranked(name, "données", old.tier, new.tier, lower=new.tier.rank < old.tier.rank)
    if old.inferable != new.inferable:
        yield _switched(name, new.inferable, "n’a plus à être déclaré s’il est évident", "doit toujours être déclaré")
    if old.ancillary != new.ancillary:
        yield _switched(
            name, new.ancillary, "passe sous tout usage qui en demande autant", "doit être déclaré lui-même"
        )


def _duties(old: Use, new: Use, name: str) -> Iterator[Change]:
    """Yield what changes of what a use asks and owes."""
    if old.identity_needed != new.identity_needed:
        yield _switched(name, new.identity_needed, "peut envoyer l’identité des patients", "masque tous les patients")
    if old.review is not new.review:
        said = (
            f"{name} : {old.review} ({terms.REVIEWS[old.review]}) devient {new.review} ({terms.REVIEWS[new.review]})."
        )
        yield Change(Effect.RESTRICTS if new.review > old.review else Effect.OPENS, said)
    if old.habilitation != new.habilitation:
        yield _switched(name, not new.habilitation, "ne demande plus d’habilitation", "demande une habilitation")
    if old.trainings != new.trainings:
        yield _trainings(name, old.trainings, new.trainings)
    if old.notice != new.notice:
        yield _noticed(name, old.notice, new.notice)


def _within(new: Use, old: Use) -> bool:
    """Return whether the new period is part of the old one."""
    starts = old.valid_from is None or (new.valid_from is not None and new.valid_from >= old.valid_from)
    ends = old.valid_until is None or (new.valid_until is not None and new.valid_until <= old.valid_until)
    return starts and ends


def _roles(use: Use, charter: CharterText) -> dict[str, str]:
    """Return the titles of the roles that may declare a use; every role of the charter where it says so."""
    return {id_: role.title for id_, role in charter.roles.items() if use.roles & {id_, EVERYONE}}


def _sets(name: str, old: Mapping[str, str], new: Mapping[str, str], words: tuple[str, str, str]) -> Iterator[Change]:
    what, opened, closed = words
    if gained := [new[id_] for id_ in new if id_ not in old]:
        yield Change(Effect.OPENS, f"{name} {opened} : {', '.join(gained)} ({what}{_s(gained)}).")
    if lost := [old[id_] for id_ in old if id_ not in new]:
        yield Change(Effect.RESTRICTS, f"{name} est {closed} : {', '.join(lost)} ({what}{_s(lost)}).")


def _s(several: Collection[object]) -> str:
    return "s" if len(several) > 1 else ""


def _among(name: str, word: str, old: frozenset[str], new: frozenset[str]) -> Iterator[Change]:
    if old == new:
        return
    narrower = EVERYONE in old or (EVERYONE not in new and new < old)
    before, after = ("tous" if EVERYONE in names else ", ".join(sorted(names)) for names in (old, new))
    yield Change(
        Effect.RESTRICTS if narrower else Effect.OPENS, f"{name} : {word} « {before} », qui devient « {after} »."
    )


def _ranked(name: str, what: str, old: Any, new: Any, *, lower: bool) -> Change:  # noqa: ANN401 - two tiers
    said = f"{name} : {what} {old} ({terms.TIERS[old]}) devient {new} ({terms.TIERS[new]})."
    return Change(Effect.RESTRICTS if lower else Effect.OPENS, said)


def _switched(name: str, opened: bool, yes: str, no: str) -> Change:  # noqa: FBT001 - what is told is this truth
    return Change(Effect.OPENS if opened else Effect.RESTRICTS, f"{name} {yes if opened else no}.")


def _trainings(name: str, old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> Change:
    before, after = ("aucune" if not codes else ", ".join(codes) for codes in (old, new))
    more = old is None or (new is not None and set(new) >= set(old))
    return Change(
        Effect.RESTRICTS if more else Effect.OPENS,
        f"{name} : formations propres « {before} », qui deviennent « {after} ».",
    )


def _noticed(name: str, old: Notice | None, new: Notice | None) -> Change:
    def told(notice: Notice | None) -> str:
        if notice is None:
            return "aucune"
        return f"{notice.kind}, {'ajoutée par la passerelle' if notice.append else 'reportée par l’auteur'}"

    kept = old is None or (new is not None and new.append >= old.append)
    same_duty = told(old) == told(new)
    words = f" ({new.when})" if new else ""
    effect = Effect.WORDS if same_duty else Effect.RESTRICTS if kept else Effect.OPENS
    return Change(effect, f"{name} : mention « {told(old)} », qui devient « {told(new)} »{words}.")


def _of_people(old: CharterText, new: CharterText) -> Iterator[Change]:
    before, after = old.people, new.people
    rank = {rule: place for place, rule in enumerate(terms.REQUIRED)}
    if before.required is not after.required:
        more = rank[after.required] > rank[before.required]
        yield Change(
            Effect.RESTRICTS if more else Effect.OPENS,
            f"« {terms.REQUIRED[before.required]} » devient « {terms.REQUIRED[after.required]} ».",
        )
    if before.trainings != after.trainings:
        yield _trainings("Toute personne", before.trainings, after.trainings)
    if before.sign != after.sign:
        yield _switched("La charte", not after.sign, "n’a plus à être signée", "doit être signée")
    if before.tools is not after.tools:
        told = f"« {terms.TOOLS[before.tools]} » devient « {terms.TOOLS[after.tools]} »"
        opened = after.tools is list(terms.TOOLS)[-1]
        yield Change(
            Effect.OPENS if opened else Effect.RESTRICTS, f"La clé d’un programme, sans personne connue : {told}."
        )
    if before.months != after.months:
        yield Change(
            Effect.RESTRICTS if after.months < before.months else Effect.OPENS,
            f"Une formation vaut {after.months} mois au lieu de {before.months}.",
        )


def _refusals(old: CharterText, new: CharterText) -> Iterator[Change]:
    before = {code.value: refusal for code, refusal in old.refusals.items()}
    after = {code.value: refusal for code, refusal in new.refusals.items()}
    return _each(before, after, "Le message", _words, opens=Effect.WORDS)


def _translations(old: CharterText, new: CharterText) -> Iterator[Change]:
    for language in sorted({*old.translations, *new.translations}):
        before, after = old.translations.get(language), new.translations.get(language)
        if before is None or after is None:
            yield Change(Effect.WORDS, f"Langue « {language} » {'retirée' if after is None else 'ajoutée'}.")
        elif before != after:
            yield Change(Effect.WORDS, f"Langue « {language} » : des phrases ont changé.")
