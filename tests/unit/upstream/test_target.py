"""Where a route leads."""

from gateway.upstream.target import Target


def test_the_key_is_not_shown() -> None:
    """The leak caught: the provider's key in a traceback or a log."""
    assert "cle" not in repr(Target("local", "hosted_vllm/m", api_key="cle"))


def test_the_provider_stands_first() -> None:
    assert Target("local", "mistral/magistral/x").provider == "mistral"
