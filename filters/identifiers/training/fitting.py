"""Fitting the network to a corpus: batches of like length, Adam with a rate that warms up and cools down."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import numpy as np
import optax

from filters.identifiers.tagger.features import Floats
from filters.identifiers.training.dataset import Example
from filters.identifiers.training.network import Batch, Plan, Weights, fresh, loss, scores

_LENGTHS = (16, 32, 64, 128, 256, 512)
"""Texts are padded to one of these; longer ones are cut."""

_TOKENS = 4096
"""Tokens in a batch."""

_RATE = 2e-3
_WARM = 200
_TOLD_EVERY = 20

_SETTLED = 0.5
_COOL = 1 / 3
"""From this share of the steps on the rate stays at this share of its height, and the weights that are kept are the
mean of all that follow: a wide place among good ones, which documents of other hands move less (stochastic weight
averaging)."""


def batches(examples: Sequence[Example], table: Floats, rng: np.random.Generator) -> Iterator[Batch]:
    """Yield every example once, in batches of like length, in a new order."""
    by_length: dict[int, list[int]] = {length: [] for length in _LENGTHS}
    for place in rng.permutation(len(examples)):
        count = len(examples[place].tags)
        by_length[next((length for length in _LENGTHS if count <= length), _LENGTHS[-1])].append(int(place))
    groups = [
        (length, places[at : at + _TOKENS // length])
        for length, places in by_length.items()
        for at in range(0, len(places), _TOKENS // length)
    ]
    for number in rng.permutation(len(groups)):
        length, places = groups[number]
        yield _batch([examples[place] for place in places], length, table)


def _batch(examples: Sequence[Example], length: int, table: Floats) -> Batch:
    rows = _TOKENS // length

    def filled(name: str, kind: type, *more: int) -> Any:  # noqa: ANN401
        array: Any = np.zeros((rows, length, *more), kind)
        for row, one in enumerate(examples):
            values = one.tags if name == "tags" else getattr(one.features, name)
            array[row, : min(length, len(values))] = values[:length]
        return array

    first = examples[0].features
    mask = np.zeros((rows, length), np.float32)
    for row, one in enumerate(examples):
        mask[row, : len(one.tags)] = 1.0
    return {
        "vectors": table[filled("rows", np.int32)],
        "words": filled("words", np.int32),
        "shapes": filled("shapes", np.int32),
        "grams": filled("grams", np.int32, first.grams.shape[1]),
        "flags": filled("flags", np.float32, first.flags.shape[1]),
        "tags": filled("tags", np.int32),
        "mask": mask,
    }


def fit(
    rounds: Sequence[Callable[[], Sequence[Example]]],
    table: Floats,
    plan: Plan,
    *,
    seed: int,
    told: Callable[[int, float], None],
    steps: int,
) -> Weights:
    """Return trained weights after one pass over the examples of each round; `told` hears each step and its loss."""
    settled = max(int(steps * _SETTLED), _WARM + 1)
    rate = optax.warmup_cosine_decay_schedule(0.0, _RATE, _WARM, settled, _RATE * _COOL)
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=0.01))
    weights = fresh(plan, table.shape[1], seed)
    state = optimizer.init(weights)

    @jax.jit  # type: ignore[untyped-decorator]  # JAX is not followed by the type checker
    def step(weights: Weights, state: Any, batch: Batch, key: Any) -> tuple[Weights, Any, Any]:  # noqa: ANN401
        value, slope = jax.value_and_grad(loss)(weights, batch, plan, key)
        change, state = optimizer.update(slope, state, weights)
        return optax.apply_updates(weights, change), state, value

    @jax.jit  # type: ignore[untyped-decorator]  # the same
    def blended(mean: Weights, weights: Weights, share: float) -> Weights:
        mixed: Weights = jax.tree.map(lambda old, new: old + (new - old) * share, mean, weights)
        return mixed

    mean, rng, key, number, kept = weights, np.random.default_rng(seed), jax.random.PRNGKey(seed), 0, 0
    for examples in rounds:
        for batch in batches(examples(), table, rng):
            key, drawn = jax.random.split(key)
            weights, state, value = step(weights, state, batch, drawn)
            number += 1
            if number % _TOLD_EVERY == 0:
                kept = kept + 1 if number > settled else 1
                mean = blended(mean, weights, 1 / kept)
                told(number, float(value))
    return mean


def judged(weights: Weights, plan: Plan, examples: Sequence[Example], table: Floats) -> Iterator[tuple[Any, Any]]:
    """Yield, batch by batch, the tags that the network gives and the right ones, padding left out."""
    best = jax.jit(lambda weights, batch: scores(weights, batch, plan).argmax(axis=-1))
    for batch in batches(examples, table, np.random.default_rng(0)):
        given = np.asarray(best(weights, batch))
        kept = batch["mask"] > 0
        yield given[kept], batch["tags"][kept]
