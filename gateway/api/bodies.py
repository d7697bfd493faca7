"""Reading a request's body: never more than the limit, never anything that its schema does not know."""

from typing import Any, TypeVar

import orjson
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.requests import ClientDisconnect, Request

from gateway.api.connection import CallerGoneError
from gateway.api.schemas import MARK, Wire
from gateway.errors import InvalidPromptError, PromptTooLargeError

Body = TypeVar("Body", bound=Wire)

LONGEST_STEP = 64
"""A longer field name is no field name of anybody's interface, and is not repeated in a message."""

SENTENCES = {
    "missing": "est obligatoire",
    "string_type": "doit être un texte",
    "string_too_short": "est vide ou trop court",
    "string_too_long": "est trop long",
    "string_pattern_mismatch": "ne doit contenir que des lettres sans accent, des chiffres, `_` et `-` (64 au plus)",
    "int_type": "doit être un nombre entier",
    "int_from_float": "doit être un nombre entier",
    "int_parsing_size": "est un nombre trop grand",
    "float_type": "doit être un nombre",
    "finite_number": "doit être un nombre fini",
    "bool_type": "doit être `true` ou `false`",
    "dict_type": "doit être un objet JSON",
    "model_type": "doit être un objet JSON",
    "model_attributes_type": "doit être un objet JSON",
    "tuple_type": "doit être une liste",
    "list_type": "doit être une liste",
    "too_short": "ne contient pas assez d’éléments",
    "too_long": "contient trop d’éléments",
    "part_unknown": "a un `type` absent ou inconnu",
    "format_unknown": "a un `type` absent ou inconnu",
    "role_unknown": "a un `role` absent ou inconnu",
    "text_or_texts": "doit porter `text` ou `texts`, l’un des deux",
    "manifest_or_output": "doit porter `manifest` ou `output_id`, l’un des deux",
    "data_url": "doit porter l’image elle-même (`data:image/png;base64,…`) : une adresse serait lue par un tiers",
    "base64": "doit porter le contenu lui-même, en base 64 : une adresse serait lue par un tiers",
    "fhir_date": "doit être une date de FHIR : `AAAA-MM-JJ`, `AAAA-MM` ou `AAAA`",
    "person_empty": "ne porte ni nom, ni date de naissance, ni numéro, ni coordonnées",
    "none_required": "n’est pas offert par cette passerelle",
    "date_type": "doit être une date : `AAAA-MM-JJ`",
    "date_parsing": "doit être une date : `AAAA-MM-JJ`",
    "date_from_datetime_parsing": "doit être une date : `AAAA-MM-JJ`",
    "date_from_datetime_inexact": "doit être une date : `AAAA-MM-JJ`",
}
"""What is wrong with a field, by pydantic's kind of error; nothing here repeats what was sent."""


async def read(request: Request, limit: int) -> bytes:
    """Return the body, or raise `PromptTooLargeError` as soon as it is known to exceed `limit` bytes.

    Raises `CallerGoneError` where the caller leaves before its end.
    """
    too_large = PromptTooLargeError(f"le corps de la requête dépasse {limit} octets")
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        raise too_large
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > limit:
                raise too_large
    except ClientDisconnect:
        raise CallerGoneError from None
    return bytes(body)


def parse(model: type[Body], body: bytes, refused: dict[str, str] | None = None) -> Body:
    """Return the body as `model`, or raise `InvalidPromptError`, which names the field and quotes no value.

    `refused` says why a known field is not offered.
    """
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=True)
        # An unknown field of the request itself comes first: it may be an attempt, and it explains the others.
        fault = min(faults, key=lambda fault: fault["type"] != "extra_forbidden" or len(fault["loc"]) > 1)
        raise _invalid(fault, refused or {}) from None


def _invalid(fault: ErrorDetails, refused: dict[str, str]) -> InvalidPromptError:
    kind, path = fault["type"], _path(fault["loc"])
    if kind == "json_invalid":
        return InvalidPromptError("le corps de la requête n’est pas du JSON valide.", code="json_invalide")
    if kind == "extra_forbidden":
        reason = f"le champ `{path}` n’existe pas ici ; il n’est ni lu ni relayé. Retirez-le."
        return InvalidPromptError(reason, path, "champ_inconnu")
    field = str(fault["loc"][0]) if fault["loc"] else ""
    if field in refused and kind not in {"missing", "string_type"}:
        return InvalidPromptError(f"le champ `{path}` n’est pas accepté : {refused[field]}.", path, "champ_refuse")
    where = f"le champ `{path}`" if path else "le corps de la requête"
    return InvalidPromptError(f"{where} {_sentence(kind, fault.get('ctx', {}))}.", path or None, "champ_invalide")


def _sentence(kind: str, context: dict[str, Any]) -> str:
    match kind:
        case "literal_error":
            return f"doit valoir {context['expected'].replace(' or ', ' ou ')}"
        case "greater_than_equal":
            return f"doit être au moins {context['ge']}"
        case "less_than_equal":
            return f"doit être au plus {context['le']}"
        case "less_than":
            return f"doit être inférieur à {context['lt']}"
        case _:
            return SENTENCES.get(kind, "n’a pas la forme attendue")


def _path(steps: tuple[int | str, ...]) -> str:
    """Return `messages[0].content` for the steps of an error, without the names of union branches."""
    path = ""
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step == "[key]" or step.startswith(MARK):
            continue
        else:
            name = step if step.isprintable() and "`" not in step and len(step) <= LONGEST_STEP else "…"
            path += f".{name}" if path else name
    return path


def dumps(value: object) -> bytes:
    """Return JSON text for an answer."""
    return orjson.dumps(value)
