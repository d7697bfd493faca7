"""The OpenAPI document: what it shows is what is read and written."""

import json

import pytest
from pydantic import BaseModel

from config.settings import Settings
from gateway.api.schemas_answer import ChatAnswer, Problem
from gateway.api.schemas_chat import ChatRequest
from gateway.api.schemas_masking import MaskAnswer, MaskRequest
from gateway.api.schemas_outputs import VerifyAnswer, VerifyRequest
from gateway.app import create_app
from tests.fakes.lines import Lines


@pytest.mark.parametrize(
    "model", [ChatRequest, MaskRequest, VerifyRequest, ChatAnswer, MaskAnswer, VerifyAnswer, Problem]
)
def test_an_example_is_of_the_shape_that_it_shows(model: type[BaseModel]) -> None:
    """Catches an example that a programmer copies, and that is refused."""
    document = create_app(Settings(), Lines()).openapi()
    examples = document["components"]["schemas"][model.__name__]["examples"]
    assert examples
    for example in examples:
        assert model.model_validate_json(json.dumps(example))


def test_every_answer_is_described_in_french() -> None:
    document = create_app(Settings(), Lines()).openapi()
    answers = [
        answer["description"]
        for operations in document["paths"].values()
        for operation in operations.values()
        for answer in operation["responses"].values()
    ]
    assert "Successful Response" not in answers
    assert "'" not in "".join(answers) + document["info"]["description"]
