"""Fitting the encoder to the passages: Adam with a small rate, since it knows the language already."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import numpy as np
import optax

from policies.practices.judge.pieces import LONGEST, Cutter, filled
from policies.practices.training.composing import Composer, Passage
from policies.practices.training.judge.network import Batch, Plan, Weights, scores
from policies.practices.training.loss import distance

_ROWS = 48
_LENGTHS = (24, 40, 64, 96, LONGEST)
RATE = 2e-4
_WARM = 0.06

jax.config.update("jax_default_prng_impl", "rbg")


def batches(passages: Sequence[Passage], cutter: Cutter, rng: np.random.Generator) -> Iterator[Batch]:
    """Yield the passages in batches of like length, in a new order; each batch has one of a few shapes."""
    cuts = cutter.cut([passage.text for passage in passages])
    order = sorted(range(len(passages)), key=lambda place: len(cuts[place]) + rng.random() * 6)
    groups = [order[at : at + _ROWS] for at in range(0, len(order), _ROWS)]
    for number in rng.permutation(len(groups)):
        group = groups[number]
        missing = _ROWS - len(group)
        longest = max(len(cuts[place]) for place in group)
        pieces = filled(
            [*(cuts[place] for place in group), *[[0]] * missing],
            next(length for length in _LENGTHS if longest <= length),
        )
        yield {
            "numbers": pieces.numbers,
            "mask": pieces.mask,
            "practice": np.array([*(passages[place].practice for place in group), *[0] * missing], np.int32),
            "use": np.array([*(passages[place].use for place in group), *[-1] * missing], np.int32),
            "weight": np.array([1.0] * len(group) + [0.0] * missing, np.float32),
        }


def fit(
    weights: Weights,
    composer: Composer,
    cutter: Cutter,
    plan: Plan,
    *,
    rounds: int,
    seed: int,
    told: Callable[[float, float], None],
    rate: float = RATE,
) -> Weights:
    """Return fitted weights after `rounds` passes; `told` hears how many passes are done, and the latest loss.

    `rate` is the largest step; steps grow to it at first, then shrink until nothing is left of them.
    """
    rng, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    count = -(-len(list(composer.passages())) // _ROWS)
    steps = optax.warmup_cosine_decay_schedule(0.0, rate, int(_WARM * rounds * count), rounds * count, rate / 50)
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(steps, weight_decay=0.01))
    state = optimizer.init(weights)

    @jax.jit  # type: ignore[untyped-decorator]  # JAX is not followed by the type checker
    def step(weights: Weights, state: Any, batch: Batch, key: Any) -> tuple[Weights, Any, Any]:  # noqa: ANN401
        value, slope = jax.value_and_grad(lambda now: distance(scores(now, batch, plan, key), batch))(weights)
        change, state = optimizer.update(slope, state, weights)
        return optax.apply_updates(weights, change), state, value

    for number in range(rounds):
        for place, batch in enumerate(batches(list(composer.passages()), cutter, rng)):
            key, drawn = jax.random.split(key)
            weights, state, value = step(weights, state, batch, drawn)
            told(number + min(1.0, (place + 1) / count), float(value))
    return weights
