"""What the finished judge makes of passages, for its answer on uses to be fitted once more."""

from collections.abc import Iterator, Sequence

import onnx
import onnxruntime as ort
from onnx import helper

from policies.practices.chances import Floats
from policies.practices.judge.pieces import Cutter, filled

_TOGETHER = 16


def read(cutter: Cutter, model: bytes, pooled: str, texts: Sequence[str]) -> Iterator[Floats]:
    """Yield the values named `pooled` for each of `texts`, some at a time."""
    graph = onnx.load_from_string(model)
    graph.graph.output.append(helper.make_tensor_value_info(pooled, onnx.TensorProto.FLOAT, None))
    session = ort.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    cuts = cutter.cut(texts)
    for at in range(0, len(cuts), _TOGETHER):
        pieces = filled(cuts[at : at + _TOGETHER])
        yield session.run([pooled], {"numbers": pieces.numbers, "mask": pieces.mask})[0]
