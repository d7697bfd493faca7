"""The page on which staff land whose access to an AI service was refused: why, what to use instead, whom to ask.

Nothing on it comes from the query: the service is one of the catalogue's, the rest is the hospital's own words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from starlette.responses import HTMLResponse

from gateway.api.outbound_forms import Field, pass_form, request_form
from gateway.api.page import FORMS, page
from gateway.outbound.desk.desk import Stage
from gateway.outbound.desk.site import Site
from policies.rule import Use
from policies.terms import typed


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the page shows."""

    contact: str
    departments: Sequence[str]
    uses: Mapping[str, str]
    """Titles of the charter's uses, by id."""
    notice: str
    """Address of the notice to staff; empty where the hospital has given none."""
    kept_days: int
    """How long attempts are kept one by one."""
    pass_hours: int
    """How long a pass holds."""
    approved: str = ""
    """Address of the hospital's own tool; empty where the policy names none."""
    service: Site | None = None
    instead: Use | None = None
    """The approved use that replaces the service."""
    stage: Stage = Stage.REFUSED
    pass_ticket: str = ""
    request_ticket: str = ""
    asking: bool = False
    """Whether the form for requests is shown open."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with the form that was sent, by field."""
    sent: Mapping[str, str] = field(default_factory=dict)
    """What was chosen in it; no free text."""


HEADERS: Final = {
    "Cache-Control": "no-store",
    # The service's id is in this page's address: it is not told to the sites that the page links to. Not `no-referrer`,
    # with which browsers send forms without saying from where.
    "Referrer-Policy": "same-origin",
}


def blocked_page(view: View, status: int = 200) -> HTMLResponse:
    """Return the page for a service, or the general one."""
    title, lead = _opening(view)
    return _page(
        title,
        f'<p class="lead">{escape(lead)}</p>',
        _faults(view.faults),
        _open(view),
        _instead(view),
        _coach(view),
        _why(view),
        _ask(view),
        _counted(view),
        status=status,
    )


def received_page(reference: str, contact: str) -> HTMLResponse:
    """Return what somebody reads who has sent a request."""
    return _page(
        "Votre demande est enregistrée",
        '<section class="done" aria-labelledby="suite"><h2 id="suite">La suite</h2>'
        f"<p>Sa référence : <strong>{escape(reference)}</strong>. Notez-la si vous n’avez pas laissé d’adresse. La "
        "direction des systèmes d’information et le délégué à la protection des données l’examinent.</p>"
        f"<p>Une question : {escape(contact)}.</p></section>",
        status=201,
    )


def failed_page(message: str, contact: str, status: int, headers: Mapping[str, str]) -> HTMLResponse:
    """Return what somebody reads whose form, or page, cannot be answered."""
    told = "".join(f"<p>{escape(sentence)}</p>" for sentence in (message, f"Contact : {contact}."))
    made = _page(
        "Cette page ne peut pas être servie",
        f'<section class="alert" role="alert">{told}</section>',
        status=status,
    )
    made.headers.update(headers)
    return made


def _page(title: str, *parts: str, status: int) -> HTMLResponse:
    made = page(typed(title), typed("".join(parts)), status=status, policy=FORMS, narrow=True)
    made.headers.update(HEADERS)
    return made


def _opening(view: View) -> tuple[str, str]:
    if view.service is None:
        return "Ce service d’IA n’est pas ouvert ici", (
            "L’établissement n’a pas validé ce service d’intelligence artificielle pour le travail. Rien de ce que "
            "vous alliez y écrire n’est parti."
        )
    name = view.service.name
    match view.stage:
        case Stage.OPEN:
            return f"{name} : accès ouvert pour un temps", "Votre passage est enregistré pour ce poste."
        case Stage.COACHED:
            return f"{name} n’est pas l’outil de l’établissement", (
                "L’établissement n’a pas validé ce service. Voyez d’abord ce qui le remplace ; si vous en avez besoin "
                "maintenant, vous pouvez passer en disant pourquoi."
            )
        case Stage.REFUSED:
            return f"{name} n’est pas ouvert ici", (
                "L’établissement n’a pas validé ce service d’intelligence artificielle pour le travail. Rien de ce "
                "que vous alliez y écrire n’est parti."
            )


def _faults(faults: Mapping[str, str]) -> str:
    if not faults:
        return ""
    items = "".join(
        f'<li><a href="#{escape(name)}">{escape(said)}</a></li>' if name else f"<li>{escape(said)}</li>"
        for name, said in faults.items()
    )
    return (
        '<section class="alert" role="alert" aria-labelledby="defauts"><h2 id="defauts">Rien n’a encore été '
        f"enregistré</h2><ul>{items}</ul></section>"
    )


def _open(view: View) -> str:
    if view.stage is not Stage.OPEN or view.service is None:
        return ""
    link = _action(f"https://{view.service.domain}/", view.service.domain) if view.service.domain else ""
    return (
        '<section class="done" aria-labelledby="passage"><h2 id="passage">Vous pouvez continuer</h2>'
        f"<p>L’accès à {escape(view.service.name)} s’ouvre dans les secondes qui viennent (5 environ), depuis ce "
        f"poste, pour {_hours(view.pass_hours)} au plus. N’y écrivez rien qui permette de reconnaître un patient ou un "
        "collègue.</p>"
        f"{link}</section>"
    )


def _instead(view: View) -> str:
    if view.instead:
        told = (
            f"<p>Pour ce travail, l’établissement a approuvé l’usage « {escape(view.instead.title)} ». "
            f"{escape(view.instead.description)}</p>"
        )
        rule = f'<a href="/v1/charter#usage-{escape(view.instead.id)}">Ce que la charte permet pour cet usage</a>'
    else:
        told = "<p>L’établissement a ses propres outils, pour les usages que sa charte approuve.</p>"
        rule = '<a href="/v1/charter">Les usages approuvés, dans la charte</a>'
    tool = _action(view.approved, "l’outil de l’établissement") if view.approved else ""
    return f'<section aria-labelledby="remplace"><h2 id="remplace">À la place</h2>{told}{tool}<p>{rule}</p></section>'


def _action(address: str, name: str) -> str:
    link = f'<a class="main-link" href="{escape(address)}" rel="noreferrer">Aller sur {escape(name)}</a>'
    return f'<p class="action">{link}</p>'


def _coach(view: View) -> str:
    if view.stage is not Stage.COACHED or view.service is None:
        return ""
    form = pass_form(view.service.id, view.pass_ticket, Field(view.faults, view.sent))
    return (
        '<section aria-labelledby="passer"><h2 id="passer">J’en ai besoin maintenant</h2>'
        f"<p>Vous pouvez passer pour {_hours(view.pass_hours)}, depuis ce poste. La raison est comptée, sans votre "
        "nom.</p>"
        f"{form}</section>"
    )


def _hours(count: int) -> str:
    return f"{count} heure{'s' if count > 1 else ''}"


def _why(view: View) -> str:
    name, vendor = (view.service.name, view.service.vendor) if view.service else ("", "")
    written = f"dans {name}" if vendor else "sur ce site"
    whom = "son éditeur" if vendor == name else vendor or "une société"
    return (
        '<section aria-labelledby="pourquoi"><h2 id="pourquoi">Pourquoi</h2>'
        f"<p>Ce qu’on écrit {escape(written)} part chez {escape(whom)}, avec qui l’établissement "
        "n’a pas de contrat pour cela. Une phrase suffit parfois à reconnaître un patient, et ce qui est parti ne "
        "revient pas. La charte ne permet que les outils et les usages qu’elle liste : elle protège les patients, et "
        "ceux qui les soignent.</p><p>Vous n’avez rien fait de mal en ouvrant ce site.</p></section>"
    )


def _ask(view: View) -> str:
    field = Field(view.faults, view.sent)
    form = request_form(view.service, view.request_ticket, view.uses, view.departments, field)
    return (
        '<section aria-labelledby="demander"><h2 id="demander">Demander un outil, signaler une erreur</h2>'
        "<p>Un outil vous manque, ou ce site est refusé par erreur ? Dites-le ici : c’est le guichet unique de "
        f"l’établissement.</p><details{' open' if view.asking else ''}><summary>Écrire une demande</summary>{form}"
        f"</details><p>Une question : {escape(view.contact)}.</p></section>"
    )


def _counted(view: View) -> str:
    notice = (
        f' <a href="{escape(view.notice)}">Lire la notice d’information</a>.'
        if view.notice
        else " La notice d’information est auprès du délégué à la protection des données de l’établissement."
    )
    return (
        '<section aria-labelledby="garde"><h2 id="garde">Ce qui est gardé de votre passage</h2>'
        f"<p>Chaque tentative est notée {view.kept_days} jours, sous un pseudonyme qui change chaque mois : quand, "
        "vers quel service d’IA, depuis quel service de l’hôpital. Il n’en reste ensuite que des comptes. Ni l’adresse "
        "des pages ni ce que vous écrivez n’est gardé, et il n’y a pas de relevé par agent : retrouver qui est "
        f"derrière un pseudonyme demande deux personnes et un motif inscrit au journal.{notice}</p></section>"
    )
