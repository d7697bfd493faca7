"""The desk as the gateway puts it together."""

import datetime as dt
from pathlib import Path

from config.settings import Settings
from gateway.metrics import Metrics
from gateway.outbound.counting.periods import Grain, Span
from gateway.wiring.outbound import outbound
from tests.fakes.attempts import attempt, sink_in
from tests.fakes.journal import journal_in
from tests.fakes.outbound import write_policy


async def test_what_a_report_takes_in_is_told_to_the_metrics_by_service(tmp_path: Path) -> None:
    """Would catch: counters that lack what a report took in, or the services of a policy applied after the start."""
    settings, metrics = Settings(data_dir=tmp_path), Metrics([], [])
    folder = settings.outbound_folder
    async with journal_in(tmp_path) as trail, outbound(settings, trail.database, trail, metrics) as desk:
        folder.mkdir(exist_ok=True)
        write_policy(folder)
        with sink_in(folder) as sink:
            sink.add([attempt()])
        month = dt.date(2026, 11, 1)
        await desk.report(Span(month, month), Grain.MONTH, "abcd9999")
    assert 'ecluse_outbound_attempts_total{service="chatgpt",verdict="block"} 1.0' in metrics.render().decode()
