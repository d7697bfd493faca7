"""The trained numbers as an ONNX graph, and the words whose vectors it holds."""

from io import BytesIO

import numpy as np
import onnx
from onnx import TensorProto, helper

from policies.practices.chances import Floats
from policies.practices.sieve.features import GRAMS_EACH
from policies.practices.training.graph import Graph, small
from policies.practices.training.sieve.network import Plan, Weights

_SMALL = 1e-5


def exported(weights: Weights, plan: Plan, table: Floats) -> bytes:
    """Return the model file: inputs `rows`, `words`, `grams`, `mask`; outputs `practices`, `uses` (chances)."""
    graph = Graph()
    numbers = {name: np.array(value, np.float32) for name, value in weights.items()}
    # Row 0 stands for nothing, in every table.
    numbers["words"][0] = numbers["grams"][0] = 0.0
    axis = graph.constant([2], np.int64)
    spelled = graph.add("ReduceSum", _looked_up(graph, numbers["grams"], "grams"), axis, keepdims=0)
    state = graph.add("Add", _looked_up(graph, table @ numbers["vectors"], "rows"), spelled)
    state = graph.add("Add", state, _looked_up(graph, numbers["words"], "words"))
    mask = graph.add("Unsqueeze", "mask", axis)
    state = graph.add("Mul", graph.normal(state, _SMALL, np.ones(plan.width)), mask)
    for number, dilation in enumerate(plan.dilations):
        state = _convolved(graph, state, mask, numbers, number, dilation)
    state = graph.add("Mul", graph.normal(state, _SMALL, np.ones(plan.width)), mask)
    hidden = graph.add(
        "Relu", graph.linear(_pooled(graph, state, mask, numbers), numbers["hidden"], numbers["hidden_bias"])
    )
    for name in ("practices", "uses"):
        graph.add("Softmax", graph.linear(hidden, numbers[name], numbers[f"{name}_bias"]), out=name, axis=-1)
    return _model(graph, plan)


def _looked_up(graph: Graph, table: object, places: str) -> str:
    """Look up rows of half precision."""
    found = graph.add("Gather", graph.constant(table, np.float16), places)
    return graph.add("Cast", found, to=TensorProto.FLOAT)


def _convolved(  # noqa: PLR0917 (a step of one long sum)
    graph: Graph, state: str, mask: str, numbers: dict[str, Floats], number: int, dilation: int
) -> str:
    inner = graph.add("Mul", graph.normal(state, _SMALL, numbers[f"scale{number}"]), mask)
    tokens = graph.constant([1], np.int64)
    before, after = ([0, dilation, 0, 0, 0, 0], [0, 0, 0, 0, dilation, 0])
    first, last = graph.constant([0], np.int64), graph.constant([np.iinfo(np.int64).max], np.int64)
    less, more = graph.constant([-dilation], np.int64), graph.constant([dilation], np.int64)
    left = graph.add("Slice", graph.add("Pad", inner, graph.constant(before, np.int64)), first, less, tokens)
    right = graph.add("Slice", graph.add("Pad", inner, graph.constant(after, np.int64)), more, last, tokens)
    window = graph.add("Concat", left, inner, right, axis=-1)
    update = graph.add("Relu", graph.linear(window, numbers[f"conv{number}"], numbers[f"conv{number}_bias"]))
    return graph.add("Mul", graph.add("Add", state, update), mask)


def _pooled(graph: Graph, state: str, mask: str, numbers: dict[str, Floats]) -> str:
    tokens = graph.constant([1], np.int64)
    absent = graph.add("Mul", graph.add("Sub", graph.constant(1.0), mask), graph.constant(1e4))
    strongest = graph.add("ReduceMax", graph.add("Sub", state, absent), tokens, keepdims=0)
    total = graph.add("ReduceSum", state, tokens, keepdims=0)
    count = graph.add("Max", graph.add("ReduceSum", mask, tokens, keepdims=0), graph.constant(1.0))
    looks = graph.add("Sub", graph.add("MatMul", state, graph.constant(numbers["attention"])), absent)
    attention = graph.add("Softmax", looks, axis=1)
    seen = graph.add("MatMul", graph.add("Transpose", attention, perm=[0, 2, 1]), state)
    flat = graph.add("Reshape", seen, graph.constant([0, -1], np.int64))
    return graph.add("Concat", strongest, graph.add("Div", total, count), flat, axis=-1)


def _model(graph: Graph, plan: Plan) -> bytes:
    def shaped(name: str, kind: int, *more: object) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, ["passages", *more])

    inputs = [
        shaped("rows", TensorProto.INT32, "tokens"),
        shaped("words", TensorProto.INT32, "tokens"),
        shaped("grams", TensorProto.INT32, "tokens", GRAMS_EACH),
        shaped("mask", TensorProto.FLOAT, "tokens"),
    ]
    outputs = [
        shaped("practices", TensorProto.FLOAT, plan.practices),
        shaped("uses", TensorProto.FLOAT, plan.uses),
    ]
    return small(graph.model("sieve", inputs, outputs), least_rows=3 * plan.width)


def words_file(rows: dict[str, int]) -> bytes:
    """Return the file that leads from words, frequent ones first, to the rows of their vectors."""
    buffer = BytesIO()
    words = np.frombuffer("\n".join(rows).encode("ascii"), np.uint8)
    np.savez_compressed(buffer, words=words, rows=np.array(list(rows.values()), np.uint16))
    return buffer.getvalue()
