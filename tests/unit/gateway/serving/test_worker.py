"""Each worker's share of the machine."""

from hypothesis import given
from hypothesis import strategies as st

from config.masking import MaskingWork
from config.settings import Settings
from gateway.serving.worker import share


@given(st.integers(1, 64), st.integers(1, 1000), st.integers(1, 64))
def test_workers_together_ask_for_what_one_would(processes: int, queue: int, workers: int) -> None:
    """Catches a machine that four workers load with four times its detectors, and a worker that has none."""
    settings = Settings(masking=MaskingWork(workers=processes, queue=queue))
    shares = [share(settings, number, workers).masking for number in range(workers)]
    assert sum(one.workers for one in shares) == max(processes, workers)
    assert sum(one.queue for one in shares) == max(queue, workers)
    for counts in ([one.workers for one in shares], [one.queue for one in shares]):
        assert max(counts) - min(counts) <= 1
        assert min(counts) >= 1
    assert share(settings, 0, 1) == settings
