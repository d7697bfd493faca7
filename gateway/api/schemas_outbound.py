"""Outbound filtering on the wire."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.api.schemas import Wire
from gateway.outbound.desk.request import LONGEST_TEXT

Host = Annotated[str, Field(min_length=1, max_length=262)]
Word = Annotated[str, Field(max_length=64)]
VerdictWord = Literal["allow", "observe", "coach", "block"]
StatusWord = Literal["recue", "en_examen", "approuvee", "refusee"]
Name = Annotated[str, Field(max_length=256)]


class DecideIn(Wire):
    """A connection, as a tool or an engine sees it; nothing of it is kept."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"host": "chatgpt.com:443", "method": "CONNECT"}]})

    host: Annotated[Host, Field(description="With or without its port.")]
    sni: Annotated[Host | None, Field(description="The name in the TLS greeting, where it is known.")] = None
    method: Annotated[Word | None, Field(description="HTTP method; only a navigation is redirected to a page.")] = None
    source: Annotated[Word | None, Field(description="Address of the computer.")] = None
    user: Annotated[Name | None, Field(description="Account, as the engine writes it.")] = None
    engine: Annotated[Word | None, Field(description="Who asks: `squid`, `icap`…")] = None
    at: Annotated[
        dt.datetime | None, Field(strict=False, description="When, with its offset; now, unless it is given.")
    ] = None


class DecideOut(BaseModel):
    """What the policy answers, and why."""

    decision: VerdictWord
    planned: Annotated[VerdictWord, Field(description="What it would answer in mode `block`.")]
    service: Annotated[str | None, Field(description="Id of the catalogue.")]
    category: str | None
    rule: Annotated[str, Field(description="What decided: `exception:ID`, `rule:ID`, `service`, `default`…")]
    version: Annotated[str, Field(description="Of the policy.")]
    ttl: Annotated[int, Field(description="Seconds for which an engine may remember the answer.")]
    redirect: Annotated[str | None, Field(description="The page to show to a person.")]


class ToolRequestIn(Wire):
    """A tool that is asked for, or a site refused by mistake. No data of patients belong here."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"tool": "DeepL", "address": "deepl.com", "purpose": "traduction_patient", "department": "cardiologie"}
            ]
        }
    )

    service: Annotated[Word | None, Field(description="Id of the catalogue, or `tool`.")] = None
    tool: Annotated[str | None, Field(max_length=60, description="Name of a tool that the catalogue lacks.")] = None
    address: Annotated[Host | None, Field(description="The host of such a tool.")] = None
    purpose: Annotated[str, Field(max_length=64, description="A use of the charter, `erreur` or `autre`.")]
    department: Annotated[str | None, Field(max_length=64, description="One of the policy's departments.")] = None
    text: Annotated[
        str | None, Field(max_length=LONGEST_TEXT, description="What it is for; masked before it is kept.")
    ] = None
    contact: Annotated[str | None, Field(max_length=254, description="A professional e-mail address.")] = None


class AnswerIn(Wire):
    """What was decided on a request."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "en_examen"}]})

    status: StatusWord
    note: Annotated[str | None, Field(max_length=LONGEST_TEXT, description="Masked before it is kept.")] = None


class ReceivedOut(BaseModel):
    """A request that was kept."""

    id: str
    status: StatusWord
    contact: Annotated[str, Field(description="Whom to ask about it.")]


class ToolRequestOut(BaseModel):
    """A request, for those who decide."""

    id: str
    received: dt.datetime
    status: StatusWord
    changed: dt.datetime | None
    service: str | None
    tool: str | None
    address: str | None
    purpose: str
    department: str | None
    text: str | None
    contact: str | None
    note: str | None


class ToolRequestsOut(BaseModel):
    """Requests, the newest first."""

    data: list[ToolRequestOut]
