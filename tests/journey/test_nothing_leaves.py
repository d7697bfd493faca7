"""Nothing that identifies a patient is in any byte that a model's server receives; all of it is in the answer."""

import json
from typing import Any

import pytest

from tests.fakes.house import House
from tests.fakes.openai_server import Call, RecordingUpstream, Says
from tests.fakes.patients import MARGOT, SOLENE, Patient

pytestmark = pytest.mark.usefixtures("innocent")

USE = "reformulation"
"""Appends no notice, so that texts can be compared byte for byte."""


def leaked(upstream: RecordingUpstream, *patients: Patient) -> list[str]:
    """Return the identifiers found in what was received: raw, and with JSON's escapes read."""
    received = upstream.everything.decode("utf-8", "replace")
    readable = json.dumps(upstream.bodies, ensure_ascii=False)
    assert received
    return [
        text
        for patient in patients
        for text in (*patient.identifiers, patient.last.upper(), patient.nir.replace(" ", ""), patient.phone[3:])
        if text in received or text in readable
    ]


def everywhere(patient: Patient) -> dict[str, Any]:
    """Return a request with this patient in every place that can carry a text."""
    function = {
        "name": "chercher_dossier",
        "description": f"Cherche le dossier de Mme {patient.first} {patient.last}, née le {patient.birth}.",
        "parameters": {
            "type": "object",
            "description": f"Patiente {patient.first} {patient.last}",
            "properties": {
                "nom": {"type": "string", "enum": [patient.last], "description": f"NIR {patient.nir}"},
                f"Mme {patient.last}": {"type": "string"},
            },
        },
    }
    schema = {
        "type": "object",
        "title": f"Compte rendu de Mme {patient.first} {patient.last}",
        "properties": {"nom": {"type": "string", "const": patient.last}},
    }
    return {
        "messages": [
            {"role": "system", "content": f"Tu aides au suivi de Mme {patient.first} {patient.last}."},
            {"role": "developer", "content": [{"type": "text", "text": f"Courriel de la patiente : {patient.mail}"}]},
            {"role": "user", "name": patient.last, "content": patient.note()},
            {
                "role": "assistant",
                "content": f"Je cherche le dossier de Mme {patient.last}.",
                "tool_calls": [
                    {
                        "id": f"call_{patient.last}",
                        "type": "function",
                        "function": {
                            "name": "chercher_dossier",
                            "arguments": json.dumps({"nom": patient.last, "prenom": patient.first, "nir": patient.nir}),
                        },
                    }
                ],
            },
            {
                "role": "tool",
                "tool_call_id": f"call_{patient.last}",
                "content": json.dumps({"nom": patient.last, "telephone": patient.phone, "ville": patient.town}),
            },
            {
                "role": "assistant",
                "content": [{"type": "refusal", "refusal": f"Rien à dire de {patient.last}."}],
            },
            {"role": "user", "content": [{"type": "text", "text": f"Et Mme {patient.last} ?"}]},
        ],
        "tools": [{"type": "function", "function": function}],
        "response_format": {"type": "json_schema", "json_schema": {"name": "cr", "schema": schema}},
        "stop": [f"Fin du dossier de Mme {patient.first} {patient.last}"],
        "user": patient.mail,
        "metadata": {"use": USE, "case": patient.nir, "note": patient.last},
    }


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_no_place_of_a_request_carries_an_identifier_out(
    house: House, upstream: RecordingUpstream, *, stream: bool
) -> None:
    """Catches a field that is relayed without having been masked: the leak that this product exists to prevent."""
    async with house.http() as http:
        answer = await http.post(
            "/v1/chat/completions", json={"model": "modele", "stream": stream, **everywhere(SOLENE)}
        )
    assert answer.status_code == 200, answer.text
    assert len(upstream.requests) == 1
    assert leaked(upstream, SOLENE) == []


async def test_a_whole_answer_is_restored_byte_for_byte(house: House, upstream: RecordingUpstream) -> None:
    client = house.openai()
    answer = await client.chat.completions.create(model=USE, messages=[{"role": "user", "content": SOLENE.note()}])
    assert answer.choices[0].message.content == SOLENE.note()
    assert leaked(upstream, SOLENE) == []


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 40])
async def test_a_streamed_answer_is_restored_byte_for_byte(
    house: House, upstream: RecordingUpstream, piece: int
) -> None:
    """Catches a placeholder that is cut between two chunks and reaches the reader in pieces."""
    upstream.reply_with(lambda body: Says(body["messages"][-1]["content"], piece=piece))
    stream = await house.openai().chat.completions.create(
        model=USE, messages=[{"role": "user", "content": SOLENE.note()}], stream=True
    )
    text = "".join([chunk.choices[0].delta.content or "" async for chunk in stream])
    assert text == SOLENE.note()
    assert leaked(upstream, SOLENE) == []


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_arguments_of_tools_are_restored_as_json(
    house: House, upstream: RecordingUpstream, *, stream: bool
) -> None:
    """Catches a quote or a line break of a value that breaks the arguments' JSON."""

    def calls(body: Any) -> Says:
        return Says(None, [Call("noter", json.dumps({"texte": body["messages"][-1]["content"]}))], piece=5)

    upstream.reply_with(calls)
    tool = {"type": "function", "function": {"name": "noter", "parameters": {"type": "object"}}}
    asked: dict[str, Any] = {"model": USE, "messages": [{"role": "user", "content": SOLENE.note()}], "tools": [tool]}
    client = house.openai()
    if stream:
        chunks = [chunk async for chunk in await client.chat.completions.create(**asked, stream=True)]
        pieces = [call for chunk in chunks for call in chunk.choices[0].delta.tool_calls or []]
        arguments = "".join(piece.function.arguments or "" for piece in pieces if piece.function)
    else:
        answer = await client.chat.completions.create(**asked)
        arguments = answer.choices[0].message.tool_calls[0].function.arguments
    assert json.loads(arguments) == {"texte": SOLENE.note()}
    assert leaked(upstream, SOLENE) == []


async def test_two_patients_are_never_swapped(house: House, upstream: RecordingUpstream) -> None:
    """Catches one placeholder for two people: the answer about one would carry the name of the other."""
    messages = [
        {"role": "user", "content": SOLENE.note()},
        {"role": "assistant", "content": f"Mme {SOLENE.last} est stable."},
        {"role": "user", "content": MARGOT.note()},
    ]
    upstream.reply_with(
        lambda body: Says("\n---\n".join(m["content"] for m in body["messages"] if m["role"] == "user"))
    )
    answer = await house.openai().chat.completions.create(model=USE, messages=messages)
    assert answer.choices[0].message.content == f"{SOLENE.note()}\n---\n{MARGOT.note()}"
    assert leaked(upstream, SOLENE, MARGOT) == []


async def test_a_conversation_sent_again_keeps_its_patients_apart(house: House, upstream: RecordingUpstream) -> None:
    """Catches numbering that changes between turns, so that an earlier answer points at somebody else."""
    client = house.openai()
    first = [{"role": "user", "content": SOLENE.note()}]
    said = (await client.chat.completions.create(model=USE, messages=first)).choices[0].message.content
    upstream.reply_with(lambda body: Says(_said_by_the_user(body)[0]))
    turns = [*first, {"role": "assistant", "content": said}, {"role": "user", "content": MARGOT.note()}]
    answer = await client.chat.completions.create(model=USE, messages=turns)
    assert answer.choices[0].message.content == SOLENE.note()
    assert _said_by_the_user(upstream.bodies[0])[0] == _said_by_the_user(upstream.bodies[1])[0]
    assert leaked(upstream, SOLENE, MARGOT) == []


async def test_provider_keys_and_headers_of_the_caller_stay_here(house: House, upstream: RecordingUpstream) -> None:
    """Catches the caller's own key, or a header that names a case, sent on to the provider."""
    client = house.openai(default_headers={"Ecluse-Case": "DOSSIER-17", "X-Patient": SOLENE.last})
    await client.chat.completions.create(model=USE, messages=[{"role": "user", "content": "Bonjour"}])
    assert house.keys["medecin"].encode() not in upstream.everything
    assert b"DOSSIER-17" not in upstream.everything
    assert leaked(upstream, SOLENE) == []


def _said_by_the_user(body: Any) -> list[str]:
    return [message["content"] for message in body["messages"] if message["role"] == "user"]
