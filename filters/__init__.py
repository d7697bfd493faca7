"""The filters: pure text and names, no HTTP, no database.

Nor do they call anybody through what they stand on: ONNX Runtime reports its use to its maker, from each process and
under an identity that it keeps in the user's folder, unless this stands in the environment before it is imported.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
