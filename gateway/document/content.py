"""What the document says, whatever its form."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from policies import terms
from policies.people import Required
from policies.rule import EVERYONE, CharterText, NoticeText, Practice, Use

SIGNATORIES: Final = (
    "Direction de l’établissement",
    "Président de la commission médicale d’établissement",
    "Direction des soins",
    "Délégué à la protection des données",
)
"""Who signs for the hospital; the last lines are for the person who takes the charter on."""

ENGAGEMENT: Final = (
    "Je soussigné(e) déclare avoir lu la présente charte et m’engage à la respecter. Ce qui n’y est pas écrit n’est "
    "pas autorisé."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a title, some sentences and some named facts."""

    title: str
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A numbered part of the document."""

    title: str
    lead: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document."""

    title: str
    facts: tuple[tuple[str, str], ...]
    preamble: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    engagement: str
    signatories: tuple[str, ...]
    foot: str
    """Names the version on every page, so that a sheet that went astray can be told."""


def document(text: CharterText, printed: dt.date) -> Document:
    """Return the document of a charter, as it is on the day of printing."""
    return Document(
        title=text.title,
        facts=(
            ("Version", text.version),
            ("Référentiel", text.referential),
            ("Contact", text.contact),
            ("Imprimée le", terms.day(printed)),
        ),
        preamble=text.preamble,
        chapters=(
            Chapter("Qui peut demander quoi", "Pour chaque rôle, les usages qu’il peut déclarer.", _by_role(text)),
            Chapter(
                "Usages approuvés",
                "Tout autre usage est refusé. Chaque réponse est un projet : celui qui l’emploie en répond.",
                tuple(_use(use, text) for use in text.uses),
            ),
            Chapter(
                "Pratiques interdites",
                "Interdites à tous, quel que soit l’usage déclaré.",
                tuple(_practice(practice, text) for practice in text.practices),
            ),
            Chapter("Obligations", "Ce que doit quiconque emploie l’IA.", tuple(_duties(text))),
            Chapter(
                "Mentions",
                "Chaque réponse dit qu’une IA y a contribué ; la passerelle remplit ce qui est entre crochets.",
                tuple(_notice(kind, notice) for kind, notice in text.notices.items()),
            ),
        ),
        engagement=ENGAGEMENT,
        signatories=SIGNATORIES,
        foot=f"{text.title} — version {text.version}",
    )


def _by_role(text: CharterText) -> tuple[Entry, ...]:
    for_all = [use.title for use in text.uses if EVERYONE in use.roles]
    entries = [Entry("Tous les rôles", (), (("Usages", " ; ".join(for_all)),))] if for_all else []
    for id_, role in text.roles.items():
        own = [use.title for use in text.uses if id_ in use.roles]
        limit = (("Données au plus", terms.TIERS[role.tier]),) if role.tier.rank < max(terms.TIERS).rank else ()
        entries.append(Entry(_capital(role.title), (), (("Usages propres", " ; ".join(own) or "aucun"), *limit)))
    return tuple(entries)


def _use(use: Use, text: CharterText) -> Entry:
    every = EVERYONE in use.roles
    roles = "tous les rôles" if every else ", ".join(role.title for id_, role in text.roles.items() if id_ in use.roles)
    facts = [("Pour", roles)]
    facts += [] if EVERYONE in use.services else [("Services", ", ".join(sorted(use.services)))]
    facts += [] if EVERYONE in use.routes else [("Modèles", ", ".join(sorted(use.routes)))]
    facts += [("Données", f"{use.tier.value}, {terms.TIERS[use.tier]}")]
    facts += [("Relecture", f"{use.review.value}, {terms.REVIEWS[use.review]} ; à relire par {use.reviewer}")]
    facts += [("Mention", use.notice.when if use.notice else "aucune")]
    if use.trainings:
        facts.append(("Formations", ", ".join(use.trainings)))
    if use.habilitation:
        facts.append(("Habilitation", "personnelle, pour l’usage ou pour le système d’IA"))
    if use.valid_from or use.valid_until:
        facts.append(("Période", terms.period(use.valid_from, use.valid_until)))
    facts += [("Référent", use.referent)] if use.referent else []
    facts += [("Fondement", use.article), ("Risque", use.risk)]
    closed = () if use.enabled else ("Cet usage n’est pas encore ouvert par la gouvernance.",)
    return Entry(use.title, (*closed, use.description), tuple(facts))


def _practice(practice: Practice, text: CharterText) -> Entry:
    titles = {use.id: use.title for use in text.uses}
    facts = [("Pourquoi", practice.reason)] if practice.reason else []
    facts += [("À la place", practice.instead)]
    if instead := [titles[id_] for id_ in practice.uses if id_ in titles]:
        facts.append(("Usages possibles", " ; ".join(instead)))
    return Entry(practice.title, (practice.description,), (*facts, ("Fondement", practice.basis)))


def _duties(text: CharterText) -> Iterator[Entry]:
    yield Entry("Données", (), tuple((tier.value, said) for tier, said in terms.TIERS.items()))
    yield Entry("Relecture", (), tuple((review.value, said) for review, said in terms.REVIEWS.items()))
    rule = text.people
    asked = [("Règle", _capital(terms.REQUIRED[rule.required]))]
    if rule.required is not Required.OFF:
        asked += [
            ("Formations", f"{', '.join(rule.trainings) or 'aucune'} ; valables {rule.months} mois"),
            ("Signature", "la version en vigueur de cette charte" if rule.sign else "non demandée"),
            ("Clés de programmes", terms.TOOLS[rule.tools]),
        ]
    yield Entry("Personnes", (), tuple(asked))
    yield Entry("Urgence vitale", (text.emergency,))
    yield Entry("Pendant un arrêt", (text.degraded_mode,))


def _notice(kind: str, notice: NoticeText) -> Entry:
    after = (("Après validation", _bracketed(notice.after)),) if notice.after else ()
    return Entry(_capital(kind), (), (("Tant que rien n’est validé", _bracketed(notice.before)), *after))


def _bracketed(template: str) -> str:
    return template.replace("{", "[").replace("}", "]").replace("_", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
