"""What may be written down of an attempt."""

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.outbound.counting.event import (
    BrokenLineError,
    Event,
    Note,
    engine_id,
    label,
    noted,
    read,
    service_id,
    written,
)
from tests.fakes.attempts import event


def test_an_event_comes_back_as_it_was_written() -> None:
    assert read(written(event())) == event()
    assert read(noted(Note.LOST, 3)) == (Note.LOST, 3)


@pytest.mark.parametrize("host", ["chatgpt.com", "api.openai.com:443", "10.0.0.1", "ChatGPT", "é", "a b", ""])
def test_a_host_is_no_service(host: str) -> None:
    """Would catch: the host of an unknown service on disk, which says what somebody looked at."""
    assert service_id(host) == ""


@pytest.mark.parametrize(
    "telling",
    ["10.1.2.3", "2001:db8::1", "slebihan@hopital.example", "HOPITAL\\slebihan", "pc12.hopital.example", "a\nb"],
)
def test_a_department_is_no_address_and_no_user(telling: str) -> None:
    """Would catch: a table of departments that gives back the address where it knows none."""
    assert label(telling) == ""


@pytest.mark.parametrize("name", ["cardiologie", "Pôle femme, mère, enfant", "Méd. interne", "Bât. B - urgences"])
def test_departments_have_names(name: str) -> None:
    assert label(f" {name} ") == name


def test_engines_are_a_closed_list() -> None:
    assert [engine_id(name) for name in ("squid", "pc12", "")] == ["squid", "other", "other"]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'["e",1]',
        b'["n","gossip",1]',
        b'["n","lost",-1]',
        b'["e",true,"","","","","","",""]',
        written(event()._replace(pseudonym="slebihan")),
        written(event()._replace(service="chatgpt.com")),
        written(event()._replace(department="10.0.0.1")),
        written(event()._replace(verdict="perhaps")),
        written(event()._replace(at=-1)),
        written(event()._replace(at=2**60)),
        written(event()._replace(at=10**12)),
    ],
)
def test_what_is_no_event_is_refused_without_being_repeated(line: bytes) -> None:
    """Would catch: another system user who puts a name into the database by way of the spool."""
    with pytest.raises(BrokenLineError) as caught:
        read(line)
    assert str(caught.value) in {"no event", "no JSON"}


ANY = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers(), max_size=2)


@given(st.sampled_from(["e", "n"]), st.integers(0, 9), ANY)
def test_a_field_that_is_another_is_kept_as_it_is_or_refused(kind: str, place: int, field: object) -> None:
    """Would catch: a line that another system user has altered, and that ends the count of all the others."""
    fields: list[object] = [kind, *(event() if kind == "e" else (Note.LOST.value, 3))]
    fields[place % len(fields)] = field
    try:
        line = orjson.dumps(fields)
    except TypeError:  # an integer beyond JSON's, or half a character
        line = json.dumps(fields).encode()
    try:
        found = read(line)
    except BrokenLineError:
        assert fields not in (["e", *event()], ["n", Note.LOST.value, 3])
    else:
        again = written(found) if isinstance(found, Event) else noted(*found)
        assert orjson.loads(again) == fields


@given(st.binary())
def test_what_is_no_json_is_refused(line: bytes) -> None:
    with pytest.raises(BrokenLineError):
        read(line)
