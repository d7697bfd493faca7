"""Faults at a terminal stay whole and can be opened."""

import pytest

from config.errors import Fault
from gateway.cli.faults import show


def test_each_fault_is_one_line_whatever_its_length_and_its_brackets(capsys: pytest.CaptureFixture[str]) -> None:
    """Would catch: a path folded in two, or `[/]` read as markup."""
    long = "La valeur [bold] de `x` [/] " + "est trop longue " * 20
    show([Fault("dossier/ecluse.yaml", 3, 7, long), Fault("autre.yaml", 1, 1, "Court.")])
    assert capsys.readouterr().err == (
        f"dossier/ecluse.yaml:3:7: {long}\nautre.yaml:1:1: Court.\n2 défauts à corriger.\n"
    )
