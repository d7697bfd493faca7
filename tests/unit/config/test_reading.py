"""Any file gets a model or placed faults, never a traceback."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from config.errors import FaultsError
from config.loader import read_settings
from config.reading import read_yaml
from config.settings import Settings

LINES = st.lists(
    st.sampled_from([
        "server:", "  port: 80", "  port: [1, 2]", "  host:", "routes:", "- id: x", "  - id: demo", "    tier: D2",
        "    hds: {certificate: C, expires: 2026-13-45}", "    fallbacks: [a, 1, {b: c}]", "? [a, b]", ": 3", "1: 2",
        "journal: &a", "  <<: *a", "charter: {file: {}}", "true: no", "- 3", "\t", "--- ", "'", "!!python/name:os.x",
        "data_dir: 3", "logging: [level]", "    key_file: .", "!tag x", "? {a: b}", "  database_url: 'http://['",
        "routes: {id: demo}", "routes: demo", "null: 1", "  - demo", "x: !!binary ab", "- &b [*b]",
    ])
)  # fmt: skip


@given(LINES.map("\n".join) | st.text())
@example("a: &a [*a]")
@example("journal: &a {x: *a}")
@example("? [a, b]\n: 3")
@example("data_dir: '\\0'")
@example("routes: [{key_file: '\\0', id: demo}]")
@example("[" * 2000)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_gets_settings_or_faults(tmp_path: Path, text: str) -> None:
    """Would catch: a mistake in a file that ends in a traceback, which says neither where nor what."""
    path = tmp_path / "ecluse.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    reading = read_settings(path, environ={})
    assert reading.faults or reading.value
    for fault in reading.faults:
        assert fault.line >= 1
        assert fault.column >= 1
        assert fault.message.endswith((".", "?"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FaultsError):
        read_yaml(tmp_path, Settings).result()
