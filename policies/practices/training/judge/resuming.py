"""A released judge's weights, to be fitted further: what eight bits kept of them."""

from collections.abc import Iterable

import jax
import jax.numpy as jnp
import numpy as np
import onnx
from onnx import numpy_helper

from policies.practices.chances import Floats
from policies.practices.training.judge.network import NORMS, PARTS, Plan, Weights

_SMALL = "_quantized"


def layers(model: bytes) -> int:
    """Return how many layers a judge has, as `exported` wrote it."""
    return len(_matrices(one.name for one in onnx.load_from_string(model).graph.initializer)) // len(PARTS)


def weights_of(model: bytes, plan: Plan) -> Weights:
    """Return the weights of a judge of this plan.

    Constants are numbered as they were written down: a product's bias comes after its matrix.
    """
    graph = onnx.load_from_string(model).graph
    values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    matrices = _matrices(values)
    *inner, answer = [(_whole(values, f"c{number}"), values[f"c{number + 1}"]) for number in matrices]
    first, *later = [node.input[1:] for node in graph.node if node.op_type == "LayerNormalization"]
    weights: Weights = {
        "pieces": values["c0"].astype(np.float32) * values["c1"],
        "places": values["c4"],
        "norm.w": values[first[0]],
        "norm.b": values[first[1]],
        "layers": _stacked(inner, [(values[scale], values[shift]) for scale, shift in later], plan),
        "practices": answer[0],
        "practices.b": answer[1],
        "uses": values["uses.matrix"],
        "uses.b": values["uses.bias"],
    }
    converted: Weights = jax.tree.map(lambda value: jnp.asarray(value, jnp.float32), weights)
    return converted


def _matrices(names: Iterable[str]) -> list[int]:
    return sorted(int(name[1 : -len(_SMALL)]) for name in names if name.endswith(_SMALL))


def _whole(values: dict[str, Floats], name: str) -> Floats:
    whole: Floats = values[f"{name}{_SMALL}"].astype(np.float32) * values[f"{name}_scale"]
    return whole


def _stacked(products: list[tuple[Floats, Floats]], norms: list[tuple[Floats, Floats]], plan: Plan) -> Weights:
    """Return each layer's parts, with what `exported` had put into the query's taken out again."""
    layers: Weights = {}
    for kinds, found in ((tuple(PARTS), products), (NORMS, norms)):
        for place, part in enumerate(kinds):
            for name, number in ((f"{part}.w", 0), (f"{part}.b", 1)):
                layers[name] = np.stack([one[number] for one in found[place :: len(kinds)]])
    for name in ("q.w", "q.b"):
        layers[name] = layers[name] * (plan.width // plan.heads) ** 0.5
    return layers
