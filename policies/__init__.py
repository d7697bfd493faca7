"""The charter: who may do what, with which model, under which duties. Pure: no HTTP, no database, no clock.

Nor does it call anybody through what it stands on: ONNX Runtime reports its use to its maker, from each process and
under an identity that it keeps in the user's folder, unless this stands in the environment before it is imported.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
