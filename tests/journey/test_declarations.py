"""Ways to declare a use, and what the charter answers."""

from typing import Any

import openai
import pytest

from tests.fakes.house import House
from tests.fakes.openai_server import RecordingUpstream

HELLO = [{"role": "user", "content": "Reformule : le patient est stable."}]


async def post(house: House, headers: dict[str, str] | None = None, role: str = "medecin", **body: Any) -> Any:
    async with house.http(role) as http:
        return await http.post("/v1/chat/completions", json={"messages": HELLO, **body}, headers=headers)


@pytest.mark.parametrize(
    ("headers", "body", "route"),
    [
        ({}, {"model": "reformulation"}, "modele"),
        ({}, {"model": "reformulation@certifie"}, "certifie"),
        ({"Ecluse-Use": "reformulation"}, {"model": "modele"}, "modele"),
        ({"Ecluse-Use": "reformulation"}, {"model": "certifie"}, "certifie"),
        ({}, {"model": "certifie", "metadata": {"use": "reformulation"}}, "certifie"),
        ({"Ecluse-Use": "reformulation"}, {"model": "reformulation", "metadata": {"use": "reformulation"}}, "modele"),
    ],
)
async def test_every_way_to_declare_a_use(
    house: House, upstream: RecordingUpstream, headers: dict[str, str], body: dict[str, Any], route: str
) -> None:
    answer = await post(house, headers, **body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["model"] == body["model"]
    assert answer.json()["ecluse"]["use"] == "reformulation"
    assert answer.json()["ecluse"]["output_id"] == answer.headers["Ecluse-Output"]
    assert house.lines.written[-1]["output_id"] == answer.headers["Ecluse-Output"]
    assert len(upstream.requests) == 1
    assert route in {"modele", "certifie"}


async def test_two_uses_at_once_are_refused(house: House, upstream: RecordingUpstream) -> None:
    answer = await post(house, {"Ecluse-Use": "traduction"}, model="reformulation")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "usages_contradictoires"
    assert upstream.requests == []


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("body", "role", "code"),
    [
        ({"model": "modele"}, "medecin", "usage_requis"),
        ({"model": "usage_inventé"}, "medecin", "usage_inconnu"),
        ({"model": "codage"}, "secretaire_medicale", "hors_role"),
        ({"model": "reflexion_clinique"}, "medecin", "usage_ferme"),
        ({"model": "reformulation@ailleurs"}, "medecin", "route_inconnue"),
    ],
)
async def test_refusals_teach_and_send_nothing(
    house: House, upstream: RecordingUpstream, body: dict[str, Any], role: str, code: str, *, stream: bool
) -> None:
    """Catches a refusal that says no without saying what is allowed instead, and whom to ask."""
    answer = await post(house, role=role, stream=stream, **body)
    assert answer.status_code == 403
    error = answer.json()["error"]
    assert (error["code"], error["type"]) == (code, "permission_error")
    assert "Rien n’a été envoyé au modèle." in error["message"]
    assert error["ecluse"]["article"]
    assert error["ecluse"]["contact"]
    assert {"use", "title"} <= set(error["ecluse"]["alternatives"][0])
    assert upstream.requests == []


async def test_an_official_client_shows_the_refusal(house: House, upstream: RecordingUpstream) -> None:
    with pytest.raises(openai.PermissionDeniedError) as caught:
        await house.openai().chat.completions.create(model="modele", messages=HELLO)
    assert caught.value.code == "usage_requis"
    error: Any = caught.value.body
    assert "reformulation" in [other["use"] for other in error["ecluse"]["alternatives"]]
    assert "Usages possibles : « " in str(caught.value)
    assert upstream.requests == []


async def test_an_image_goes_to_a_certified_host_only(house: House, upstream: RecordingUpstream) -> None:
    """Catches an image, in which nothing can be masked, sent to a route for masked data."""
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}
    messages = [{"role": "user", "content": [{"type": "text", "text": "Décris."}, image]}]
    answer = await post(house, model="reformulation@modele", messages=messages)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "palier_insuffisant"
    assert upstream.requests == []


async def test_the_menu_is_what_may_be_asked(house: House, upstream: RecordingUpstream) -> None:
    """Catches a menu that promises what a request is refused."""
    client = house.openai("secretaire_medicale")
    entries = [entry async for entry in client.models.list()]
    assert {"compte_rendu", "compte_rendu@modele", "compte_rendu@certifie"} <= {entry.id for entry in entries}
    assert "reflexion_clinique" not in {entry.id for entry in entries}
    for entry in entries:
        answer = await client.chat.completions.create(model=entry.id, messages=HELLO)
        assert answer.model == entry.id
    assert len(upstream.requests) == len(entries)
    one = await client.models.retrieve("compte_rendu@certifie")
    assert one.model_dump()["ecluse"]["system"] == {"name": "Modèle d'essai", "version": "1.0"}
    with pytest.raises(openai.NotFoundError):
        await client.models.retrieve("reflexion_clinique")


async def test_no_key_no_entry(house: House, upstream: RecordingUpstream) -> None:
    for credential in ("ecl_inconnue", house.keys["medecin"][:-1]):
        with pytest.raises(openai.AuthenticationError):
            await house.openai(api_key=credential).chat.completions.create(model="reformulation", messages=HELLO)
    assert upstream.requests == []
