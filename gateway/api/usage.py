"""GET /v1/usage: a month of use, for the data protection officer."""

import asyncio
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from gateway.api.context import TheCaller, TheServices
from gateway.api.documentation import problems
from gateway.api.page import POLICY
from gateway.errors import ForbiddenError, InvalidPromptError
from gateway.usage import data
from gateway.usage.month import Month, month
from gateway.usage.names import names_of
from gateway.usage.report import Report

router = APIRouter(tags=["Usage"])

OFFICER = "dpo"
"""The one role that may read the report."""


class Format(StrEnum):
    """How the report is written."""

    JSON = "json"
    CSV = "csv"
    HTML = "html"


@router.get(
    "/v1/usage",
    summary="Le rapport d’usage d’un mois, pour le DPO",
    responses={
        200: {
            "description": "Le rapport ; une case de moins de 5 s’y écrit `< 5`",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/csv": {"schema": {"type": "string"}},
                "text/html": {"schema": {"type": "string"}},
            },
        },
        **problems(400, 401, 403, 500, 503),
    },
    response_class=Response,
)
async def usage(
    caller: TheCaller,
    services: TheServices,
    of: Annotated[
        str | None, Query(alias="month", description="Mois du rapport, `2026-11` ; sans lui, le mois en cours.")
    ] = None,
    form: Annotated[Format, Query(alias="format", description="`json`, `csv` ou `html`.")] = Format.JSON,
) -> Response:
    """Count a month of use from the journal, for a key of role `dpo`; the reading is itself written in the journal."""
    if caller.role != OFFICER:
        raise ForbiddenError("Ce rapport n’est ouvert qu’aux clés de rôle `dpo`.", "role_requis")
    names = names_of(services.charter)
    report = await services.usage(_month(of or f"{services.today():%Y-%m}"), caller.key_id, names)
    # Plots and tables take long enough to hold up the streams of others.
    return await asyncio.to_thread(_written, report, form)


def _month(written: str) -> Month:
    try:
        wanted = month(written)
        # The calendar of `datetime` ends somewhere, and so does what can be asked.
        _ = wanted.previous.start, wanted.end
    except (ValueError, OverflowError):
        raise InvalidPromptError("le mois s’écrit comme `2026-11`.", "month") from None
    return wanted


def _written(report: Report, form: Format) -> Response:
    match form:
        case Format.JSON:
            return Response(data.render_json(report), media_type="application/json")
        case Format.CSV:
            return Response(data.render_csv(report), media_type="text/csv; charset=utf-8")
        case Format.HTML:
            from gateway.usage import page  # noqa: PLC0415 - the plotting library takes a second to load

            return HTMLResponse(page.render(report), headers={"Content-Security-Policy": POLICY})
