"""One request at a time: what of it reached the model in clear, and whether its echo came back whole."""

import random
from typing import NamedTuple

import orjson

from bench.peers.checks import Leak, leaks, together, wrong
from bench.peers.load import Address, bodies, control, run
from bench.peers.notes import LONG, SHORT, history, talk


class Probed(NamedTuple):
    """What was found."""

    leak: Leak
    wrong: int
    read: int
    errors: int


async def probed(upstream: int, address: Address, count: int) -> Probed:
    """Return it for so many long notes, as many short ones and a fifth as many conversations; the same for all."""
    draw = random.Random(11)
    talks = [talk(draw, size) for size in (LONG, SHORT) for _ in range(count)]
    talks += [talk(draw, SHORT, before=history(draw)) for _ in range(count // 5)]
    found, false, read, errors = [], 0, 0, 0
    for one in talks:
        await control(upstream, "/record")
        seen = await run(address, bodies(address, [one], stream=False), callers=1, times=1)
        # What reached no model let nothing through, and is no merit: it is left out of the share.
        if reached := orjson.loads(await control(upstream, "/seen")):
            found.append(leaks(one, reached))
        false, read, errors = false + wrong(seen.answers), read + len(seen.answers), errors + len(seen.errors)
    return Probed(together(found), false, read, errors)
