"""What a site may change of its group's charter, and the sentence for each change that would open something. Pure."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from config.positions import Location
from policies import terms
from policies.people import Required, Tools
from policies.rule import EVERYONE, CharterText, Notice, Use

Widening = tuple[Location, str]
"""Where a site opens what its group keeps closed, and what the group allows."""

_ASKED: Final = tuple(Required)
"""From the least that is asked to the most."""


def widenings(group: CharterText, site: CharterText) -> Iterator[Widening]:
    """Yield whatever `site` allows that `group` does not; places are those of `site`.

    Uses, roles and notices that the group does not have are left to whoever reads the site's file.
    """
    roles = frozenset(group.roles)
    for id_, role in site.roles.items():
        if id_ in group.roles and role.tier.rank > group.roles[id_].tier.rank:
            allowed = group.roles[id_].tier
            yield ("roles", id_, "tier"), f"Le groupe limite le rôle « {id_} » à {allowed} ({terms.TIERS[allowed]})."
    known = {use.id: use for use in group.uses}
    for index, use in enumerate(site.uses):
        if use.id in known:
            for key, sentence in _of_use(known[use.id], use, roles):
                yield ("uses", index, *key), f"Usage « {use.id} » : {sentence}"
    yield from _of_people(group, site)


def _of_use(group: Use, site: Use, roles: frozenset[str]) -> Iterator[Widening]:
    yield from _callers(group, site, roles)
    yield from _duties(group, site)
    if site.enabled and not group.enabled:
        yield ("enabled",), "le groupe ne l’a pas ouvert."
    if _before(site.valid_from, group.valid_from):
        yield ("valid_from",), f"le groupe l’ouvre {terms.period(group.valid_from, group.valid_until)}."
    if _after(site.valid_until, group.valid_until):
        yield ("valid_until",), f"le groupe l’ouvre {terms.period(group.valid_from, group.valid_until)}."


def _before(day: dt.date | None, limit: dt.date | None) -> bool:
    return limit is not None and (day is None or day < limit)


def _after(day: dt.date | None, limit: dt.date | None) -> bool:
    return limit is not None and (day is None or day > limit)


def _callers(group: Use, site: Use, roles: frozenset[str]) -> Iterator[Widening]:
    allowed = roles if EVERYONE in group.roles else group.roles
    asked = roles if EVERYONE in site.roles else site.roles
    if more := asked - allowed:
        yield ("roles",), f"le groupe ne l’ouvre pas à {_list(more)}, mais à {_list(allowed)}."
    for key, word in (("routes", "aux routes"), ("services", "aux services")):
        limits, names = getattr(group, key), getattr(site, key)
        if EVERYONE not in limits and not names <= limits:
            yield (key,), f"le groupe le limite {word} {_list(limits)}."


def _duties(group: Use, site: Use) -> Iterator[Widening]:
    if site.tier.rank > group.tier.rank:
        yield ("tier",), f"le groupe permet au plus {group.tier} ({terms.TIERS[group.tier]})."
    if site.review < group.review:
        yield ("review",), f"le groupe demande au moins {group.review} ({terms.REVIEWS[group.review]})."
    if site.identity_needed and not group.identity_needed:
        yield ("identity_needed",), "le groupe demande que l’identité des patients soit toujours masquée."
    if site.inferable and not group.inferable:
        yield ("inferable",), "le groupe demande qu’il soit déclaré."
    if site.ancillary and not group.ancillary:
        yield ("ancillary",), "le groupe demande qu’il soit déclaré lui-même."
    if group.habilitation and not site.habilitation:
        yield ("habilitation",), "le groupe demande une habilitation."
    if group.trainings is not None and not set(group.trainings) <= set(site.trainings or ()):
        yield ("trainings",), f"le groupe demande les formations {_list(group.trainings)}."
    if group.notice is not None and _lighter(group.notice, site.notice):
        appended = ", que la passerelle ajoute au texte" if group.notice.append else ""
        yield ("notice",), f"le groupe demande la mention « {group.notice.kind} »{appended}."


def _lighter(group: Notice, site: Notice | None) -> bool:
    return site is None or site.kind != group.kind or (group.append and not site.append)


def _of_people(group: CharterText, site: CharterText) -> Iterator[Widening]:
    asked, mine = group.people, site.people
    if _ASKED.index(mine.required) < _ASKED.index(asked.required):
        yield ("people", "required"), f"Le groupe veut : {terms.REQUIRED[asked.required]} (`{asked.required}`)."
    if missing := set(asked.trainings) - set(mine.trainings):
        yield ("people", "trainings"), f"Le groupe demande aussi les formations {_list(missing)}."
    if asked.sign and not mine.sign:
        yield ("people", "sign"), "Le groupe demande que la charte en vigueur soit signée."
    if asked.tools is Tools.REFUSED and mine.tools is Tools.EXEMPT:
        yield ("people", "tools"), "Le groupe ne dispense pas les clés de programmes."
    if mine.months > asked.months:
        yield ("people", "months"), f"Le groupe limite à {asked.months} mois la durée d’une formation."


def _list(names: Collection[str]) -> str:
    return ", ".join(f"« {name} »" for name in sorted(names))
