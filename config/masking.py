"""How much the machine spends on masking."""

from typing import Annotated

from pydantic import Field

from config.section import ConfiguredPath, Section


class MaskingWork(Section):
    """Section `masking`."""

    workers: Annotated[int, Field(ge=1, le=64)] = 2
    queue: Annotated[int, Field(ge=1, le=10_000)] = 64
    """Tasks that may wait; beyond, a request is refused with a delay. A long request is several tasks."""
    timeout_seconds: Annotated[float, Field(gt=0, le=300)] = 20.0
    cache_entries: Annotated[int, Field(ge=0, le=1_000_000)] = 4096
    """Offsets kept by keyed hash of a text, never the text; 0 keeps none."""
    recycle_after: Annotated[int, Field(ge=0)] = 5000
    """Tasks after which a worker is replaced, so that memory stays bounded; 0: never."""
    recognizers: ConfiguredPath | None = None
    """The hospital's own identifiers: a file of Presidio recognisers; see `Analyzer`."""
