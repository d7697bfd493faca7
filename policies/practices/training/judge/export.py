"""The fitted encoder as an ONNX graph whose matrices are whole numbers of eight bits."""

import numpy as np
import onnx
from onnx import TensorProto, helper

from policies.practices.chances import Floats
from policies.practices.training.graph import Graph, small
from policies.practices.training.judge.network import Plan, Weights

_SMALL = 1e-12


def exported(weights: Weights, plan: Plan) -> bytes:
    """Return the model file: inputs `numbers`, `mask`; outputs `practices`, `uses` (chances)."""
    numbers = {name: np.array(value, np.float32) for name, value in weights.items() if name != "layers"}
    layers = {name: np.array(value, np.float32) for name, value in weights["layers"].items()}
    graph = Graph()
    state = graph.add("Add", _looked_up(graph, numbers["pieces"]), _places(graph, numbers["places"]))
    state = graph.normal(state, _SMALL, numbers["norm.w"], numbers["norm.b"])
    away = graph.add("Mul", graph.add("Sub", "mask", graph.constant(1.0)), graph.constant(1e4))
    absent = graph.add("Unsqueeze", away, graph.constant([1, 2], np.int64))
    for number in range(plan.layers):
        parts = {name: value[number] for name, value in layers.items()}
        seen = graph.linear(_attended(graph, state, absent, parts, plan), parts["ao.w"], parts["ao.b"])
        state = graph.normal(graph.add("Add", state, seen), _SMALL, parts["aln.w"], parts["aln.b"])
        inner = _gelu(graph, graph.linear(state, parts["fi.w"], parts["fi.b"]))
        state = graph.add("Add", state, graph.linear(inner, parts["fo.w"], parts["fo.b"]))
        state = graph.normal(state, _SMALL, parts["oln.w"], parts["oln.b"])
    pooled = _pooled(graph, state)
    for name in ("practices", "uses"):
        graph.add("Softmax", graph.linear(pooled, numbers[name], numbers[f"{name}.b"]), out=name, axis=-1)
    return small(_model(graph, plan))


def _looked_up(graph: Graph, table: Floats) -> str:
    """Look up rows of eight bits, each with a scale of its own."""
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8) / 127
    rows = graph.constant(np.round(table / scales), np.int8)
    found = graph.add("Cast", graph.add("Gather", rows, "numbers"), to=TensorProto.FLOAT)
    return graph.add("Mul", found, graph.add("Gather", graph.constant(scales), "numbers"))


def _places(graph: Graph, table: Floats) -> str:
    length = graph.add("Slice", graph.add("Shape", "mask"), *(graph.constant([at], np.int64) for at in (1, 2)))
    return graph.add("Slice", graph.constant(table), graph.constant([0], np.int64), length)


def _attended(graph: Graph, state: str, absent: str, parts: dict[str, Floats], plan: Plan) -> str:
    heads = graph.constant([0, 0, plan.heads, plan.width // plan.heads], np.int64)

    def split(part: str, *order: int, scale: float = 1.0) -> str:
        made = graph.linear(state, parts[f"{part}.w"] * scale, parts[f"{part}.b"] * scale)
        return graph.add("Transpose", graph.add("Reshape", made, heads), perm=list(order))

    asked = split("q", 0, 2, 1, 3, scale=(plan.width // plan.heads) ** -0.5)
    likeness = graph.add("Add", graph.add("MatMul", asked, split("k", 0, 2, 3, 1)), absent)
    seen = graph.add("MatMul", graph.add("Softmax", likeness, axis=-1), split("v", 0, 2, 1, 3))
    joined = graph.constant([0, 0, plan.width], np.int64)
    return graph.add("Reshape", graph.add("Transpose", seen, perm=[0, 2, 1, 3]), joined)


def _gelu(graph: Graph, value: str) -> str:
    cube = graph.add("Mul", graph.add("Mul", value, value), value)
    inner = graph.add("Add", value, graph.add("Mul", cube, graph.constant(0.044715)))
    bent = graph.add("Tanh", graph.add("Mul", inner, graph.constant((2 / np.pi) ** 0.5)))
    half = graph.add("Mul", value, graph.constant(0.5))
    return graph.add("Mul", half, graph.add("Add", bent, graph.constant(1.0)))


def _pooled(graph: Graph, state: str) -> str:
    pieces = graph.constant([1], np.int64)
    mask = graph.add("Unsqueeze", "mask", graph.constant([2], np.int64))
    total = graph.add("ReduceSum", graph.add("Mul", state, mask), pieces, keepdims=0)
    mean = graph.add("Div", total, graph.add("ReduceSum", "mask", pieces, keepdims=1))
    first = graph.add("Gather", state, graph.constant(0, np.int64), axis=1)
    return graph.add("Concat", mean, first, axis=-1)


def _model(graph: Graph, plan: Plan) -> onnx.ModelProto:
    inputs = [
        helper.make_tensor_value_info("numbers", TensorProto.INT64, ["passages", "pieces"]),
        helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["passages", "pieces"]),
    ]
    outputs = [
        helper.make_tensor_value_info("practices", TensorProto.FLOAT, ["passages", plan.practices]),
        helper.make_tensor_value_info("uses", TensorProto.FLOAT, ["passages", plan.uses]),
    ]
    return graph.model("judge", inputs, outputs)
