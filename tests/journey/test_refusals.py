"""Refusals that teach, in both languages, and what their caller can do about a wrong one."""

from typing import Any

import httpx
import openai
import pytest
from openai import AsyncOpenAI

from gateway.database import Database
from gateway.identity.sql import KeyRequest, SqlDirectory
from tests.fakes.house import House
from tests.fakes.openai_server import RecordingUpstream

SECRET = "Mme Solène Kerbrat"
TRIAGE = f"Classe ces patients par ordre de priorité et dis qui peut attendre : {SECRET}, M. Roux, M. Le Goff."
ASKED: dict[str, Any] = {"model": "transmissions", "messages": [{"role": "user", "content": TRIAGE}]}


async def refusal(client: AsyncOpenAI, asked: dict[str, Any]) -> openai.PermissionDeniedError:
    with pytest.raises(openai.PermissionDeniedError) as caught:
        await client.chat.completions.create(**asked)
    return caught.value


async def out_of_role(house: House) -> dict[str, Any]:
    """Ask for what a medical secretary may not do, and return what is told besides the message."""
    asked = {"model": "codage", "messages": [{"role": "user", "content": f"Code le séjour de {SECRET}."}]}
    return ecluse(await refusal(house.openai("secretaire_medicale"), asked))


def ecluse(error: openai.APIStatusError) -> dict[str, Any]:
    found: dict[str, Any] = error.response.json()["error"]["ecluse"]
    return found


async def contest(http: httpx.AsyncClient, id_: str, reason: str = "exercice_fictif", **headers: str) -> httpx.Response:
    return await http.post(f"/v1/refusals/{id_}/contest", json={"reason": reason}, headers=headers)


@pytest.mark.parametrize("stream", [False, True])
async def test_a_refusal_teaches_in_both_languages(house: House, upstream: RecordingUpstream, *, stream: bool) -> None:
    """Catches a refusal that says no without what, why, what instead, whom to ask and how to report an error."""
    french, english = [
        await refusal(house.openai(default_headers={"Accept-Language": wanted}), ASKED | {"stream": stream})
        for wanted in ("fr", "en-GB, fr;q=0.5")
    ]
    for error, language, parts in (
        (french, "fr", ("La charte interdit ceci :", "Ce qui est permis :", "Rien n’a été envoyé", "Contestez-le")),
        (english, "en", ("The charter forbids this:", "What is allowed:", "Nothing was sent", "Contest it")),
    ):
        told, message = ecluse(error), error.response.json()["error"]["message"]
        assert error.code == "tri_patients"
        assert (error.response.headers["content-language"], error.response.headers["vary"]) == (
            language,
            "Accept-Language",
        )
        assert error.response.headers["ecluse-output"] == told["refusal"]
        said = (told["reason"], told["article"], told["instead"], told["contact"], told["refusal"])
        assert [part for part in (*parts, *said, "/v1/charter#tri_patients") if part not in message] == []
        assert told["contest"] == f"/v1/refusals/{told['refusal']}/contest"
        assert {"use", "title"} == set(told["alternatives"][0])
        assert SECRET not in error.response.text
    assert ecluse(french)["refusal"] != ecluse(english)["refusal"]
    assert house.lines.written[-1]["output_id"] == ecluse(english)["refusal"]
    assert upstream.requests == []


async def test_fixed_errors_speak_english_too(house: House) -> None:
    with pytest.raises(openai.AuthenticationError) as caught:
        await house.openai(api_key="ecl_x", default_headers={"Accept-Language": "en"}).models.list()
    assert "ask the IT department" in str(caught.value)
    assert caught.value.response.headers["content-language"] == "en"
    async with house.http() as http:
        answer = await http.get("/nulle-part", headers={"Accept-Language": "en;q=0.9, fr;q=0.1"})
        assert answer.json()["error"]["message"].startswith("There is nothing at this address")
        assert (await http.get("/nulle-part")).headers["content-language"] == "fr"


@pytest.mark.usefixtures("innocent")
async def test_a_refusal_is_contested_once_by_its_caller(house: House, upstream: RecordingUpstream) -> None:
    told = await out_of_role(house)
    refusal_id = told["refusal"]
    async with house.http("secretaire_medicale") as mine, house.http("dpo") as other, house.http(None) as nobody:
        assert (await contest(nobody, refusal_id)).status_code == 401
        unknown = await contest(other, refusal_id)
        never = await contest(other, "0" * 32)
        assert unknown.status_code == never.status_code == 404
        assert unknown.json() == never.json()
        assert (await contest(mine, refusal_id, SECRET)).status_code == 400
        extra = {"reason": "autre", "comment": SECRET}
        assert (await mine.post(told["contest"], json=extra)).json()["error"]["code"] == "champ_inconnu"
        made = await contest(mine, refusal_id)
        assert made.status_code == 201
        assert made.json() == {
            "refusal": refusal_id, "code": "hors_role", "reason": "exercice_fictif", "contact": told["contact"],
        }  # fmt: skip
        again = await contest(mine, refusal_id, **{"Accept-Language": "en"})
        assert (again.status_code, again.json()["error"]["code"]) == (409, "refus_deja_conteste")
        assert "already been contested" in again.json()["error"]["message"]
        assert (await contest(other, refusal_id)).json() == never.json()
        metrics = (await mine.get("/metrics")).text
    assert 'ecluse_contests_total{code="hors_role",reason="exercice_fictif"} 1.0' in metrics
    assert upstream.requests == []


async def test_an_answer_cannot_be_contested(house: House, upstream: RecordingUpstream) -> None:
    async with house.http() as http:
        hello = {"model": "reformulation", "messages": [{"role": "user", "content": "Reformule : il va bien."}]}
        answer = await http.post("/v1/chat/completions", json=hello)
        assert answer.status_code == 200, answer.text
        assert (await contest(http, answer.headers["Ecluse-Output"])).status_code == 404
    assert len(upstream.requests) == 1


async def test_another_key_of_the_same_role_is_somebody_else(house: House) -> None:
    """The leak caught: a colleague who learns, from a contest, what somebody else was refused."""
    told = await out_of_role(house)
    database = Database(house.settings.identity_database_url)
    key = await SqlDirectory(database).create(KeyRequest("secretaire_medicale", "cardiologie"))
    await database.close()
    async with house.http(None) as http:
        answer = await contest(http, told["refusal"], Authorization=f"Bearer {key.reveal()}")
    assert answer.status_code == 404


async def test_what_was_contested_is_in_the_report_and_in_no_text(house: House) -> None:
    """The leak caught: a name that was refused, kept with the contest."""
    told = await out_of_role(house)
    async with house.http("secretaire_medicale") as mine, house.http("dpo") as officer:
        assert (await contest(mine, told["refusal"])).status_code == 201
        report = (await officer.get("/v1/usage")).json()
    assert {"count", "text"} == set(report["contests"])
    assert report["tables"]["contest"]
    database = Database(house.settings.database_url)
    async with database.engine.connect() as connection:
        journal = (await connection.exec_driver_sql("SELECT * FROM journal")).all()
    await database.close()
    assert [row for row in journal if "contested" in str(row)]
    assert "Kerbrat" not in str(journal)
