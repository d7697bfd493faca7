"""The network to train: tables of embeddings, summed, then a few convolutions over neighbours, in JAX.

JAX, since it trains on two processors as fast as it has to, and its wheels are on the package index for all; the
trained numbers are written as ONNX, so that the gateway needs none of it.
"""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from filters.identifiers.tagger.features import FLAGS, GRAMS, SHAPES, WORDS

Weights = dict[str, Any]
Batch = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of the network."""

    width: int = 96
    dilations: tuple[int, ...] = (1, 1, 2, 4, 1)
    tags: int = 21
    unseen: float = 0.12
    """Share of tokens whose vector, whose word or whose lists are hidden while training."""
    dropout: float = 0.1


def fresh(plan: Plan, vectors: int, seed: int) -> Weights:
    """Return weights to begin with."""
    rng = np.random.default_rng(seed)

    def drawn(*shape: int, scale: float | None = None) -> Any:  # noqa: ANN401 (JAX's arrays are untyped here)
        spread = scale if scale is not None else (2.0 / shape[0]) ** 0.5
        return jnp.asarray(rng.normal(0.0, spread, shape), jnp.float32)

    width = plan.width
    weights: Weights = {
        "vectors": drawn(vectors, width, scale=vectors**-0.5),
        "words": drawn(WORDS, width, scale=0.1),
        "shapes": drawn(SHAPES, width, scale=0.1),
        "grams": drawn(GRAMS, width, scale=0.1),
        "flags": drawn(FLAGS, width, scale=0.1),
        "hidden": drawn(width, width),
        "hidden_bias": jnp.zeros(width),
        "out": drawn(width, plan.tags, scale=0.05),
        "out_bias": jnp.zeros(plan.tags),
    }
    for number in range(len(plan.dilations)):
        weights[f"conv{number}"] = drawn(3 * width, width, scale=(1.0 / (3 * width)) ** 0.5)
        weights[f"conv{number}_bias"] = jnp.zeros(width)
        weights[f"scale{number}"] = jnp.ones(width)
    return weights


def scores(weights: Weights, batch: Batch, plan: Plan, key: Any = None) -> Any:  # noqa: ANN401
    """Return a score for each tag of each token; `key` draws what is hidden while training."""
    vectors, words, flags, grams = batch["vectors"], batch["words"], batch["flags"], batch["grams"]
    mask = batch["mask"][..., None]
    if key is not None:
        keys = jax.random.split(key, 5)
        shape = words.shape
        vectors = vectors * jax.random.bernoulli(keys[0], 1 - plan.unseen, shape)[..., None]
        words = words * jax.random.bernoulli(keys[1], 1 - plan.unseen, shape)
        flags = flags * jax.random.bernoulli(keys[2], 1 - plan.unseen, shape)[..., None]
        grams = grams * jax.random.bernoulli(keys[3], 1 - plan.unseen, shape)[..., None]
    spelled = weights["grams"][grams] * (grams > 0)[..., None]
    state = (
        vectors @ weights["vectors"]
        + weights["words"][words] * (words > 0)[..., None]
        + weights["shapes"][batch["shapes"]]
        + spelled.sum(axis=-2)
        + flags @ weights["flags"]
    )
    state = _normal(state)
    state = state + jax.nn.relu(state @ weights["hidden"] + weights["hidden_bias"])
    for number, dilation in enumerate(plan.dilations):
        state = state * mask
        inner = _normal(state) * weights[f"scale{number}"] * mask
        left = jnp.pad(inner, ((0, 0), (dilation, 0), (0, 0)))[:, :-dilation]
        right = jnp.pad(inner, ((0, 0), (0, dilation), (0, 0)))[:, dilation:]
        window = jnp.concatenate([left, inner, right], axis=-1)
        update = jax.nn.relu(window @ weights[f"conv{number}"] + weights[f"conv{number}_bias"])
        if key is not None:
            kept = jax.random.bernoulli(jax.random.fold_in(keys[4], number), 1 - plan.dropout, update.shape)
            update = update * kept / (1 - plan.dropout)
        state = state + update
    return _normal(state) @ weights["out"] + weights["out_bias"]


def loss(weights: Weights, batch: Batch, plan: Plan, key: Any) -> Any:  # noqa: ANN401
    """Return how far the network is from the tags, over the tokens of a batch."""
    logs = jax.nn.log_softmax(scores(weights, batch, plan, key))
    right = jnp.take_along_axis(logs, batch["tags"][..., None], axis=-1)[..., 0]
    return -(right * batch["mask"]).sum() / batch["mask"].sum()


def _normal(state: Any) -> Any:  # noqa: ANN401
    centred = state - state.mean(axis=-1, keepdims=True)
    return centred / jnp.sqrt((centred * centred).mean(axis=-1, keepdims=True) + 1e-5)
