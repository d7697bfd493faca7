"""The charter as a page to be read, searched and printed: what it allows, for whom, and what replaces the rest."""

from collections.abc import Iterable
from html import escape

from starlette.responses import Response

from gateway.api.page import page
from policies.charter import Charter
from policies.rule import EVERYONE, Practice, Use
from policies.standing import needs
from policies.terms import REVIEWS, TIERS, period, typed


def charter_page(charter: Charter) -> Response:
    """Return the page."""
    uses, practices = charter.uses.values(), charter.practices.values()
    return page(
        charter.title,
        f'<p class="lead">Ce qui n’est pas écrit ici n’est pas autorisé. Version {escape(charter.version)}, '
        f"d’après {escape(charter.referential)}. Une question, un refus qui vous paraît injuste : "
        f"{escape(charter.contact)}.</p>",
        '<nav aria-label="Sommaire"><h2>Sommaire</h2>',
        f"<h3>Usages approuvés</h3>{_contents((_place(use), use.title) for use in uses)}",
        f"<h3>Pratiques interdites</h3>{_contents((one.id, one.title) for one in practices)}</nav>",
        '<section aria-labelledby="mots"><h2 id="mots">Comment lire</h2><div class="pair">'
        f"{_words('Données', ((tier.value, said) for tier, said in TIERS.items()))}"
        f"{_words('Relecture', ((review.value, said) for review, said in REVIEWS.items()))}</div></section>",
        f'<h2 id="usages">Usages approuvés ({len(uses)})</h2><div class="cards">',
        *(_use(use, charter) for use in uses),
        f'</div><h2 id="pratiques">Pratiques interdites ({len(practices)})</h2><div class="cards">',
        *(_practice(practice, charter) for practice in practices),
        "</div>",
    )


def _contents(entries: Iterable[tuple[str, str]]) -> str:
    items = "".join(f'<li><a href="#{escape(anchor)}">{escape(title)}</a></li>' for anchor, title in entries)
    return f"<ol>{items}</ol>"


def _words(title: str, words: Iterable[tuple[str, str]]) -> str:
    return f'<div><h3>{title}</h3><dl class="words">{_list(words)}</dl></div>'


def _list(rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<dt>{escape(name)}</dt><dd>{_typed(value)}</dd>" for name, value in rows)


def _use(use: Use, charter: Charter) -> str:
    closed = "" if use.enabled else '<p class="closed">Pas encore ouvert par la gouvernance.</p>'
    rows = [
        ("Pour", _roles(use, charter)),
        ("Données", TIERS[use.tier]),
        ("Relecture", f"par {use.reviewer}"),
        ("Mention", use.notice.when if use.notice else "aucune"),
        *([("Demandé", asked)] if (asked := _asked(use, charter)) else []),
        *([("Services", ", ".join(sorted(use.services)))] if EVERYONE not in use.services else []),
        *([("Période", period(use.valid_from, use.valid_until))] if use.valid_from or use.valid_until else []),
        *([("Référent", use.referent)] if use.referent else []),
    ]
    return (
        f'<article id="{escape(_place(use))}"><h3>{escape(use.title)}</h3>{closed}<p>{_typed(use.description)}</p>'
        f'<dl>{_list(rows)}</dl><p class="aside">À déclarer : <code>{escape(use.id)}</code> · {use.tier.value} · '
        f"{use.review.value} · {escape(use.article)}</p></article>"
    )


def _asked(use: Use, charter: Charter) -> str:
    """Return what a person needs before this use; empty where nothing is asked."""
    asked = needs(charter.people.rule, use)
    trainings = [f"formation {', '.join(asked.trainings)}"] if asked.trainings else []
    signature = ["signature de cette charte"] if asked.signature else []
    return " ; ".join([*trainings, *signature, *(["habilitation"] if asked.habilitation else [])])


def _roles(use: Use, charter: Charter) -> str:
    if EVERYONE in use.roles:
        return "tous les rôles"
    return ", ".join(role.title for id_, role in charter.roles.items() if id_ in use.roles)


def _practice(practice: Practice, charter: Charter) -> str:
    reason = f"<p>{_typed(practice.reason)}.</p>" if practice.reason else ""
    uses = ", ".join(f"« {charter.uses[id_].title} »" for id_ in practice.uses)
    declared = f" Usage à déclarer : {uses}." if uses else ""
    return (
        f'<article id="{escape(practice.id)}"><h3>{escape(practice.title)}</h3><p>{_typed(practice.description)}</p>'
        f'{reason}<p class="instead"><strong>À la place</strong>{_typed(practice.instead + declared)}</p>'
        f'<p class="aside">{escape(practice.basis)}</p></article>'
    )


def _place(use: Use) -> str:
    """Return the anchor of a use; the name alone is a practice's, as refusals link to it."""
    return f"usage-{use.id}"


def _typed(text: str) -> str:
    """Return text whose French punctuation does not begin a line."""
    return escape(typed(text))
