"""Probes: asked often, checked seldom, and closed when in doubt."""

from gateway.api.readiness import FRESH_SECONDS, Readiness


async def test_a_verdict_is_repeated_for_a_while() -> None:
    """Catches a crowd of probes that keeps the detectors busy."""
    calls: list[str] = []
    now = [0.0]

    async def check() -> None:
        calls.append("checked")

    readiness = Readiness({"masking": check}, clock=lambda: now[0])
    assert await readiness.verdict() == {"masking": True}
    now[0] = FRESH_SECONDS
    assert await readiness.verdict() == {"masking": True}
    assert calls == ["checked"]
    now[0] = FRESH_SECONDS * 2
    await readiness.verdict()
    assert calls == ["checked", "checked"]


async def test_whatever_a_check_raises_it_has_failed() -> None:
    async def fails() -> None:
        raise RuntimeError("Jean Exemple")

    async def passes() -> None:
        return

    readiness = Readiness({"masking": passes, "journal": fails})
    assert await readiness.verdict() == {"masking": True, "journal": False}


async def test_what_can_be_done_without_is_told_and_fails_nothing() -> None:
    """Catches a lost Redis after which every replica is taken away by the load balancer."""

    async def fails() -> None:
        raise RuntimeError

    async def passes() -> None:
        return

    readiness = Readiness({"masking": passes}, {"redis": fails, "systems": passes})
    assert await readiness.hindered() == {"redis": True, "systems": False}
    assert await readiness.verdict() == {"masking": True}
