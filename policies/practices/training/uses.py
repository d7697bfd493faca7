"""A network's answer on uses, fitted once more when the rest of it is finished.

While a network is fitted, practices have several times the examples of uses, and a pasted document is mostly just that.
Here the uses alone are learnt, most of them in the company of a document, so that `rédige la lettre` above ten lines of
notes is heard. The network is the one that will run, in eight bits: what those lose is learnt with the rest.
"""

from collections.abc import Callable, Iterator, Sequence

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import optax
from onnx import helper, numpy_helper

from policies.practices.chances import Floats
from policies.practices.training.composing import Classes, Composer, Passage
from policies.practices.training.examples import Example

Read = Callable[[bytes, str, Sequence[str]], Iterator[Floats]]
"""Yields what a network makes of texts, in order, some at a time: the values of that name in the model."""

_COMPANY = (0.0, 0.5, 0.8)
"""Share of the examples that have company, in each pass over them."""

_ROWS = 512
_ROUNDS = 12
_RATE = 2e-3
_DECAY = 1e-3
_NAME = "uses"


def refitted(
    model: bytes, found: Sequence[Passage], uses: int, read: Read, *, seed: int, told: Callable[[float], None]
) -> bytes:
    """Return the model with another answer on uses; `told` hears which share of the passages is read."""
    ordered = sorted(found, key=lambda passage: len(passage.text))
    features: list[Floats] = []
    for some in read(model, pooled(onnx.load_from_string(model)), [passage.text for passage in ordered]):
        features.extend(some)
        told(len(features) / len(ordered))
    return replaced(model, *fitted(np.array(features), np.array([passage.use for passage in ordered]), uses, seed))


def passages(examples: Sequence[Example], documents: Sequence[str], classes: Classes, seed: int) -> list[Passage]:
    """Return every example of a use as passages to learn from, once for each share of company."""
    used = [example for example in examples if example.use]
    composers = (Composer(used, documents, classes, seed + place, share) for place, share in enumerate(_COMPANY))
    return [passage for composer in composers for passage in composer.passages() if passage.use >= 0]


def pooled(model: onnx.ModelProto) -> str:
    """Return the name of what both answers are made of: the last values that are joined."""
    joined = [node for node in model.graph.node if node.op_type == "Concat" and node.attribute[0].i == -1]
    return str(joined[-1].output[0])


def fitted(features: Floats, right: "np.ndarray", uses: int, seed: int) -> tuple[Floats, Floats]:
    """Return the matrix and the bias of a softmax regression in which rare uses weigh more, by the root of how rare."""
    middle, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    counts = np.bincount(right, minlength=uses)
    weights = np.sqrt(counts.mean() / np.maximum(counts, 1)).astype(np.float32)
    inputs = jnp.asarray((features - middle) / spread)
    steps = _ROUNDS * -(-len(right) // _ROWS)
    optimizer = optax.adam(optax.linear_schedule(_RATE, 0.0, steps))
    answer = (jnp.zeros((features.shape[1], uses)), jnp.zeros(uses))
    state = optimizer.init(answer)

    def loss(answer: tuple[jax.Array, jax.Array], rows: jax.Array, chosen: jax.Array) -> jax.Array:
        logs = jax.nn.log_softmax(rows @ answer[0] + answer[1])
        found = jnp.take_along_axis(logs, chosen[:, None], axis=-1)[:, 0]
        return -(found * jnp.asarray(weights)[chosen]).mean() + _DECAY / 2 * (answer[0] ** 2).sum()

    slope = jax.jit(jax.grad(loss))
    rng = np.random.default_rng(seed)
    for _ in range(_ROUNDS):
        order = rng.permutation(len(right))
        for at in range(0, len(order), _ROWS):
            rows = order[at : at + _ROWS]
            change, state = optimizer.update(slope(answer, inputs[rows], right[rows]), state)
            answer = optax.apply_updates(answer, change)
    matrix = np.asarray(answer[0]) / spread[:, None]
    return matrix.astype(np.float32), (np.asarray(answer[1]) - middle @ matrix).astype(np.float32)


def replaced(model: bytes, matrix: Floats, bias: Floats) -> bytes:
    """Return the model with these numbers behind its output `uses`, and without what only led to the former ones."""
    graph = onnx.load_from_string(model)
    nodes, constants = graph.graph.node, graph.graph.initializer
    # What led to the former answer goes first: a refitted model has values of these names, which would be made twice.
    _last(graph).input[0] = ""
    _prune(graph)
    constants.append(numpy_helper.from_array(matrix, f"{_NAME}.matrix"))
    constants.append(numpy_helper.from_array(bias, f"{_NAME}.bias"))
    last = _last(graph)
    last.input[0] = f"{_NAME}.score"
    place = list(nodes).index(last)
    nodes.insert(place, helper.make_node("MatMul", [pooled(graph), f"{_NAME}.matrix"], [f"{_NAME}.product"]))
    nodes.insert(place + 1, helper.make_node("Add", [f"{_NAME}.product", f"{_NAME}.bias"], [f"{_NAME}.score"]))
    onnx.checker.check_model(graph, full_check=True)
    return bytes(graph.SerializeToString())


def _last(model: onnx.ModelProto) -> onnx.NodeProto:
    """Return the node that answers."""
    (last,) = (node for node in model.graph.node if _NAME in node.output)
    return last


def _prune(model: onnx.ModelProto) -> None:
    """Take away nodes and constants that no output needs."""
    needed = {output.name for output in model.graph.output}
    kept = []
    for node in reversed(model.graph.node):
        if needed.intersection(node.output):
            kept.append(node)
            needed.update(node.input)
    del model.graph.node[:]
    model.graph.node.extend(reversed(kept))
    constants = [constant for constant in model.graph.initializer if constant.name in needed]
    del model.graph.initializer[:]
    model.graph.initializer.extend(constants)
