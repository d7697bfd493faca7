"""What the finished sieve makes of passages, for its answer on uses to be fitted once more."""

from collections.abc import Iterator, Sequence

import onnx
import onnxruntime as ort
from onnx import helper

from policies.practices.chances import Floats
from policies.practices.folding import fold
from policies.practices.sieve.features import Reader, tokens

_TOGETHER = 32


def read(reader: Reader, model: bytes, pooled: str, texts: Sequence[str]) -> Iterator[Floats]:
    """Yield the values named `pooled` for each of `texts`, some at a time."""
    graph = onnx.load_from_string(model)
    graph.graph.output.append(helper.make_tensor_value_info(pooled, onnx.TensorProto.FLOAT, None))
    session = ort.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    for at in range(0, len(texts), _TOGETHER):
        found = reader.read([tokens(fold(text)) for text in texts[at : at + _TOGETHER]])
        inputs = {"rows": found.rows, "words": found.words, "grams": found.grams, "mask": found.mask}
        yield session.run([pooled], inputs)[0]
