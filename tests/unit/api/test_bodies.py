"""What a request's body may hold, and what is said of one that does not."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from starlette.requests import Request

from gateway.api.bodies import parse, read
from gateway.api.connection import CallerGoneError
from gateway.api.schemas_chat import REFUSED_FIELDS, ChatRequest
from gateway.errors import InvalidPromptError, PromptTooLargeError

HELLO: dict[str, Any] = {"model": "compte_rendu", "messages": [{"role": "user", "content": "Bonjour"}]}


def refusal(body: bytes) -> InvalidPromptError:
    with pytest.raises(InvalidPromptError) as caught:
        parse(ChatRequest, body, REFUSED_FIELDS)
    return caught.value


def refusal_of(**fields: Any) -> InvalidPromptError:
    return refusal(json.dumps({**HELLO, **fields}).encode())


def accepted(**fields: Any) -> ChatRequest:
    return parse(ChatRequest, json.dumps({**HELLO, **fields}).encode(), REFUSED_FIELDS)


@pytest.mark.parametrize(
    "field",
    ["api_base", "api_key", "base_url", "extra_headers", "extra_body", "model_list", "user_config", "aws_region_name",
     "mock_response", "suffix"],
)  # fmt: skip
def test_unknown_fields_are_refused_by_name(field: str) -> None:
    """Catches a field that would reach the model's client, and send the hospital's key or a text elsewhere."""
    error = refusal_of(**{field: "SECRET"})
    assert (error.code, error.param) == ("champ_inconnu", field)
    assert error.reason == f"le champ `{field}` n’existe pas ici ; il n’est ni lu ni relayé. Retirez-le."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("logprobs", True),
        ("top_logprobs", 3),
        ("logit_bias", {"50256": -100}),
        ("prediction", {"type": "content", "content": "x"}),
        ("audio", {"voice": "alloy", "format": "wav"}),
        ("modalities", ["text", "audio"]),
        ("service_tier", "flex"),
        ("store", True),
        ("functions", [{"name": "f"}]),
        ("function_call", "auto"),
    ],
)
def test_fields_not_offered_are_refused_with_their_reason(field: str, value: Any) -> None:
    error = refusal_of(**{field: value})
    assert error.code == "champ_refuse"
    assert (error.param or "").startswith(field)
    assert error.reason.endswith(f"n’est pas accepté : {REFUSED_FIELDS[field]}.")


@pytest.mark.parametrize("field", sorted(REFUSED_FIELDS))
def test_null_is_as_good_as_absent(field: str) -> None:
    """Catches the refusal of clients that send every field, most of them null."""
    accepted(**{field: None})


def test_harmless_values_of_refused_fields_pass() -> None:
    accepted(logprobs=False, store=False, modalities=["text"])


@pytest.mark.parametrize(
    ("fields", "param", "sentence"),
    [
        ({"messages": []}, "messages", "ne contient pas assez d’éléments"),
        ({"messages": [{"role": "user"}]}, "messages[0].content", "est obligatoire"),
        ({"messages": [{"role": "boss", "content": "x"}]}, "messages[0]", "a un `role` absent ou inconnu"),
        ({"messages": [{"role": "user", "content": [{"type": "video"}]}]}, "messages[0].content[0]",
         "a un `type` absent ou inconnu"),
        ({"messages": [{"role": "system", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]},
         "messages[0].content[0].type", "doit valoir 'text'"),
        ({"n": 0}, "n", "doit être au moins 1"),
        ({"temperature": 2.5}, "temperature", "doit être au plus 2.0"),
        ({"stop": ["a"] * 5}, "stop", "contient trop d’éléments"),
        ({"stream": "true"}, "stream", "doit être `true` ou `false`"),
        ({"metadata": {"use": 3}}, "metadata.use", "doit être un texte"),
        ({"tools": [{"type": "function", "function": {"name": "é"}}]}, "tools[0].function.name",
         "ne doit contenir que des lettres sans accent, des chiffres, `_` et `-` (64 au plus)"),
        ({"reasoning_effort": "x"}, "reasoning_effort",
         "doit valoir 'none', 'minimal', 'low', 'medium', 'high' ou 'xhigh'"),
    ],
)  # fmt: skip
def test_invalid_fields_are_named_by_their_path(fields: dict[str, Any], param: str, sentence: str) -> None:
    error = refusal_of(**fields)
    assert (error.code, error.param) == ("champ_invalide", param)
    assert error.reason == f"le champ `{param}` {sentence}."


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"model":"\\ud800"}', b"[" * 100_000])
def test_what_is_no_json_is_said_so(body: bytes) -> None:
    error = refusal(body)
    assert (error.code, error.param) == ("json_invalide", None)
    assert error.reason == "le corps de la requête n’est pas du JSON valide."


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"3"])
def test_what_is_no_object_is_said_so(body: bytes) -> None:
    assert refusal(body).reason == "le corps de la requête doit être un objet JSON."


SECRET = "Dupuis-Exemple 1850578006048"

places = st.sampled_from(
    ["model", "messages", "tools", "tool_choice", "stop", "stream", "n", "temperature", "response_format", "metadata",
     "seed", "user", "reasoning_effort", "stream_options", "parallel_tool_calls"]
)  # fmt: skip
shapes = st.sampled_from(
    [SECRET, [SECRET], {"type": SECRET}, [{"type": SECRET}], [{"role": SECRET}], {"use": [SECRET]},
     [{"role": "user", "content": {"text": SECRET}}], {"type": "function", "function": SECRET}]
)  # fmt: skip


@given(places, shapes)
def test_no_refusal_quotes_a_value(place: str, shape: Any) -> None:
    """Catches a patient's name carried into an error message, and from there into somebody's logs."""
    said: list[InvalidPromptError] = []
    try:
        accepted(**{place: shape})
    except InvalidPromptError as error:
        said.append(error)
    for error in said:
        assert SECRET not in f"{error.reason} {error.param} {error!r}"
        assert error.__suppress_context__


def chunked(*pieces: bytes, length: str | None = None) -> tuple[Request, list[bytes]]:
    left = list(pieces)

    async def receive() -> dict[str, Any]:
        body = left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(left)}

    headers = [(b"content-length", length.encode())] if length else []
    return Request({"type": "http", "method": "POST", "headers": headers}, receive), left


async def test_a_body_within_the_limit_is_returned_whole() -> None:
    request, _ = chunked(b"abc", b"def")
    assert await read(request, 6) == b"abcdef"


async def test_a_body_announced_too_large_is_not_read() -> None:
    request, left = chunked(b"abc", b"def", length="7")
    with pytest.raises(PromptTooLargeError, match=r"^le corps de la requête dépasse 6 octets$"):
        await read(request, 6)
    assert left == [b"abc", b"def"]


async def test_reading_stops_at_the_limit_whatever_was_announced() -> None:
    """Catches a client that announces little, or nothing, and sends without end."""
    request, left = chunked(b"abc", b"defg", b"never read", length="3")
    with pytest.raises(PromptTooLargeError):
        await read(request, 6)
    assert left == [b"never read"]


async def test_a_caller_who_leaves_before_the_end_is_no_error_of_ours() -> None:
    """Catches hang-ups that are counted, and sound an alert, as faults that nobody foresaw."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    with pytest.raises(CallerGoneError):
        await read(Request({"type": "http", "method": "POST", "headers": []}, receive), 6)


@pytest.mark.parametrize(
    "fields",
    [
        {"messages": [1] * 1_000},
        {"messages": [{"role": "user", "content": [1] * 1_000}]},
        {"messages": [{"role": "assistant", "tool_calls": [1] * 1_000}]},
        {"tools": [1] * 1_000},
    ],
    ids=["messages", "parts", "calls", "tools"],
)
def test_a_thousand_faults_are_read_as_one(fields: dict[str, Any]) -> None:
    """Catches a body of four megabytes that takes seconds and gigabytes to be told of its first fault."""
    with pytest.raises(ValidationError) as caught:
        ChatRequest.model_validate_json(json.dumps({**HELLO, **fields}))
    assert caught.value.error_count() <= 2  # the list that was left is too short, besides


@pytest.mark.parametrize(
    "address",
    [
        "https://exemple.test/jean-morvan.png",
        "http://10.0.0.1/a",
        "file:///etc/hosts",
        "//a.b/c",
        " data:image/png;base64,AA",
        "data:image/png,AA",
        "data:,https://a.b",
        "gs://a/b",
        "",
    ],
)
def test_an_image_comes_whole(address: str) -> None:
    """The leak caught: an address, which may name a patient, relayed for the model's host to fetch."""
    error = refusal_of(messages=[user({"type": "image_url", "image_url": {"url": address}})])
    assert error.param == "messages[0].content[0].image_url.url"
    assert error.reason == (
        "le champ `messages[0].content[0].image_url.url` doit porter l’image elle-même (`data:image/png;base64,…`) : "
        "une adresse serait lue par un tiers."
    )


@pytest.mark.parametrize(
    "part",
    [
        {"type": "file", "file": {"file_data": "https://exemple.test/jean-morvan.pdf"}},
        {"type": "input_audio", "input_audio": {"data": "https://exemple.test/a.wav", "format": "wav"}},
    ],
)
def test_what_is_attached_comes_whole(part: dict[str, Any]) -> None:
    """The leak caught: the same, of a file or a sound."""
    error = refusal_of(messages=[user(part)])
    assert error.reason.endswith("doit porter le contenu lui-même, en base 64 : une adresse serait lue par un tiers.")


def test_what_is_attached_is_read() -> None:
    accepted(
        messages=[
            user(
                {"type": "image_url", "image_url": {"url": "data:image/svg+xml;base64,AA=="}},
                {"type": "file", "file": {"file_data": "data:application/pdf;base64,AA-_+/=", "filename": "cr.pdf"}},
                {"type": "file", "file": {"file_data": "AAAA"}},
                {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
            )
        ]
    )


def user(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"role": "user", "content": list(parts)}
