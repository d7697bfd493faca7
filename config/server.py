"""Where the gateway listens."""

from typing import Annotated

from pydantic import Field

from config.section import Line, Section


class Server(Section):
    """Section `server`."""

    host: Line = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    """0 lets the system choose."""
    body_limit_bytes: Annotated[int, Field(ge=1024, le=268_435_456)] = 4_194_304
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Processes that answer on this address; several need Redis, where they count quotas together."""
    worker_memory_mb: Annotated[int, Field(ge=0)] = 1024
    """Above it one of several processes is replaced, without a lost request; 0: never."""
    drain_notice_seconds: Annotated[float, Field(ge=0, le=120)] = 5.0
    """How long a stopping server goes on listening while `/readyz` already says no."""
    drain_seconds: Annotated[float, Field(ge=0, le=600)] = 30.0
    """How long it then lets requests in progress end."""
