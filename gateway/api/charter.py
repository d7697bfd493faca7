"""GET /v1/charter: the charter for people and for programs."""

from collections.abc import Iterable
from html import escape
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Header
from starlette.responses import Response

from gateway.api.context import TheServices
from gateway.api.documentation import problems
from gateway.api.page import page, prefers_html
from gateway.api.schemas_charter import CharterOut
from policies.charter import Charter
from policies.rule import EVERYONE, Practice, Use

router = APIRouter(tags=["Catalogue"])


@router.get(
    "/v1/charter",
    summary="La charte de l’établissement",
    response_model=CharterOut,
    responses={200: {"content": {"text/html": {}}, "description": "La charte"}, **problems(500)},
)
async def charter(services: TheServices, accept: Annotated[str, Header()] = "") -> Response:
    """Give the charter as JSON, or as a page to whoever prefers `text/html`. Needs no key: everybody may read it."""
    if prefers_html(accept):
        return _page(services.charter)
    return Response(orjson.dumps(_wire(services.charter)), media_type="application/json")


def _wire(charter: Charter) -> dict[str, Any]:
    return {
        "version": charter.version,
        "title": charter.title,
        "referential": charter.referential,
        "contact": charter.contact,
        "roles": {name: role.title for name, role in charter.roles.items()},
        "uses": [_use(use, charter) for use in charter.uses.values()],
        "practices": [
            {
                "id": practice.id,
                "title": practice.title,
                "description": practice.description,
                "basis": practice.basis,
                "instead": practice.instead,
            }
            for practice in charter.practices.values()
        ],
    }


def _use(use: Use, charter: Charter) -> dict[str, Any]:
    return {
        "id": use.id,
        "title": use.title,
        "description": use.description,
        "roles": _roles(use, charter),
        "tier": use.tier.value,
        "review": use.review.value,
        "reviewer": use.reviewer,
        "notice": use.notice.when if use.notice else None,
        "referent": use.referent or charter.contact,
        "article": use.article,
        "enabled": use.enabled,
    }


def _roles(use: Use, charter: Charter) -> list[str]:
    return sorted(charter.roles) if EVERYONE in use.roles else sorted(use.roles)


def _page(charter: Charter) -> Response:
    return page(
        charter.title,
        f"<p>Version {escape(charter.version)}. Référentiel : {escape(charter.referential)}. "
        f"À qui s’adresser : {escape(charter.contact)}.</p>",
        f"<h2>Usages approuvés ({len(charter.uses)})</h2>",
        *(_use_html(use, charter) for use in charter.uses.values()),
        f"<h2>Pratiques interdites ({len(charter.practices)})</h2>",
        *(_practice_html(practice) for practice in charter.practices.values()),
    )


def _use_html(use: Use, charter: Charter) -> str:
    roles = ", ".join(charter.roles[role].title for role in _roles(use, charter) if role in charter.roles)
    return _entry(
        f"{use.title}{'' if use.enabled else ' (fermé)'}",
        use.description,
        [
            ("À déclarer", f"<code>{escape(use.id)}</code>"),
            ("Pour", escape(roles)),
            ("Données", f"palier {use.tier.value}"),
            ("Relecture", f"{use.review.value}, par {escape(use.reviewer)}"),
            ("Mention", escape(use.notice.when) if use.notice else "aucune"),
            ("Référent", escape(use.referent or charter.contact)),
            ("Article", escape(use.article)),
        ],
    )


def _practice_html(practice: Practice) -> str:
    rows = [("Fondement", escape(practice.basis)), ("À la place", escape(practice.instead))]
    return _entry(practice.title, practice.description, rows)


def _entry(title: str, description: str, rows: Iterable[tuple[str, str]]) -> str:
    cells = "".join(f'<tr><th scope="row">{name}</th><td>{value}</td></tr>' for name, value in rows)
    return f"<section><h3>{escape(title)}</h3><p>{escape(description)}</p><table>{cells}</table></section>"
