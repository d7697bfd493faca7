"""The OpenAPI document: complete, in French, with the request bodies that routes read by themselves."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from gateway.api.examples import EXAMPLES
from gateway.api.schemas import Wire
from gateway.api.schemas_answer import Problem
from gateway.api.schemas_chat import ChatRequest
from gateway.api.schemas_masking import MaskRequest
from gateway.api.schemas_outbound import AnswerIn, DecideIn, ToolRequestIn
from gateway.api.schemas_outputs import VerifyRequest
from gateway.api.schemas_people import HabilitationIn, MySignatureIn, PersonIn, SignatureIn, TrainingIn
from gateway.api.schemas_refusals import ContestIn
from gateway.api.schemas_systems import StopIn

REFERENCE = "#/components/schemas/{model}"

REASONS = {
    400: "La demande n’est pas comprise, ou porte un champ inconnu",
    401: "Clé d’accès absente ou inconnue",
    403: "La charte ne permet pas cette demande, ou demande qu’un usage soit déclaré",
    404: "Rien sous cette adresse",
    409: "Déjà fait",
    413: "La demande est trop volumineuse",
    429: "Le quota de la clé, de son service ou de l’usage est atteint, ou trop de demandes attendent une réponse",
    500: "Erreur interne",
    502: "Le serveur du modèle a refusé ou mal répondu",
    503: "Le masquage, le journal, le marquage ou le modèle ne peut pas travailler, ou est arrêté ; rien ne sort",
    504: "Le modèle n’a pas répondu à temps",
}

DESCRIPTION = """\
Écluse est la passerelle d’IA générative de l’établissement. Elle parle comme l’interface d’OpenAI : un client
officiel s’y branche en changeant `base_url` et la clé.

Ce qui identifie un patient est masqué avant l’envoi et rétabli dans la réponse ; la charte décide de ce qui peut
passer ; chaque réponse est marquée comme produite par une IA ; chaque demande laisse une ligne au journal.
"""


BODIES: tuple[type[Wire], ...] = (
    *(ChatRequest, ContestIn, MaskRequest, VerifyRequest),
    *(PersonIn, TrainingIn, SignatureIn, MySignatureIn, HabilitationIn),
    *(DecideIn, ToolRequestIn, AnswerIn),
    StopIn,
)
"""Request bodies that routes read by themselves, so that FastAPI does not know of them."""


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of the errors that a route may answer."""
    return {status: {"model": Problem, "description": REASONS[status]} for status in statuses}


def documented_body(model: type[Wire]) -> dict[str, Any]:
    """Return the documentation of a body that its route reads by itself; `BODIES` has to list it."""
    schema = {"$ref": REFERENCE.format(model=model.__name__)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def document(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """Return a function that makes the OpenAPI document, once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(
                get_openapi(title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes)
            )
        return app.openapi_schema

    return openapi


def _complete(made: dict[str, Any]) -> dict[str, Any]:
    """Add the schemas of the bodies; drop FastAPI's 422, which is a 400 here."""
    _, definitions = models_json_schema([(model, "validation") for model in BODIES], ref_template=REFERENCE)
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(definitions.get("$defs", {}))
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for name, example in EXAMPLES.items():
        schemas[name]["examples"] = [example]
    for path in made["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            for answer in operation["responses"].values():
                if answer.get("description") == "Successful Response":
                    answer["description"] = "La réponse"
    return made
