"""Whatever is sent that the OpenAPI document allows, or almost, the gateway answers without breaking."""

import asyncio
import contextlib
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from tests.fakes.house import House
from tests.fakes.openai_server import RecordingUpstream, Says

BOUNDED = settings(
    max_examples=20,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
async def test_no_request_breaks_the_gateway(house: House, upstream: RecordingUpstream, mode: GenerationMode) -> None:
    """Catches a shape of request that nobody thought of and that ends in a 500."""
    upstream.reply_with(Says("Bonjour."))
    async with house.http() as http:
        document = (await http.get("/openapi.json")).json()
    seen, broken = await asyncio.to_thread(_exercise, house, document, mode)
    assert broken == []
    assert len(seen) == sum(len(operations) for operations in document["paths"].values())


def _exercise(house: House, document: dict[str, Any], mode: GenerationMode) -> tuple[set[str], list[str]]:
    seen: set[str] = set()
    tried: set[str] = set()
    broken: list[str] = []
    base_url, headers = house.url.removesuffix("/v1"), {"Authorization": f"Bearer {house.keys['dpo']}"}
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = found.ok()
        seen.add(operation.label)

        @BOUNDED
        @given(case=operation.as_strategy(generation_mode=mode))
        def call(case: Any) -> None:
            if isinstance(case.body, dict) and isinstance(case.body.get("model"), str):
                # An approved use, so that the request goes all the way.
                case.body["model"] = "reformulation"
            answer = case.call(base_url=base_url, headers=headers)
            if answer.status_code >= 500:
                broken.append(f"{answer.status_code} {case.as_curl_command()}: {answer.text}")

        with contextlib.suppress(Unsatisfiable):  # nothing can be wrong about an operation that takes nothing
            call()
            tried.add(operation.label)
    assert "POST /v1/chat/completions" in tried
    return seen, broken


async def test_the_document_is_complete_and_needs_nothing_from_outside(house: House) -> None:
    """Catches a page of the documentation that a hospital's network cannot show."""
    async with house.http(None) as http:
        document = (await http.get("/openapi.json")).json()
        pages = [await http.get("/docs"), await http.get("/v1/charter", headers={"Accept": "text/html"})]
    assert set(document["paths"]) == {
        "/v1/chat/completions", "/v1/models", "/v1/models/{model}", "/v1/mask", "/v1/outputs/{output_id}/manifest",
        "/v1/verify", "/v1/charter", "/v1/usage", "/healthz", "/readyz", "/metrics",
        "/v1/refusals/{refusal}/contest",
        "/v1/systems", "/v1/systems/{target}/stop", "/v1/systems/{target}/resume",
        "/v1/people/me", "/v1/people/me/signature", "/v1/people/{person}", "/v1/people/{person}/trainings",
        "/v1/people/{person}/signatures", "/v1/people/{person}/habilitations",
        "/v1/outbound/decide", "/v1/outbound/requests", "/v1/outbound/requests/{request_id}", "/v1/outbound/report",
        "/outbound/blocked", "/outbound/pass", "/outbound/requests",
    }  # fmt: skip
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert "422" not in operation["responses"]
    body = document["paths"]["/v1/chat/completions"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert document["components"]["schemas"][body["$ref"].rpartition("/")[2]]["examples"]
    for page in pages:
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "<script" not in page.text
        assert "http://" not in page.text.replace('href="http', "")
        assert "default-src 'none'" in page.headers["content-security-policy"]
