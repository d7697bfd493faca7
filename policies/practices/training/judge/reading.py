"""What a finished judge makes of passages, for it to be fitted once more."""

from collections.abc import Iterator, Sequence

import onnx
import onnxruntime as ort
from onnx import helper

from policies.practices.chances import Floats
from policies.practices.judge.pieces import Cutter, filled

_TOGETHER = 16


def read(cutter: Cutter, model: bytes, named: str, texts: Sequence[str]) -> Iterator[Floats]:
    """Yield the values of that name for each of `texts`, some at a time."""
    graph = onnx.load_from_string(model)
    if named not in {output.name for output in graph.graph.output}:
        graph.graph.output.append(helper.make_tensor_value_info(named, onnx.TensorProto.FLOAT, None))
    session = ort.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    cuts = cutter.cut(texts)
    for at in range(0, len(cuts), _TOGETHER):
        pieces = filled(cuts[at : at + _TOGETHER])
        yield session.run([named], {"numbers": pieces.numbers, "mask": pieces.mask})[0]
