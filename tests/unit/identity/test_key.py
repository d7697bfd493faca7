"""The shape of an API key."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.identity.key import new_key, parse


def test_keys_come_back_and_never_twice() -> None:
    keys = [new_key() for _ in range(200)]
    assert [parse(key.reveal()) for key in keys] == keys
    assert len({key.prefix for key in keys}) == len({key.secret for key in keys}) == 200


@given(st.text())
def test_anything_may_be_sent_as_a_key(sent: str) -> None:
    """Would catch a header that ends in an error of the server."""
    key = parse(sent)
    assert key is None or key.reveal() == sent


def test_a_key_matches_its_own_digest_only() -> None:
    key, other = new_key(), new_key()
    assert key.matches(key.digest)
    assert not key.matches(other.digest)
    assert not key.matches("")
