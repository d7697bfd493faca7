"""A policy is tried against the names that sanctioned models really answer under."""

import pytest

from filters.outbound.catalogue import load_catalogue
from filters.outbound.comparing import hosts_of, safety
from filters.outbound.names import canonical
from filters.outbound.policy import Policy
from filters.outbound.snapshot import compiled


@pytest.mark.parametrize(
    ("model", "host"),
    [
        ("mistral/mistral-medium-latest", "api.mistral.ai"),
        ("openai/gpt-5", "api.openai.com"),
        ("anthropic/claude-sonnet-4", "api.anthropic.com"),
        ("gemini/gemini-2.5-pro", "generativelanguage.googleapis.com"),
        ("vertex_ai/mistral-large", "europe-west9-aiplatform.googleapis.com"),
        ("bedrock/eu.anthropic.claude-sonnet-4", "bedrock-runtime.eu-west-3.amazonaws.com"),
        ("bedrock/converse/eu.anthropic.claude-sonnet-4", "bedrock-runtime.eu-central-1.amazonaws.com"),
    ],
)
def test_a_provider_has_its_hosts(model: str, host: str) -> None:
    hosts = hosts_of(model)
    assert host in hosts
    assert [canonical(one) for one in hosts] == list(hosts)


def test_a_region_in_the_name_is_the_only_one() -> None:
    """Would catch: a list for other filters that opens every region of Bedrock to staff, where one is called."""
    assert hosts_of("bedrock/eu-west-3/anthropic.claude-v2") == ("bedrock-runtime.eu-west-3.amazonaws.com",)
    profile = "bedrock/arn:aws:bedrock:sa-east-1:123456789012:inference-profile/essai"
    assert hosts_of(profile) == ("bedrock-runtime.sa-east-1.amazonaws.com",)


@pytest.mark.parametrize("model", ["azure/deploiement", "sagemaker/x", "inconnu/x", "x", ""])
def test_others_are_not_guessed(model: str) -> None:
    assert hosts_of(model) == ()


@pytest.mark.parametrize("model", ["bedrock/eu.anthropic.claude", "vertex_ai/gemini-2.5-pro", "cohere/command"])
def test_a_policy_that_refuses_programs_would_cut_them(model: str) -> None:
    """Would catch: the sanctioned model cut by the shipped catalogue, and nobody told before it is in force."""
    policy = Policy.model_validate({"version": "essai", "mode": "block", "categories": {"api": "bloquer"}})
    found = safety(compiled(policy, load_catalogue()), {"sanctionnee": hosts_of(model)})
    assert any(fault.startswith("La route « sanctionnee » passe par") for fault in found.faults)
