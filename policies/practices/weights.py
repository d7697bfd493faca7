"""Trained weights as the package carries them: read only if they are the ones that were released.

Fails closed: what is missing, altered or unreadable is RecognitionUnavailableError, and nothing is decided.
"""

import hashlib
from importlib import resources

import onnxruntime as ort

from policies.practices.errors import RecognitionUnavailableError

HASHES = "released.sha256"

_SLOW = ["SkipLayerNormFusion"]
"""ONNX Runtime joins a sum and the normalisation after it in a step that takes longer than the two, without vectors."""


class Released:
    """The files of a package's `data` folder."""

    def __init__(self, package: str) -> None:
        """Read the list of hashes."""
        self._folder = resources.files(package).joinpath("data")
        try:
            lines = self._folder.joinpath(HASHES).read_text(encoding="ascii").splitlines()
        except OSError:
            raise RecognitionUnavailableError(f"the weights of {package} are missing") from None
        self._hashes = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}

    def read(self, name: str) -> bytes:
        """Return a file's content, if it is the one that was released."""
        try:
            content = self._folder.joinpath(name).read_bytes()
        except OSError:
            raise RecognitionUnavailableError(f"{name} is missing") from None
        if hashlib.sha256(content).hexdigest() != self._hashes.get(name):
            raise RecognitionUnavailableError(f"{name} is not the one that was released")
        return content


def session(weights: bytes) -> "ort.InferenceSession":
    """Return a network ready to run, on one thread: a process per processor does the work."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return ort.InferenceSession(weights, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW)
    except Exception:  # noqa: BLE001 (whatever is wrong with the file, nothing can be recognised)
        raise RecognitionUnavailableError("the weights of the recogniser cannot be read") from None
