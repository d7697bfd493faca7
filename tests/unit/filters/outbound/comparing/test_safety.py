"""A policy that would cut what the hospital needs is told before it is in force."""

from typing import Any

from filters.outbound.comparing import safety
from tests.fakes.outbound_policies import snapshot

ROUTES = {"demo": ("api.bavard.example",), "vllm": ("llm.interne.example",)}


def test_nothing_is_said_where_nothing_is_cut() -> None:
    found = safety(snapshot(services={"bavard": "bloquer"}), ROUTES)
    assert (found.faults, found.notes) == ((), ())


def test_a_route_that_staff_may_not_reach_is_a_note_and_without_gateway_a_fault() -> None:
    """Would catch: the sanctioned models cut by the policy that steers people to them."""
    keys: dict[str, Any] = {"mode": "observe", "services": {"bavard_api": "bloquer"}}
    found = safety(snapshot(**keys), ROUTES)
    assert found.faults == ()
    assert found.notes[0].startswith("La route « demo » passe par « api.bavard.example », que la politique refuse")
    found = safety(snapshot(**keys, gateway=[]), ROUTES)
    assert found.faults[0].endswith("donnez l’adresse de la passerelle sous `gateway`, sinon la route sera coupée.")
    assert found.notes == ()


def test_one_host_of_several_is_enough_to_cut_a_route() -> None:
    """Would catch: a model of Bedrock whose region is the one that the policy refuses."""
    made = snapshot(services={"bavard_api": "bloquer"}, gateway=[])
    found = safety(made, {"demo": ("llm.interne.example", "api.bavard.example")})
    assert found.faults[0].startswith("La route « demo » passe par « api.bavard.example »")


def test_a_route_whose_host_is_not_known_is_told() -> None:
    found = safety(snapshot(services={"bavard": "bloquer"}), {"autre": ()})
    assert found.faults == ()
    assert "« autre » n’a pas pu être essayée" in found.notes[0]


def test_a_rule_for_some_counts_too() -> None:
    rule = {"id": "r", "status": "avertir", "services": ["bavard_api"], "subnets": ["10.4.0.0/16"], "days": ["mardi"]}
    assert safety(snapshot(rules=[rule], gateway=[]), ROUTES).faults


def test_the_page_and_the_approved_tool_can_be_reached() -> None:
    """Would catch: people who are refused, and refused the page that says why."""
    pages = {"page": "https://x.bavard.example/", "approved": "https://scribe.example/"}
    found = safety(snapshot(**pages, categories={"chat": "bloquer", "transcription": "avertir"}), {})
    assert [fault.partition(" ne ")[0] for fault in found.faults] == [
        "La page de blocage, « x.bavard.example »,",
        "L’outil approuvé, « scribe.example »,",
    ]
    assert safety(snapshot(**pages, categories={"chat": "bloquer"}, never_block=["bavard.example"]), {}).faults == ()


def test_a_snapshot_that_lost_its_protections_is_told() -> None:
    """Would catch: a snapshot compiled without the names that no policy may cut."""
    made = snapshot(services={"bavard": "bloquer"})
    bavard = made.table.names["bavard.example"]
    made.table.names.update({name: bavard for name, number in made.table.names.items() if number == 0})
    assert len(safety(made, {}).faults) > 50
