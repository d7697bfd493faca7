"""What a request for a tool may hold: closed lists, a name, a host; nothing that tells a patient."""

import contextlib
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.outbound.desk.asking import FormError, Lists, read
from gateway.outbound.desk.request import LONGEST_TEXT, Status

NOW = dt.datetime(2026, 11, 26, 10, tzinfo=dt.UTC)
HOSTS = {"chatgpt.com": "chatgpt", "www.chatgpt.com": "chatgpt"}
LISTS = Lists(
    {"chatgpt", "deepl"}.__contains__,
    lambda host: HOSTS.get(host, ""),
    ("traduction",),
    ("cardiologie", "urgences"),
)
FIELDS = {"tool": "DeepL Write", "purpose": "traduction", "department": "urgences"}


def faults(**fields: Any) -> dict[str, str]:
    with pytest.raises(FormError) as refused:
        read(FIELDS | fields, LISTS, NOW)
    return refused.value.faults


def test_a_request_is_read() -> None:
    made = read(
        FIELDS | {"address": "DeepL.com.", "text": " Lettres\r\n de liaison ", "contact": "A.B@Hopital.fr"}, LISTS, NOW
    )
    assert (made.service, made.tool, made.address) == ("", "DeepL Write", "deepl.com")
    assert (made.text, made.contact, made.status) == ("Lettres de liaison", "a.b@hopital.fr", Status.RECEIVED)
    assert read(FIELDS, LISTS, NOW).id != read(FIELDS, LISTS, NOW).id


def test_a_known_service_is_named_by_its_id() -> None:
    made = read({**FIELDS, "service": "deepl"}, LISTS, NOW)
    assert (made.service, made.tool, made.address) == ("deepl", "", "")
    pasted = read({**FIELDS, "tool": "GPT", "address": "https://www.chatgpt.com/c/9f"}, LISTS, NOW)
    assert (pasted.service, pasted.tool, pasted.address) == ("chatgpt", "", "")


def test_of_a_pasted_address_only_the_host_is_kept() -> None:
    """The leak caught: a patient's name in the path or the query of an address that somebody pastes."""
    made = read(
        FIELDS | {"address": "https://kerbrat:secret@outil.example:8443/dossier/Kerbrat?q=Solene#p"}, LISTS, NOW
    )
    assert made.address == "outil.example"
    assert "erbrat" not in repr(made)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("service", "inconnu"),
        ("tool", ""),
        ("tool", "x" * 61),
        ("tool", "IPP 8004512376"),
        ("tool", "Mme Kerbrat 12/03/1950"),
        ("tool", "06 12 34 56 78"),
        ("tool", "a@b.fr"),
        ("tool", "<script>"),
        ("address", "10.1.2.3"),
        ("address", "intranet"),
        ("address", "http://["),
        ("address", "deux mots"),
        ("purpose", "tout"),
        ("purpose", ""),
        ("department", "dermatologie"),
        ("department", ""),
        ("text", "x" * (LONGEST_TEXT + 1)),
        ("contact", "Solène"),
        ("contact", "a@b.fr, c@d.fr"),
    ],
)
def test_what_is_wrong_is_said_by_field_and_not_repeated(field: str, typed: str) -> None:
    """The leak caught: what somebody typed into the wrong field, shown again or written in a log."""
    said = faults(**{field: typed})
    assert list(said) == [field]
    assert not typed or typed not in said[field]


def test_every_fault_is_said_at_once() -> None:
    assert set(faults(tool="", purpose="", department="")) == {"tool", "purpose", "department"}


def test_without_departments_none_is_asked() -> None:
    lists = Lists(LISTS.known, LISTS.service_of, LISTS.uses, ())
    assert read(FIELDS | {"department": ""}, lists, NOW).department == ""
    with pytest.raises(FormError):
        read(FIELDS, lists, NOW)


@given(st.dictionaries(st.sampled_from(["service", "tool", "address", "text", "contact"]), st.text(), max_size=2))
def test_anything_typed_is_a_request_or_faults(fields: dict[str, str]) -> None:
    with contextlib.suppress(FormError):
        made = read(FIELDS | fields, LISTS, NOW)
        assert all(value.isprintable() for value in (made.tool, made.address, made.text, made.contact))
