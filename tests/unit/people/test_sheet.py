"""What a role may do, what somebody lacks for it, and what ends soon."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from config.charter import SHIPPED
from gateway.people.person import Dossier, Training
from gateway.people.sheet import deadlines, openings, role_sheet, trainings_of, uses_of
from policies.charter import Charter
from policies.facts import Caller, Facts, Recognition, Route
from policies.loader import read_charter
from policies.people import GENERAL
from policies.standing import NOTHING, State
from tests.fakes.people import LATER, MARGOT, ROUTE, SOLENE, TODAY, TRAINED, charter

ASKS = charter(required="all")


def caller(dossier: Dossier, role: str = "medecin") -> Caller:
    return Caller("k", role, "cardiologie", person=dossier.person.id, standing=dossier.standing)


def test_a_sheet_has_the_uses_of_a_role_and_what_they_ask() -> None:
    permits = {permit.use.id: permit.needs for permit in role_sheet(ASKS, "medecin", TODAY)}
    assert "transmissions" not in permits
    assert permits["compte_rendu"].trainings == GENERAL
    assert permits["reflexion_clinique"].habilitation
    assert not permits["compte_rendu"].habilitation
    assert role_sheet(ASKS, "visiteur", TODAY) == ()
    assert uses_of(ASKS, "*", TODAY) == ()


def test_a_sheet_foretells_what_will_be_asked_and_says_what_is_not() -> None:
    foretold = {permit.use.id: permit.needs for permit in role_sheet(charter(), "medecin", TODAY)}
    assert foretold == {permit.use.id: permit.needs for permit in role_sheet(ASKS, "medecin", TODAY)}
    listed = {permit.use.id: permit.needs for permit in role_sheet(charter(required="listed"), "medecin", TODAY)}
    assert listed["compte_rendu"] == NOTHING
    assert listed["reflexion_clinique"].habilitation


def test_what_is_said_to_be_open_is_what_the_charter_allows() -> None:
    """Would catch: somebody who is told that a use is open, and is refused; or the reverse."""
    for rule in ({}, {"required": "listed"}, {"required": "all"}, {"required": "all", "sign": False}):
        asking = charter(**rule)
        for dossier in (TRAINED, Dossier(SOLENE), replace(TRAINED, habilitations=())):
            who = caller(dossier)
            for opening in openings(asking, who, TODAY):
                decision = asking.decide(who, Facts(opening.use.id, None, TODAY, recognition=Recognition()))
                assert decision.allowed is (opening.lack is None)
                assert opening.lack is None or opening.lack.code.value == decision.code


def test_a_key_limited_to_some_uses_opens_no_other() -> None:
    limited = replace(caller(TRAINED), uses=frozenset({"codage"}))
    assert [opening.use.id for opening in openings(ASKS, limited, TODAY)] == ["codage"]


def kept_to(services: frozenset[str], routes: Sequence[Route]) -> Charter:
    """Return the shipped charter with one use kept to these services, over these routes."""
    text = read_charter(SHIPPED, ["demo"]).result()
    uses = tuple(
        use.model_copy(update={"services": services}) if use.id == "compte_rendu" else use for use in text.uses
    )
    return Charter(text.model_copy(update={"uses": uses}), routes)


def test_a_use_of_another_service_or_without_a_route_is_not_opened() -> None:
    """Would catch: a use said to be open, which is kept to another service or which no model serves."""
    who = caller(TRAINED)
    for services in (frozenset({"urgences"}), frozenset({"cardiologie"}), frozenset({"*"})):
        for routes in ([ROUTE], [replace(ROUTE, expires=TODAY - dt.timedelta(days=1))], []):
            keeping = kept_to(services, routes)
            told = [opening.use.id for opening in openings(keeping, who, TODAY)]
            assert told == [use.id for use in keeping.open_to(who, TODAY)]
            assert ("compte_rendu" in told) is (routes == [ROUTE] and "urgences" not in services)


def test_trainings_are_those_one_has_and_those_one_will_be_asked_for() -> None:
    extra = Dossier(MARGOT, (Training("p77", "NUIT", TODAY, LATER), Training("p77", "RGPD", TODAY, LATER)))
    assert trainings_of(charter(), extra, "ide", TODAY) == {
        "IA-SOCLE": None,
        "RGPD": LATER,
        "RESP": None,
        "NUIT": LATER,
    }


def test_deadlines_come_nearest_first_and_a_renewal_ends_them() -> None:
    """Would catch: a warning about a training that has been followed again since."""
    day = dt.timedelta(days=1)
    dossier = Dossier(
        MARGOT,
        (
            Training("p77", "RGPD", TODAY - 400 * day, TODAY - 35 * day),
            Training("p77", "RESP", TODAY - 400 * day, TODAY - 35 * day),
            Training("p77", "RESP", TODAY - 30 * day, LATER),
            Training("p77", "IA-SOCLE", TODAY - 300 * day, TODAY + 30 * day),
            Training("p77", "NUIT", TODAY - 300 * day, TODAY + 31 * day),
        ),
    )
    found = [(one.what, one.state) for one in deadlines([TRAINED, dossier], TODAY)]
    assert found == [("RGPD", State.EXPIRED), ("IA-SOCLE", State.ENDING)]
    assert [one.what for one in deadlines([dossier], TODAY, 31)] == ["RGPD", "IA-SOCLE", "NUIT"]
