"""What is sent is what litellm's own configuration of a provider makes of a prompt."""

import json
from typing import Any

import pytest

from gateway.conversation import MediaPart, Message, Parameters, Role, Tool
from gateway.errors import UpstreamRefusedError
from gateway.upstream.target import Target
from gateway.upstream.translator import Translator, translator
from tests.fakes.prompts import masked

ADDRESS = "http://127.0.0.1:9/v1"


def made(model: str, base_url: str | None = ADDRESS, **target: Any) -> Translator:
    found = translator(Target("local", model, base_url, **target))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("model", "base_url", "url"),
    [
        ("hosted_vllm/m", ADDRESS, f"{ADDRESS}/chat/completions"),
        ("hosted_vllm/m", f"{ADDRESS}/", f"{ADDRESS}/chat/completions"),
        ("hosted_vllm/m", "http://127.0.0.1:9", "http://127.0.0.1:9/chat/completions"),
        ("mistral/m", None, "https://api.mistral.ai/v1/chat/completions"),
        ("mistral/m", "https://mistral.interne.example", "https://mistral.interne.example/v1/chat/completions"),
    ],
)
def test_where_requests_go(model: str, base_url: str | None, url: str) -> None:
    assert made(model, base_url).connection.url == url


def test_the_name_of_a_model_may_hold_slashes() -> None:
    body = json.loads(made("hosted_vllm/mistralai/Mistral-Small").body(masked("Bonjour"), stream=False))
    assert body == {"model": "mistralai/Mistral-Small", "messages": [{"role": "user", "content": "Bonjour"}]}


def test_the_key_goes_in_a_header() -> None:
    assert made("hosted_vllm/m", api_key="cle").connection.headers["Authorization"] == "Bearer cle"
    assert "none" in made("hosted_vllm/m").connection.headers["Authorization"]


def test_numbers_beyond_the_machine_s_pass() -> None:
    tool = Tool("f", None, {"type": "object", "properties": {"a": {"const": 2**80}}})
    body = json.loads(made("hosted_vllm/m").body(masked("é", tools=(tool,)), stream=True))
    assert body["tools"][0]["function"]["parameters"]["properties"]["a"]["const"] == 2**80
    assert body["stream_options"] == {"include_usage": True}


def test_an_unknown_parameter_is_refused() -> None:
    """Catches a parameter dropped in silence; the leak caught: litellm's words, which may quote the request."""
    with pytest.raises(UpstreamRefusedError) as caught:
        made("mistral/m").body(masked("Bonjour", parameters=Parameters(presence_penalty=0.5)), stream=False)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_attachments_are_refused_where_texts_only_may_leave() -> None:
    """The leak caught: an image, which nothing masks, sent with a masked text."""
    image = MediaPart("image_url", {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}})
    with pytest.raises(UpstreamRefusedError):
        made("hosted_vllm/m").body(masked(Message(Role.USER, (image,))), stream=False)
