"""The services that are known, and whose a host is."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.charter import SHIPPED
from config.errors import FaultsError
from filters.outbound.catalogue import SERVICES, Catalogue, catalogue_of, load_catalogue, read_services
from filters.outbound.errors import ClaimedTwiceError
from filters.outbound.guards import load_guards
from filters.outbound.names import canonical
from filters.outbound.service import Category, Service
from policies.inheritance import read_inherited

CATALOGUE = load_catalogue()
DOMAINS = [domain for service in CATALOGUE.services.values() for domain in service.domains]


def service(id_: str, *domains: str) -> Service:
    return Service(id_, id_, "Éditeur", "FR", Category.CHAT, domains)


def test_size_and_breadth() -> None:
    assert len(CATALOGUE.services) >= 120
    assert {one.category for one in CATALOGUE.services.values()} == set(Category)
    assert {"FR", "DE", "US", "CN", "RU"} <= {one.country for one in CATALOGUE.services.values()}


def test_nothing_that_is_listed_would_cut_too_much() -> None:
    guards = load_guards()
    assert [objection for domain in DOMAINS if (objection := guards.objection(domain))] == []


def test_names_are_canonical_and_each_stands_once() -> None:
    assert [canonical(domain) for domain in DOMAINS] == DOMAINS
    assert len(set(DOMAINS)) == len(DOMAINS)


def test_every_entry_was_reviewed_and_names_uses_of_the_shipped_charter() -> None:
    """The page of a refused site would send somebody to a use that does not exist."""
    uses = {use.id for use in read_inherited(SHIPPED).result().uses}
    for one in CATALOGUE.services.values():
        assert one.reviewed is not None
        assert one.reviewed >= dt.date(2026, 11, 26)
        assert one.instead in {"", *uses}, one.id


def test_every_note_is_used_and_is_a_sentence() -> None:
    used = {risk for one in CATALOGUE.services.values() for risk in one.risks}
    assert used == set(CATALOGUE.risks.values())
    assert all(risk.endswith(".") and risk[0].isupper() for risk in used)


@pytest.mark.parametrize(
    ("host", "id_"),
    [
        ("chatgpt.com", "chatgpt"),
        ("www.ChatGPT.com.:443", "chatgpt"),
        ("auth.openai.com", "chatgpt"),
        ("api.openai.com", "openai_api"),
        ("sora.chatgpt.com", "sora"),
        ("chat.mistral.ai", "le_chat"),
        ("lumo.proton.me", "lumo"),
        ("scribe.heidihealth.com", "heidi"),
        ("abc.hf.space", "hugging_face"),
        ("gemini.google.com", "gemini"),
    ],
)
def test_whose_a_host_is(host: str, id_: str) -> None:
    found = CATALOGUE.service_of(host)
    assert found is not None
    assert found.id == id_


@pytest.mark.parametrize(
    "host",
    [
        "notopenai.com",
        "openai.com.evil.fr",
        "google.com",
        "proton.me",
        "has-sante.fr",
        "1.2.3.4",
        "::1",
        "",
        "-",
        "a b",
    ],
)
def test_hosts_of_no_service(host: str) -> None:
    assert CATALOGUE.service_of(host) is None


@given(st.sampled_from(DOMAINS), st.from_regex(r"[a-z0-9]{1,10}", fullmatch=True))
def test_a_service_has_what_is_below_its_names(domain: str, label: str) -> None:
    assert CATALOGUE.service_of(f"{label}.{domain}") is not None
    assert CATALOGUE.service_of(f"{domain}.{label}.example") is None


def test_a_name_of_two_services_is_a_fault() -> None:
    with pytest.raises(ClaimedTwiceError) as raised:
        Catalogue({"a": service("a", "x.example"), "b": service("b", "y.example", "x.example")})
    assert raised.value.clashes == (("x.example", "a", "b"),)


def test_a_longer_name_may_belong_to_another() -> None:
    both = Catalogue({"a": service("a", "x.example"), "b": service("b", "y.x.example")})
    assert both.service_of("z.y.x.example") is both.services["b"]
    assert both.service_of("y.example") is None


def test_a_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CATALOGUE.services["x"] = service("x", "x.example")  # type: ignore[index]


ENTRY = """  - id: {id}
    name: Outil
    vendor: Éditeur
    country: FR
    category: chat
    domains: {domains}
    risks: [{risk}]
    reviewed: 2026-11-26
"""


def test_faults_of_a_file_are_told_together(tmp_path: Path) -> None:
    file = tmp_path / "services.yaml"
    file.write_text(
        'risks:\n  hors_ue: "Hors UE."\nservices:\n'
        + ENTRY.format(id="un", domains="[ok.example, googleapis.com]", risk="hors_ue")
        + ENTRY.format(id="un", domains="[OK.example.]", risk="hors_eu")
        + ENTRY.format(id="Deux", domains="[]", risk="hors_ue").replace("FR", "France"),
        encoding="utf-8",
    )
    with pytest.raises(FaultsError) as raised:
        read_services(file, load_guards()).result()
    told = {(fault.line, fault.column): fault.message for fault in raised.value.faults}
    assert set(told) == {(9, 27), (12, 9), (17, 15), (18, 13), (20, 9), (23, 14), (25, 14)}
    assert "est partagé" in told[9, 27]
    assert "deux fois" in told[12, 9]
    assert "« ok.example » est déjà un nom de « un »" in told[17, 15]
    assert "vouliez-vous écrire `hors_ue`" in told[18, 13]


def test_a_file_without_faults(tmp_path: Path) -> None:
    file = tmp_path / "services.yaml"
    file.write_text(
        'risks:\n  hors_ue: "Hors UE."\nservices:\n'
        + ENTRY.format(id="un", domains="[OK.example, hôpital.example]", risk="hors_ue"),
        encoding="utf-8",
    )
    one = catalogue_of(read_services(file, load_guards()).result()).services["un"]
    assert one.domains == ("ok.example", "xn--hpital-ixa.example")
    assert one.risks == ("Hors UE.",)


def test_the_shipped_file_is_sorted_by_category() -> None:
    found = [
        line.split(": ")[1] for line in SERVICES.read_text(encoding="utf-8").splitlines() if "    category:" in line
    ]
    assert len(set(found)) == sum(one != before for one, before in zip(found, ["", *found], strict=False))
