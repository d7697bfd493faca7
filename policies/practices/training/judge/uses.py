"""The judge's answer on uses, fitted once more on the finished encoder.

While the encoder is fitted, practices have several times the examples of uses, and a pasted document is mostly just
that. Here the uses alone are learnt, most of them in the company of a document, so that `rédige la lettre` above ten
lines of notes is heard. The encoder is the one that will run, in eight bits: what those lose is learnt with the rest.
"""

from collections.abc import Callable, Iterator, Sequence

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import onnxruntime as ort
import optax
from onnx import helper, numpy_helper

from policies.practices.chances import Floats
from policies.practices.judge.pieces import Cutter, filled
from policies.practices.training.composing import Composer, Passage

COMPANY = (0.0, 0.5, 0.8)
"""Share of the examples that have company, in each pass over them."""

_TOGETHER = 16
_ROWS = 512
_ROUNDS = 12
_RATE = 2e-3
_DECAY = 1e-3


def refitted(
    model: bytes,
    cutter: Cutter,
    composers: Sequence[Composer],
    uses: int,
    *,
    seed: int,
    told: Callable[[float], None],
) -> bytes:
    """Return the model with another answer on uses; `told` hears which share of the passages is read."""
    passages = [passage for composer in composers for passage in composer.passages() if passage.use >= 0]
    read = []
    for number, features in enumerate(_features(model, cutter, passages)):
        read.append(features)
        told(min(1.0, (number + 1) * _TOGETHER / len(passages)))
    right = np.array([passage.use for passage in _ordered(passages)])
    return _replaced(model, *_fitted(np.concatenate(read), right, uses, seed))


def _ordered(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages by length: a batch is filled up to its longest."""
    return sorted(passages, key=lambda passage: len(passage.text))


def _features(model: bytes, cutter: Cutter, passages: Sequence[Passage]) -> Iterator[Floats]:
    graph = onnx.load_from_string(model)
    pooled = _pooled(graph)
    graph.graph.output.append(helper.make_tensor_value_info(pooled, onnx.TensorProto.FLOAT, None))
    session = ort.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    cuts = cutter.cut([passage.text for passage in _ordered(passages)])
    for at in range(0, len(cuts), _TOGETHER):
        pieces = filled(cuts[at : at + _TOGETHER])
        yield session.run([pooled], {"numbers": pieces.numbers, "mask": pieces.mask})[0]


def _pooled(model: onnx.ModelProto) -> str:
    """Return the name of what both answers are made of: the last values that are joined."""
    joined = [node for node in model.graph.node if node.op_type == "Concat" and node.attribute[0].i == -1]
    return str(joined[-1].output[0])


def _fitted(features: Floats, right: "np.ndarray", uses: int, seed: int) -> tuple[Floats, Floats]:
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


def _replaced(model: bytes, matrix: Floats, bias: Floats) -> bytes:
    """Return the model with these numbers behind its output `uses`, and without what only led to the former ones."""
    graph = onnx.load_from_string(model)
    nodes, constants = graph.graph.node, graph.graph.initializer
    (last,) = (node for node in nodes if "uses" in node.output)
    constants.append(numpy_helper.from_array(matrix, "uses.matrix"))
    constants.append(numpy_helper.from_array(bias, "uses.bias"))
    place = list(nodes).index(last)
    nodes.insert(place, helper.make_node("MatMul", [_pooled(graph), "uses.matrix"], ["uses.product"]))
    nodes.insert(place + 1, helper.make_node("Add", ["uses.product", "uses.bias"], ["uses.score"]))
    last.input[0] = "uses.score"
    _prune(graph)
    onnx.checker.check_model(graph, full_check=True)
    return bytes(graph.SerializeToString())


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
