"""A tool hands over who the patient is: then no writing of it leaves, and nothing of it stays."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.house import House
from tests.fakes.openai_server import RecordingUpstream

USE = "reformulation"
"""Appends no notice, so that texts can be compared byte for byte."""

PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "name": [{"use": "official", "family": "Zédrouk-Valmorin", "given": ["Ysaline"]}],
    "birthDate": "1951-03-14",
    "identifier": [{"value": "7701234568"}],
    "address": [{"line": ["3 avenue du Docteur Calmelin"], "city": "Brévanec", "postalCode": "29300"}],
    "telecom": [{"system": "phone", "value": "+33639981234"}, {"system": "email", "value": "yzv51@courriel.example"}],
    "gender": "female",
}
NOTE = (
    "revu zedrouk ce matin, toux ; Y. Valmorin dort mal. z e d r o u k valmorinysaline\n"
    "quatorze mars cinquante et un — 77 01 23 45 68 — 06.39 98-12\n34 — yzv51 @ courriel . example\n"
    "3 av Dr calmelin, brevanec. Un pansement, ceftriaxone 2 g."
)
WRITTEN = (
    *("zedrouk", "valmorin", "ysaline", "z e d r o u k", "quatorze mars", "cinquante et un", "77 01 23", "06.39"),
    *("yzv51", "calmelin", "brevanec"),
)
_CLOCK = re.compile(r"\d\d:\d\d:\d\d\.\d+")
KEPT = ("revu", "ce matin, toux", "dort mal", "Un pansement, ceftriaxone 2 g.")


def asked(*, stream: bool) -> dict[str, Any]:
    return {
        "model": USE,
        "stream": stream,
        "messages": [{"role": "user", "content": NOTE}],
        "ecluse": {"patient": PATIENT},
    }


def identity(received: str) -> list[str]:
    """Return what can be read of the patient, of what the note writes and of what was handed over."""
    told = ("7701234568", "1951-03-14", "639981234", "resourceType", "Zédrouk")
    return [text for text in (*WRITTEN, *told) if text.lower() in received.lower()]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_no_writing_of_a_known_patient_leaves(house: House, upstream: RecordingUpstream, *, stream: bool) -> None:
    """The leak caught: a spelling that no detector would find, of somebody who was named to the gateway."""
    async with house.http() as http:
        answer = await http.post("/v1/chat/completions", json=asked(stream=stream))
    assert answer.status_code == 200, answer.text
    assert len(upstream.requests) == 1
    received = upstream.everything.decode() + json.dumps(upstream.bodies, ensure_ascii=False)
    assert identity(received) == []
    assert [text for text in KEPT if text not in received] == []
    assert _said(answer.text, stream=stream) == NOTE


async def test_who_asks_is_masked_in_every_writing_too(house: House) -> None:
    """The leak caught: the signature of who writes, which no detector takes for a name."""
    practitioner = {"resourceType": "Practitioner", "name": [{"family": "Zédrouk-Calm", "given": ["Ysé"]}]}
    text = "relu z e d r o u k calm, vu avec zedroukcalm"
    async with house.http() as http:
        answer = await http.post("/v1/mask", json={"text": text, "ecluse": {"practitioner": practitioner}})
    masked = answer.json()["masked"]
    assert [word for word in ("z e d", "zedrouk", "calm") if word in masked] == []
    assert masked.startswith("relu [NOM")


async def test_a_known_patient_is_forgotten_with_the_request(house: House, upstream: RecordingUpstream) -> None:
    """The leak caught: an identity in the journal, a log line or a file, or shown by what the next caller is masked."""
    text = "revu zedrouk ce matin"
    async with house.http() as http:
        first = await http.post("/v1/mask", json={"text": text, "ecluse": {"patient": PATIENT}})
        second = await http.post("/v1/mask", json={"text": text})
        await http.post("/v1/chat/completions", json=asked(stream=False))
        # The same words as a text that was never seen: whatever the first request left behind would make a difference.
        unseen = await http.post("/v1/mask", json={"text": f"{text} "})
    assert first.json()["masked"] == "revu [NOM_1] ce matin"
    assert first.json()["spans"] == [{"start": 5, "end": 12, "label": "NOM"}]
    assert second.json()["spans"] == unseen.json()["spans"]
    kept = "".join(path.read_bytes().decode("latin-1") for path in _files(house))
    # A clock may show 06.39 too.
    assert identity(_CLOCK.sub("", f"{kept} {house.lines.written}")) == []
    assert upstream.requests


async def test_a_bad_identity_is_refused_before_anything_is_sent(house: House, upstream: RecordingUpstream) -> None:
    async with house.http() as http:
        for address, rest in (("/v1/mask", {"text": "a"}), ("/v1/chat/completions", asked(stream=False))):
            answer = await http.post(address, json={**rest, "ecluse": {"patient": {"nom": "Zédrouk"}}})
            assert answer.status_code == 400
            assert answer.json()["error"]["param"] == "ecluse.patient.nom"
            assert "Zédrouk" not in answer.text
    assert upstream.requests == []


def _said(answer: str, *, stream: bool) -> str:
    if not stream:
        return str(json.loads(answer)["choices"][0]["message"]["content"])
    lines = [line.removeprefix("data: ") for line in answer.splitlines() if line.startswith("data: {")]
    deltas = [choice["delta"] for line in lines for choice in json.loads(line)["choices"]]
    return "".join(delta.get("content") or "" for delta in deltas)


def _files(house: House) -> list[Path]:
    return [path for path in house.settings.data_dir.rglob("*") if path.is_file()]
