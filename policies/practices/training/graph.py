"""An ONNX graph while it is written down."""

import numpy as np
import onnx
from onnx import helper, numpy_helper

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
