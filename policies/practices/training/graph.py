"""An ONNX graph while it is written down, and its matrices made small once it is."""

import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

_OPSET = 18


class Graph:
    """Collects nodes and constants; each method returns the name of its result."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, value: object, kind: type = np.float32) -> str:
        """Add a constant."""
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(value, kind), name))
        return name

    def add(self, operation: str, *inputs: str, out: str | None = None, **settings: object) -> str:
        """Add a node; `out` names its result where it is an output of the model."""
        name = out or f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(operation, list(inputs), [name], **settings))
        return name

    def linear(self, value: str, matrix: object, bias: object) -> str:
        """Add a product with a matrix, and a bias."""
        return self.add("Add", self.add("MatMul", value, self.constant(matrix)), self.constant(bias))

    def normal(self, value: str, epsilon: float, *scales: object) -> str:
        """Add a normalisation of the last axis; `scales` are its scale and, where there is one, its shift."""
        constants = map(self.constant, scales)
        return self.add("LayerNormalization", value, *constants, axis=-1, epsilon=epsilon)

    def model(
        self, name: str, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
    ) -> onnx.ModelProto:
        """Return the model, once it is known to be well formed."""
        made = helper.make_graph(self._nodes, name, inputs, outputs, self._constants)
        opsets = [helper.make_opsetid("", _OPSET)]
        model = helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="ecluse")
        onnx.checker.check_model(model, full_check=True)
        return model


def small(model: onnx.ModelProto, least_rows: int = 0) -> bytes:
    """Return the model with its matrices in eight bits, a scale for each column: those of `least_rows` or more.

    Such a product takes half the time of one of floats, on a processor that has an instruction for it.
    """
    rows = {one.name: one.dims[0] for one in model.graph.initializer if one.dims}
    chosen = []
    for place, node in enumerate(model.graph.node):
        node.name = node.name or f"{node.op_type}{place}"
        if node.op_type == "MatMul" and rows.get(node.input[1], -1) >= least_rows:
            chosen.append(node.name)
    with tempfile.TemporaryDirectory() as folder:
        whole, made = Path(folder, "whole.onnx"), Path(folder, "small.onnx")
        onnx.save(model, whole)
        # Seven bits of the eight: processors without an instruction for such products would overflow in silence.
        quantize_dynamic(
            whole, made, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8, nodes_to_quantize=chosen
        )
        return made.read_bytes()
