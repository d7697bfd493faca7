"""How far a network's two answers are from what the examples say."""

from typing import Any

import jax
import jax.numpy as jnp

_SMOOTHED = 0.01
"""Share of certainty that no example is given, since people may err in writing them.

Small: what is plainly innocent has to be told from what is only likely to be.
"""
_USES = 0.5


def distance(answers: tuple[Any, Any], batch: dict[str, Any]) -> Any:  # noqa: ANN401 (JAX's arrays are untyped here)
    """Return the mean distance over a batch; a use that is not said costs nothing, nor does a row of weight 0."""
    practices, uses = answers
    weight = batch["weight"]
    known = (batch["use"] >= 0).astype(jnp.float32) * weight
    wrong = (_cross(practices, batch["practice"]) * weight).sum() / weight.sum()
    astray = (_cross(uses, jnp.maximum(batch["use"], 0)) * known).sum() / known.sum().clip(1)
    return wrong + _USES * astray


def _cross(logits: Any, right: Any) -> Any:  # noqa: ANN401
    logs = jax.nn.log_softmax(logits)
    chosen = jnp.take_along_axis(logs, right[:, None], axis=-1)[:, 0]
    return -(1 - _SMOOTHED) * chosen - _SMOOTHED * logs.mean(axis=-1)
