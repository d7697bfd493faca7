"""The trained numbers as an ONNX graph: the vectors' part computed beforehand, so that a lookup is left of it."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from filters.identifiers.tagger.features import FLAGS, GRAMS_EACH, Floats
from filters.identifiers.training.network import Plan, Weights

_OPSET = 18


class _Graph:
    """Collects nodes and constants; each method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: object, kind: type = np.float32) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value, kind), name))
        return name

    def add(self, operation: str, *inputs: str, **settings: object) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [name], **settings))
        return name


def exported(weights: Weights, plan: Plan, table: Floats) -> bytes:
    """Return the model file: inputs `rows`, `words`, `shapes`, `grams`, `flags` of a text, output `tags` (chances)."""
    graph = _Graph()
    numbers = {name: np.array(value, np.float32) for name, value in weights.items()}
    # Row 0 stands for nothing, in every table.
    for name in ("words", "grams"):
        numbers[name][0] = 0.0
    tables = {"rows": table @ numbers["vectors"], "words": numbers["words"], "shapes": numbers["shapes"]}
    state = ""
    for name, values in tables.items():
        half = graph.constant(f"{name}_table", values, np.float16)
        found = graph.add("Cast", graph.add("Gather", half, name), to=TensorProto.FLOAT)
        state = graph.add("Add", state, found) if state else found
    half = graph.constant("grams_table", numbers["grams"], np.float16)
    spelled = graph.add("Cast", graph.add("Gather", half, "grams"), to=TensorProto.FLOAT)
    axis = graph.constant("gram_axis", [1], np.int64)
    state = graph.add("Add", state, graph.add("ReduceSum", spelled, axis, keepdims=0))
    state = graph.add("Add", state, graph.add("MatMul", "flags", graph.constant("flag_weights", numbers["flags"])))
    state = _tower(graph, state, numbers, plan)
    out = graph.add("MatMul", state, graph.constant("out", numbers["out"]))
    out = graph.add("Add", out, graph.constant("out_bias", numbers["out_bias"]))
    graph.nodes.append(helper.make_node("Softmax", [out], ["tags"], axis=-1))
    return _model(graph, plan)


def _tower(
    graph: _Graph, state: str, numbers: dict[str, "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"], plan: Plan
) -> str:
    ones = graph.constant("ones", np.ones(plan.width))
    state = graph.add("LayerNormalization", state, ones, axis=-1, epsilon=1e-5)
    hidden = graph.add("MatMul", state, graph.constant("hidden", numbers["hidden"]))
    hidden = graph.add("Relu", graph.add("Add", hidden, graph.constant("hidden_bias", numbers["hidden_bias"])))
    state = graph.add("Add", state, hidden)
    first, last = graph.constant("zero", [0], np.int64), graph.constant("end", [np.iinfo(np.int64).max], np.int64)
    rows = graph.constant("row_axis", [0], np.int64)
    for number, dilation in enumerate(plan.dilations):
        scale = graph.constant(f"scale{number}", numbers[f"scale{number}"])
        inner = graph.add("LayerNormalization", state, scale, axis=-1, epsilon=1e-5)
        count = graph.constant(f"dilation{number}", [dilation], np.int64)
        less = graph.constant(f"less{number}", [-dilation], np.int64)
        before = graph.constant(f"before{number}", [dilation, 0, 0, 0], np.int64)
        after = graph.constant(f"after{number}", [0, 0, dilation, 0], np.int64)
        left = graph.add("Slice", graph.add("Pad", inner, before), first, less, rows)
        right = graph.add("Slice", graph.add("Pad", inner, after), count, last, rows)
        window = graph.add("Concat", left, inner, right, axis=1)
        update = graph.add("MatMul", window, graph.constant(f"conv{number}", numbers[f"conv{number}"]))
        update = graph.add("Add", update, graph.constant(f"conv{number}_bias", numbers[f"conv{number}_bias"]))
        state = graph.add("Add", state, graph.add("Relu", update))
    return graph.add("LayerNormalization", state, ones, axis=-1, epsilon=1e-5)


def _model(graph: _Graph, plan: Plan) -> bytes:
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT32, ["tokens"]) for name in ("rows", "words", "shapes")
    ]
    inputs.append(helper.make_tensor_value_info("grams", TensorProto.INT32, ["tokens", GRAMS_EACH]))
    inputs.append(helper.make_tensor_value_info("flags", TensorProto.FLOAT, ["tokens", FLAGS]))
    output = helper.make_tensor_value_info("tags", TensorProto.FLOAT, ["tokens", plan.tags])
    made = helper.make_graph(graph.nodes, "tagger", inputs, [output], graph.constants)
    model = helper.make_model(
        made, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=9, producer_name="ecluse"
    )
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString())
