"""GET /docs: the interface for people, from the OpenAPI document, without a script or anything from elsewhere."""

import json
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from gateway.api.page import page

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def docs(request: Request) -> Response:
    """Show every operation, its fields and its errors."""
    document = request.app.openapi()
    schemas = document["components"]["schemas"]
    return page(
        document["info"]["title"],
        *(f"<p>{escape(paragraph)}</p>" for paragraph in document["info"]["description"].split("\n\n")),
        '<p>Le document OpenAPI : <a href="/openapi.json">/openapi.json</a>. '
        'La charte : <a href="/v1/charter">/v1/charter</a>.</p>',
        *(
            _operation(method, path, operation, schemas)
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
        ),
    )


def _operation(method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    statuses = "".join(
        f"<tr><th scope='row'>{escape(status)}</th><td>{escape(answer.get('description', ''))}</td></tr>"
        for status, answer in operation["responses"].items()
    )
    return (
        f"<section><h2><code>{method.upper()} {escape(path)}</code></h2><p>{escape(operation.get('summary', ''))}</p>"
        f"<p>{escape(operation.get('description', ''))}</p>{_parameters(operation)}{_body(operation, schemas)}"
        f"<h3>Réponses</h3><table>{statuses}</table></section>"
    )


def _parameters(operation: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(parameter['name'])}</code></th><td>{escape(parameter['in'])}</td>"
        f"<td>{escape(parameter.get('description', ''))}</td></tr>"
        for parameter in operation.get("parameters", [])
    )
    return f"<h3>Paramètres</h3><table>{rows}</table>" if rows else ""


def _body(operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if not content:
        return ""
    schema = schemas[content["schema"]["$ref"].rpartition("/")[2]]
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(name)}</code></th><td>{escape(_kind(field))}</td>"
        f"<td>{escape(field.get('description', ''))}</td></tr>"
        for name, field in schema["properties"].items()
        if _kind(field) != "null"
    )
    examples = "".join(
        f"<pre>{escape(json.dumps(example, ensure_ascii=False, indent=2))}</pre>"
        for example in schema.get("examples", [])
    )
    return f"<h3>Corps</h3><table>{rows}</table>{examples}"


def _kind(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if branches := field.get("anyOf") or field.get("oneOf"):
        return " | ".join(dict.fromkeys(_kind(branch) for branch in branches))
    if "const" in field:
        return json.dumps(field["const"])
    return " | ".join(map(json.dumps, field["enum"])) if "enum" in field else str(field.get("type", "any"))
