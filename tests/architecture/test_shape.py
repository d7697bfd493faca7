"""The house keeps its shape: short files, short functions, no junk drawers."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("gateway", "policies", "filters", "config")
SOURCES = sorted(path for room in (*ROOMS, "deploy") for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py")) + sorted((ROOT / "bench").rglob("*.py"))

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "core"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=name)
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_functions_are_short(path: Path) -> None:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, functions):
            assert (node.end_lineno or 0) - node.lineno + 1 <= LONGEST_FUNCTION, f"{name(path)}: {node.name}"


def test_no_junk_drawers() -> None:
    drawers = [name(path) for path in SOURCES + TESTS if JUNK_DRAWERS & {path.stem, *path.parent.parts}]
    assert drawers == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_file_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
