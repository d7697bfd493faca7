"""The desk as the gateway puts it together."""

import datetime as dt
from pathlib import Path

from config.outbound import Outbound
from config.settings import Settings
from gateway.metrics import Metrics
from gateway.outbound.counting.periods import Grain, Span
from gateway.outbound.desk.reason import Reason
from gateway.wiring.outbound import outbound
from tests.fakes.attempts import attempt, sink_in
from tests.fakes.journal import journal_in
from tests.fakes.outbound import write_policy


async def test_what_a_report_takes_in_is_told_to_the_metrics(tmp_path: Path) -> None:
    """Would catch: counters that lack what a report took in."""
    settings, metrics = Settings(data_dir=tmp_path), Metrics([], [])
    folder = settings.outbound_folder
    async with journal_in(tmp_path) as trail, outbound(settings, trail.database, trail, metrics) as desk:
        folder.mkdir(exist_ok=True)
        write_policy(folder)
        with sink_in(folder) as sink:
            sink.add([attempt()])
        month = dt.date(2026, 11, 1)
        await desk.report(Span(month, month), Grain.MONTH, "abcd9999")
    assert 'ecluse_outbound_attempts_total{verdict="block"} 1.0' in metrics.render().decode()


async def test_the_choices_of_the_hospital_reach_the_desk(tmp_path: Path) -> None:
    chosen = Outbound(pass_hours=2, notice_url="https://intranet.hopital.example/notice")
    settings = Settings(data_dir=tmp_path, outbound=chosen)
    async with journal_in(tmp_path) as trail, outbound(settings, trail.database, trail, Metrics([], [])) as desk:
        settings.outbound_folder.mkdir(exist_ok=True)
        write_policy(settings.outbound_folder)
        assert desk.notice == "https://intranet.hopital.example/notice"
        desk.grant("chatgpt", "10.1.2.3", Reason.OTHER)
        soon, later = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours) for hours in (1.9, 2.1))
        assert desk.passes.holds("10.1.2.3", "chatgpt", soon)
        assert not desk.passes.holds("10.1.2.3", "chatgpt", later)
