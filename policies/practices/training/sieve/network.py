"""The network to train: embeddings summed, a few convolutions, then what stands out anywhere decides, in JAX."""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from policies.practices.sieve.features import GRAMS, WORDS

Weights = dict[str, Any]
Batch = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of the network."""

    practices: int
    uses: int
    width: int = 96
    dilations: tuple[int, ...] = (1, 1, 2, 4)
    heads: int = 4
    unseen: float = 0.1
    """Share of tokens of which the vector, the word or the letters are hidden while training."""
    dropout: float = 0.25


def fresh(plan: Plan, vectors: int, seed: int) -> Weights:
    """Return weights to begin with."""
    rng = np.random.default_rng(seed)

    def drawn(*shape: int, scale: float) -> Any:  # noqa: ANN401 (JAX's arrays are untyped here)
        return jnp.asarray(rng.normal(0.0, scale, shape), jnp.float32)

    width, pooled = plan.width, plan.width * (2 + plan.heads)
    weights: Weights = {
        "vectors": drawn(vectors, width, scale=1.5 * vectors**-0.5 * 4),
        "words": drawn(WORDS, width, scale=0.1),
        "grams": drawn(GRAMS, width, scale=0.05),
        "attention": drawn(width, plan.heads, scale=0.1),
        "hidden": drawn(pooled, width, scale=pooled**-0.5),
        "hidden_bias": jnp.zeros(width),
        "practices": drawn(width, plan.practices, scale=0.05),
        "practices_bias": jnp.zeros(plan.practices),
        "uses": drawn(width, plan.uses, scale=0.05),
        "uses_bias": jnp.zeros(plan.uses),
    }
    for number in range(len(plan.dilations)):
        weights[f"conv{number}"] = drawn(3 * width, width, scale=(1.0 / (3 * width)) ** 0.5)
        weights[f"conv{number}_bias"] = jnp.zeros(width)
        weights[f"scale{number}"] = jnp.ones(width)
    return weights


def scores(weights: Weights, batch: Batch, plan: Plan, key: Any = None) -> tuple[Any, Any]:  # noqa: ANN401
    """Return a score for each practice and for each use, of each passage; `key` draws what is hidden in training."""
    mask = batch["mask"][..., None]
    vectors, words, grams = batch["vectors"], batch["words"], batch["grams"]
    if key is not None:
        keys = jax.random.split(key, 5)
        vectors = vectors * jax.random.bernoulli(keys[0], 1 - plan.unseen, words.shape)[..., None]
        grams = grams * jax.random.bernoulli(keys[1], 1 - plan.unseen, words.shape)[..., None]
        words = words * jax.random.bernoulli(keys[2], 1 - 2 * plan.unseen, words.shape)
    spelled = (weights["grams"][grams] * (grams > 0)[..., None]).sum(axis=-2)
    state = vectors @ weights["vectors"] + weights["words"][words] * (words > 0)[..., None] + spelled
    state = _normal(state) * mask
    for number, dilation in enumerate(plan.dilations):
        inner = _normal(state) * weights[f"scale{number}"] * mask
        left = jnp.pad(inner, ((0, 0), (dilation, 0), (0, 0)))[:, :-dilation]
        right = jnp.pad(inner, ((0, 0), (0, dilation), (0, 0)))[:, dilation:]
        update = jax.nn.relu(
            jnp.concatenate([left, inner, right], axis=-1) @ weights[f"conv{number}"] + weights[f"conv{number}_bias"]
        )
        if key is not None:
            update = _dropped(update, jax.random.fold_in(keys[3], number), plan.dropout)
        state = (state + update) * mask
    state = _normal(state) * mask
    pooled = _pooled(weights, state, mask)
    if key is not None:
        pooled = _dropped(pooled, jax.random.fold_in(keys[4], 0), plan.dropout)
    hidden = jax.nn.relu(pooled @ weights["hidden"] + weights["hidden_bias"])
    if key is not None:
        hidden = _dropped(hidden, jax.random.fold_in(keys[4], 1), plan.dropout)
    return (
        hidden @ weights["practices"] + weights["practices_bias"],
        hidden @ weights["uses"] + weights["uses_bias"],
    )


def _pooled(weights: Weights, state: Any, mask: Any) -> Any:  # noqa: ANN401
    """Return, for each passage, the strongest of each feature, their mean, and what each head looks at."""
    absent = (1 - mask) * 1e4
    attention = jax.nn.softmax(state @ weights["attention"] - absent, axis=1)
    seen = jnp.einsum("bth,btw->bhw", attention, state).reshape(state.shape[0], -1)
    mean = state.sum(axis=1) / mask.sum(axis=1).clip(1)
    return jnp.concatenate([(state - absent).max(axis=1), mean, seen], axis=-1)


def _dropped(value: Any, key: Any, rate: float) -> Any:  # noqa: ANN401
    return value * jax.random.bernoulli(key, 1 - rate, value.shape) / (1 - rate)


def _normal(state: Any) -> Any:  # noqa: ANN401
    centred = state - state.mean(axis=-1, keepdims=True)
    return centred / jnp.sqrt((centred * centred).mean(axis=-1, keepdims=True) + 1e-5)
