"""The door for contests: for known callers, with a reason of a closed list."""

import datetime as dt
from dataclasses import dataclass, field

import orjson
import pytest

from config.settings import Settings
from gateway.app import create_app
from gateway.audit.contest import Contest, Reason
from gateway.errors import ContestedAlreadyError, RefusalAbsentError
from policies.facts import Caller
from tests.fakes.asgi import Visit
from tests.fakes.lines import Lines
from tests.fakes.pipeline import DOCTOR, ScriptedPipeline, services

AT = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
SECRET = "Jean Exemple"


@dataclass
class Desk:
    """Takes contests, or raises."""

    error: Exception | None = None
    taken: list[tuple[Caller, str, Reason]] = field(default_factory=list)

    async def contest(self, caller: Caller, refusal: str, reason: Reason) -> Contest:
        """Keep it."""
        if self.error is not None:
            raise self.error
        self.taken.append((caller, refusal, reason))
        return Contest(refusal, "hors_role", "5.1", reason, AT, AT)


async def contest(desk: Desk, body: object, key: str = "good") -> Visit:
    app = create_app(Settings(), Lines())
    app.state.services = services(ScriptedPipeline(), contests=desk)
    made = Visit(orjson.dumps(body), "/v1/refusals/out-1/contest", headers={"authorization": f"Bearer {key}"})
    await made.play(app)
    return made


@pytest.mark.parametrize("reason", Reason)
async def test_every_reason_is_taken(reason: Reason) -> None:
    desk = Desk()
    made = await contest(desk, {"reason": reason.value})
    assert made.status == 201
    assert made.response_headers["cache-control"] == "no-store"
    assert made.json() == {
        "refusal": "out-1",
        "code": "hors_role",
        "reason": reason.value,
        "contact": "dpo@hopital.example",
    }
    assert desk.taken == [(DOCTOR, "out-1", reason)]


@pytest.mark.parametrize(
    "body", [{}, {"reason": SECRET}, {"reason": "autre", "comment": SECRET}, {"reason": ["autre"]}, SECRET]
)
async def test_no_text_is_taken(body: object) -> None:
    """The leak caught: a patient's name, written to explain a contest, that is kept or repeated."""
    desk = Desk()
    made = await contest(desk, body)
    assert made.status == 400
    assert desk.taken == []
    assert SECRET.encode() not in made.content


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [(RefusalAbsentError(), 404, "refus_inconnu"), (ContestedAlreadyError(), 409, "refus_deja_conteste")],
)
async def test_what_cannot_be_contested_is_said(error: Exception, status: int, code: str) -> None:
    made = await contest(Desk(error), {"reason": "autre"})
    assert (made.status, made.json()["error"]["code"]) == (status, code)


async def test_nobody_contests_without_a_key() -> None:
    desk = Desk()
    assert (await contest(desk, {"reason": "autre"}, "bad")).status == 401
    assert desk.taken == []
