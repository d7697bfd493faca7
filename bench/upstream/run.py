"""What a call and a streamed piece cost in processor time, on each road to a model, beside the bare libraries.

Figures of one machine compare with nothing but each other: read the ratios. Rounds are interleaved in random order. The
server runs in a process of its own; what is counted is the caller's process, the kernel's work for it included.

    python -m bench.upstream.run [--rounds 8]
"""

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import uvloop

from gateway.conversation import Chunk, MaskedPrompt, Message, Parameters, Prompt, Role
from gateway.upstream import outgoing, provider
from gateway.upstream.litellm_client import LitellmModel
from gateway.upstream.model import Model
from gateway.upstream.quiet_litellm import litellm
from gateway.upstream.router import Patience, Road, RoutedUpstream
from gateway.upstream.target import Target
from policies.facts import AiSystem, Route, Tier

PIECES = 300
PACES = {"at once": None, "one by one": 2_000}
"""Microseconds between two pieces; the first is what a caller sees that is late."""
ROUTE = Route("banc", Tier.D1, "FR", AiSystem("Banc", "1", "Banc"))

Call = Callable[[MaskedPrompt, bool], Awaitable[int]]
"""Asks, and returns how many characters came."""


class Unmasked:
    """Replacements that replace nothing: the prompts are invented."""

    texts = ("Bonjour, un mot.",)
    system_line = None


def prompt(pieces: int, pace: int | None) -> MaskedPrompt:
    """Return a prompt that asks the server for so many pieces."""
    parameters = Parameters(max_tokens=pieces, seed=pace)
    return Prompt((Message(Role.USER, Unmasked.texts[0]),), parameters=parameters).masked_with(Unmasked())


def read_by_hand(url: str, session: aiohttp.ClientSession) -> Call:
    """Return what passes an answer through: aiohttp, its lines, orjson, the text of each piece."""

    async def call(asked: MaskedPrompt, stream: bool) -> int:  # noqa: FBT001
        body = {"model": "m", **outgoing.arguments(asked, media=False), "stream": stream}
        total = 0
        async with session.post(f"{url}/chat/completions", data=orjson.dumps(body)) as response:
            if not stream:
                return len(orjson.loads(await response.read())["choices"][0]["message"]["content"])
            async for line in response.content:
                if line.startswith(b"data: {"):
                    for choice in orjson.loads(line[6:])["choices"]:
                        total += len(choice["delta"].get("content") or "")
        return total

    return call


def read_by_litellm(url: str) -> Call:
    """Return litellm's own call, as its documentation shows it."""

    async def call(asked: MaskedPrompt, stream: bool) -> int:  # noqa: FBT001
        sent = outgoing.arguments(asked, media=False)
        fixed = {"model": "hosted_vllm/m", "api_base": url, "api_key": "none"}
        options = {"stream": True, "stream_options": {"include_usage": True}} if stream else {}
        answer: Any = await litellm.acompletion(**sent, **fixed, **options)
        if not stream:
            return len(answer.choices[0].message.content)
        return sum([len(piece.choices[0].delta.content or "") async for piece in answer if piece.choices])

    return call


def read_by(model: Model) -> Call:
    """Return one of our roads."""

    async def call(asked: MaskedPrompt, stream: bool) -> int:  # noqa: FBT001
        if not stream:
            return sum(len(choice.text or "") for choice in (await model.complete(asked)).choices)
        async with aclosing(model.stream(asked)) as chunks:
            return sum([characters(chunk) async for chunk in chunks])

    return call


def read_by_routes(routed: RoutedUpstream) -> Call:
    """Return one of our roads, with the router's patience around it."""

    async def call(asked: MaskedPrompt, stream: bool) -> int:  # noqa: FBT001
        if not stream:
            return sum(len(choice.text or "") for choice in (await routed.complete(asked, (ROUTE,))).choices)
        async with aclosing(routed.stream(asked, (ROUTE,))) as chunks:
            return sum([characters(chunk) async for chunk in chunks])

    return call


def characters(chunk: Chunk) -> int:
    """Return how much text a chunk holds."""
    return sum(len(delta.text) for delta in chunk.deltas)


async def cost(call: Call, asked: MaskedPrompt, times: int, *, stream: bool) -> float:
    """Return the microseconds of processor time that one call takes."""
    before = time.process_time()
    for _ in range(times):
        if not await call(asked, stream):
            raise RuntimeError("an answer without a word")
    return (time.process_time() - before) / times * 1e6


async def measure(calls: Mapping[str, Call], rounds: int) -> Iterator[str]:
    """Return the figures as a Markdown table."""
    samples: dict[tuple[str, str], list[float]] = {}
    for number in range(rounds + 1):
        turns = list(calls)
        random.shuffle(turns)
        for name in turns:
            print(f"\rround {number}/{rounds}, {name:30}", end="", file=sys.stderr, flush=True)
            took = {"call": await cost(calls[name], prompt(1, None), 60, stream=False)}
            for pace, pause in PACES.items():
                took[f"{pace}, one"] = await cost(calls[name], prompt(1, pause), 10, stream=True)
                took[f"{pace}, many"] = await cost(
                    calls[name], prompt(PIECES + 1, pause), 1 if pause else 3, stream=True
                )
            if number:  # the first round warms up
                for kind, value in took.items():
                    samples.setdefault((name, kind), []).append(value)
    print(file=sys.stderr)
    # The least, since other work on the machine only ever adds.
    return table(calls, {key: min(values) for key, values in samples.items()})


def table(calls: Mapping[str, Call], least: Mapping[tuple[str, str], float]) -> Iterator[str]:
    """Yield the lines of the table, with the multiple of the first line behind each figure."""
    bare: list[float] = []
    yield "| road | a call, µs | a piece, all at once, µs | a piece, one by one, µs |"
    yield "|---|---|---|---|"
    for name in calls:
        pieces = [(least[name, f"{pace}, many"] - least[name, f"{pace}, one"]) / PIECES for pace in PACES]
        figures = [least[name, "call"], *pieces]
        bare = bare or figures
        told = (f"{figure:.1f} ({figure / first:.2f} x)" for figure, first in zip(figures, bare, strict=True))
        yield f"| {name} | {' | '.join(told)} |"


@contextmanager
def served() -> Iterator[str]:
    """Start the server, give its address, and stop it."""
    command = [sys.executable, str(Path(__file__).with_name("server.py"))]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None  # noqa: S101  (asked for above)
        yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
    finally:
        server.terminate()
        server.wait(10)


async def main(rounds: int) -> None:
    """Measure and print."""
    with served() as url:
        target = Target("banc", "hosted_vllm/m", url)
        fast, general = provider.model(target), LitellmModel(target)
        routed = RoutedUpstream({ROUTE.id: Road(provider.model(target), Patience())})
        async with aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session:
            calls = {
                "bare aiohttp": read_by_hand(url, session),
                "fast road": read_by(fast),
                "fast road, routed": read_by_routes(routed),
                "bare litellm.acompletion": read_by_litellm(url),
                "general road": read_by(general),
            }
            print("\n".join(await measure(calls, rounds)))
        for opened in (fast, general, routed):
            await opened.close()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    uvloop.run(main(options.parse_args().rounds))
