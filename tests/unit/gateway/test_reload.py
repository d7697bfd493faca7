"""A new charter makes new services; whoever has the old ones ends under the old charter."""

from collections.abc import Callable
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

import pytest

from config.charter import SHIPPED
from filters.identifiers.entity import ALL_LABELS
from gateway.api.context import Services, local_date
from gateway.people.desk import Desk
from gateway.people.directory import PeopleDirectory
from gateway.people.office import Office
from gateway.pipeline import Pipeline
from gateway.reload import under
from policies.charter import Charter
from policies.facts import AiSystem, Route, Tier
from policies.loader import read_charter
from policies.people import PeopleRule, Required
from policies.rule import CharterText
from tests.fakes.pipeline import OneKey, services

ROUTES = [Route("demo", Tier.D1, "FR", AiSystem("Essai", "1", "Éditeur"))]
TEXT = read_charter(SHIPPED, ["demo"]).result()
NEWER = TEXT.model_copy(update={"version": "2027-01-01", "people": PeopleRule(required=Required.ALL)})


def house(text: CharterText, labels: frozenset[str] = frozenset(map(str, ALL_LABELS))) -> Services:
    """Return services whose stages are never called."""
    none: Any = None
    charter = Charter(text, ROUTES)
    stages: Callable[..., Any] = Pipeline
    return services(
        stages(**dict.fromkeys((one.name for one in fields(Pipeline)), none) | {"charter": charter}),
        charter=charter,
        masking=SimpleNamespace(labels=labels),
        directory=OneKey(),
        people=Office(none, Desk(charter, ["Essai"], local_date), frozenset({"dpo"})),
    )


def test_everything_that_knows_the_charter_knows_the_new_one() -> None:
    """Would catch: a request that one charter admits and another one answers."""
    old = house(TEXT)
    new = under(old, NEWER, ROUTES)
    assert {new.charter.version, new.pipeline.charter.version, new.people.desk.charter.version} == {"2027-01-01"}
    assert new.pipeline.charter is new.charter
    assert isinstance(new.directory, PeopleDirectory)
    assert old.charter.version == old.pipeline.charter.version == "2026-11-23"


def test_a_charter_that_asks_nothing_of_people_does_not_read_their_register() -> None:
    old = house(TEXT)
    again = under(under(under(old, NEWER, ROUTES), NEWER, ROUTES), TEXT, ROUTES)
    assert again.directory is old.directory


def test_a_charter_beyond_what_is_masked_is_refused() -> None:
    """Would catch: an identifier that leaves because nothing looks for it."""
    with pytest.raises(ValueError, match=r"Aucun détecteur ne trouve .*IPP"):
        under(house(TEXT, frozenset({"NOM"})), NEWER, ROUTES)
