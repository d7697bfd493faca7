"""The encoder to fit, in JAX: attention layers over pieces of words, then one answer for practices and one for uses.

Matrices are multiplied in half precision (bfloat16), which halves the time on processors that have it.
"""

from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from policies.practices.judge.pieces import LONGEST
from policies.practices.training.judge.pretrained import Pretrained

Weights = dict[str, Any]
Batch = dict[str, Any]

PARTS = {"q": "width", "k": "width", "v": "width", "ao": "width", "fi": "inner", "fo": "outer"}
"""The matrices of a layer: query, key, value, attention's output, and the two of its inner network."""
NORMS = ("aln", "oln")
_SMALL = 1e-12


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of the encoder; `layers` are the lowest of the pretrained one."""

    practices: int
    uses: int
    width: int
    inner: int
    heads: int
    layers: int = 6
    dropout: float = 0.1


def begun(pretrained: Pretrained, kept: list[int], plan: Plan, seed: int) -> Weights:
    """Return the pretrained weights, with the vocabulary cut to the pieces numbered in `kept`, and fresh answers."""
    rng = np.random.default_rng(seed)
    width, inner, count = plan.width, plan.inner, len(pretrained.pieces)
    shapes = {"width": (width, width), "inner": (inner, width), "outer": (width, inner)}
    layers: Weights = {}
    for part, kind in PARTS.items():
        layers[f"{part}.w"] = np.stack(
            [pretrained.matrix(f"l{number}.{part}.w", *shapes[kind]).T for number in range(plan.layers)]
        )
        layers[f"{part}.b"] = np.stack([pretrained.vector(f"l{number}.{part}.b") for number in range(plan.layers)])
    for norm in NORMS:
        for name in (f"{norm}.w", f"{norm}.b"):
            layers[name] = np.stack([pretrained.vector(f"l{number}.{name}") for number in range(plan.layers)])
    places = pretrained.vector("emb.pos").reshape(-1, width)[:LONGEST]
    weights: Weights = {
        "pieces": pretrained.matrix("emb.word", count, width)[kept],
        "places": places + pretrained.vector("emb.type")[:width],
        "norm.w": pretrained.vector("emb.ln.w"),
        "norm.b": pretrained.vector("emb.ln.b"),
        "layers": layers,
        "practices": rng.normal(0.0, 0.02, (2 * width, plan.practices)),
        "practices.b": np.zeros(plan.practices),
        "uses": rng.normal(0.0, 0.02, (2 * width, plan.uses)),
        "uses.b": np.zeros(plan.uses),
    }
    converted: Weights = jax.tree.map(lambda value: jnp.asarray(value, jnp.float32), weights)
    return converted


def scores(weights: Weights, batch: Batch, plan: Plan, key: Any = None) -> tuple[Any, Any]:  # noqa: ANN401 (JAX's arrays are untyped here)
    """Return a score for each practice and for each use, of each passage; `key` draws what is hidden in training."""
    mask = batch["mask"]
    state = weights["pieces"][batch["numbers"]] + weights["places"][: mask.shape[1]]
    state = _normal(state, weights["norm.w"], weights["norm.b"])
    if key is not None:
        state = _dropped(state, jax.random.fold_in(key, 0), plan.dropout)
    absent = (mask[:, None, None, :] - 1) * 1e4

    def layer(state: Any, parts: Weights) -> tuple[Any, None]:  # noqa: ANN401
        seen = _attended(state, parts, absent, plan.heads)
        state = _normal(state + _linear(seen, parts, "ao"), parts["aln.w"], parts["aln.b"])
        inner = jax.nn.gelu(_linear(state, parts, "fi"), approximate=True)
        return _normal(state + _linear(inner, parts, "fo"), parts["oln.w"], parts["oln.b"]), None

    state, _ = jax.lax.scan(layer, state, weights["layers"])
    mean = (state * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
    pooled = jnp.concatenate([mean, state[:, 0]], axis=-1)
    if key is not None:
        pooled = _dropped(pooled, jax.random.fold_in(key, 1), 2 * plan.dropout)
    return pooled @ weights["practices"] + weights["practices.b"], pooled @ weights["uses"] + weights["uses.b"]


def _attended(state: Any, parts: Weights, absent: Any, heads: int) -> Any:  # noqa: ANN401
    rows, length, width = state.shape

    def split(part: str) -> Any:  # noqa: ANN401
        return _linear(state, parts, part).reshape(rows, length, heads, width // heads).transpose(0, 2, 1, 3)

    likeness = split("q") @ split("k").transpose(0, 1, 3, 2) / np.sqrt(width // heads)
    seen = jax.nn.softmax(likeness + absent, axis=-1) @ split("v")
    return seen.transpose(0, 2, 1, 3).reshape(rows, length, width)


def _linear(state: Any, parts: Weights, part: str) -> Any:  # noqa: ANN401
    # Two axes only: the compiler has a fast product for these, and a slow one for more.
    flat = state.reshape(-1, state.shape[-1]).astype(jnp.bfloat16)
    matrix = parts[f"{part}.w"].astype(jnp.bfloat16)
    product = jax.lax.dot(flat, matrix, preferred_element_type=jnp.float32)
    return product.reshape(*state.shape[:-1], -1) + parts[f"{part}.b"]


def _dropped(value: Any, key: Any, rate: float) -> Any:  # noqa: ANN401
    return value * jax.random.bernoulli(key, 1 - rate, value.shape) / (1 - rate)


def _normal(state: Any, scale: Any, shift: Any) -> Any:  # noqa: ANN401
    centred = state - state.mean(axis=-1, keepdims=True)
    return centred / jnp.sqrt((centred * centred).mean(axis=-1, keepdims=True) + _SMALL) * scale + shift
