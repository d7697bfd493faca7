"""What is the fast road's own; what it shares with the general one is in `test_provider.py`."""

import asyncio
import json
from contextlib import aclosing

import pytest

from gateway.conversation import ChoiceDelta, Chunk, MediaPart, Message, Role, TextPart, Usage
from gateway.errors import UpstreamRefusedError
from gateway.upstream import provider
from gateway.upstream.direct_client import DirectModel
from gateway.upstream.target import Target
from tests.fakes.openai_server import Pieces, Raw, RecordingUpstream, Says, recording_upstream
from tests.fakes.prompts import masked

IMAGE = MediaPart("image_url", {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}})


def model_at(server: RecordingUpstream, *, media: bool = False) -> DirectModel:
    model = provider.model(Target("local", "hosted_vllm/m", server.url, timeout_seconds=20, media=media))
    assert isinstance(model, DirectModel)
    return model


async def read(model: DirectModel) -> list[Chunk]:
    async with aclosing(model.stream(masked("Bonjour"))) as chunks:
        return [chunk async for chunk in chunks]


def said(*texts: str, finish: str | None = None) -> bytes:
    wire = [{"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]} for text in texts]
    wire += [{"choices": [{"index": 0, "delta": {}, "finish_reason": finish}], "usage": None}] if finish else []
    return b"".join(b"data: %s\n\n" % json.dumps(one).encode() for one in wire)


async def test_what_comes_at_once_leaves_as_one() -> None:
    """Catches a gateway that pays for each piece of a burst, and one that holds a piece back to wait for others."""
    async with recording_upstream() as server:
        model = model_at(server)
        server.reply_with(
            Pieces([said("Bon", "jour"), said(" à", " tous", finish="stop"), b"data: [DONE]\n\n"], pause=0.1)
        )
        chunks = await read(model)
        await model.close()
    assert [chunk for chunk in chunks if chunk.deltas] == [
        Chunk("local", (ChoiceDelta(0, "Bonjour"),)),
        Chunk("local", (ChoiceDelta(0, " à tous", finish_reason="stop"),)),
    ]


async def test_a_piece_leaves_before_the_next_one_comes() -> None:
    async with recording_upstream() as server:
        model = model_at(server)
        server.reply_with(Says("Bonjour", hold_after=2))
        async with asyncio.timeout(60), aclosing(model.stream(masked("Bonjour"))) as chunks:
            async for chunk in chunks:
                if chunk.deltas:
                    break
        assert chunk.deltas[0].text.startswith("Bon")
        await model.close()


async def test_a_comment_is_no_sign_of_life() -> None:
    """Catches a server that only says that it is there, and holds a request for ever: no other route is tried."""
    async with recording_upstream() as server:
        model = model_at(server)
        server.reply_with(Pieces([b": alive\n\n", said("Oui", finish="stop") + b"data: [DONE]\n\n"], pause=0.05))
        first, *_ = await read(model)
        assert [delta.text for delta in first.deltas] == ["Oui"]
        await model.close()


@pytest.mark.parametrize("stream", [False, True])
async def test_attachments_go_by_the_general_road(*, stream: bool) -> None:
    """Catches what litellm fetches for attachments of some kinds waited for by every caller of the fast road."""
    prompt = masked(Message(Role.USER, (TextPart("Voici"), IMAGE)))
    async with recording_upstream() as server:
        model = model_at(server, media=True)
        server.reply_with(Says("Oui"))
        if stream:
            async with aclosing(model.stream(prompt)) as chunks:
                text = "".join([delta.text async for chunk in chunks for delta in chunk.deltas])
        else:
            text = (await model.complete(prompt)).choices[0].text or ""
        await model.close()
        assert text == "Oui"
        assert server.bodies[0]["messages"][0]["content"][1] == IMAGE.payload


async def test_an_ending_that_is_not_known_is_refused() -> None:
    """Catches an answer that was cut for a reason nobody knows, told as one that ended."""
    answer = {"choices": [{"index": 0, "message": {"content": "Oui"}, "finish_reason": "aborted"}]}
    async with recording_upstream() as server:
        model = model_at(server)
        server.reply_with(Raw(json.dumps(answer).encode()))
        with pytest.raises(UpstreamRefusedError):
            await model.complete(masked("Bonjour"))
        server.reply_with(Raw(json.dumps(answer).replace("aborted", "eos").encode()))
        assert (await model.complete(masked("Bonjour"))).usage == Usage()
        await model.close()
