"""Fitting the network to the passages: Adam, a rate that warms up and cools down, the mean of the latest weights."""

from collections.abc import Callable
from typing import Any

import jax
import numpy as np
import optax

from policies.practices.chances import Floats
from policies.practices.sieve.features import Reader
from policies.practices.training.composing import Composer
from policies.practices.training.loss import distance
from policies.practices.training.sieve.dataset import batches
from policies.practices.training.sieve.network import Batch, Plan, Weights, fresh, scores

_RATE = 2e-3
_MEMORY = 0.98
"""The weights that are kept are a running mean of the latest: they swing less with the last texts read."""


def fit(
    composer: Composer,
    reader: Reader,
    table: Floats,
    plan: Plan,
    *,
    rounds: int,
    seed: int,
    told: Callable[[int, float], None],
) -> Weights:
    """Return trained weights after `rounds` passes; `told` hears each pass and its mean loss.

    Row 0 of `table` is empty.
    """
    rng = np.random.default_rng(seed)
    first = list(composer.passages())
    steps = rounds * (len(first) // 48 + 1)
    rate = optax.warmup_cosine_decay_schedule(0.0, _RATE, 100, max(steps, 200), _RATE / 50)
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=0.02))
    weights = fresh(plan, table.shape[1], seed)
    state = optimizer.init(weights)

    @jax.jit  # type: ignore[untyped-decorator]  # JAX is not followed by the type checker
    def step(weights: Weights, mean: Weights, state: Any, batch: Batch, key: Any) -> tuple[Weights, Weights, Any, Any]:  # noqa: ANN401
        value, slope = jax.value_and_grad(lambda now: distance(scores(now, batch, plan, key), batch))(weights)
        change, state = optimizer.update(slope, state, weights)
        weights = optax.apply_updates(weights, change)
        mean = jax.tree.map(lambda old, new: _MEMORY * old + (1 - _MEMORY) * new, mean, weights)
        return weights, mean, state, value

    mean, key = weights, jax.random.PRNGKey(seed)
    for number in range(rounds):
        passages = first if number == 0 else list(composer.passages())
        losses = []
        for one in batches(passages, reader, table, rng):
            key, drawn = jax.random.split(key)
            weights, mean, state, value = step(weights, mean, state, one, drawn)
            losses.append(value)
        told(number + 1, float(np.mean([float(value) for value in losses])))
    return mean
