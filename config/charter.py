"""Which charter applies."""

from pathlib import Path

from config.section import ConfiguredPath, Section

SHIPPED = Path(__file__).resolve().parent.parent / "policies" / "charters" / "hospital.yaml"
"""The charter that comes with the product."""


class CharterFile(Section):
    """Section `charter`."""

    file: ConfiguredPath = SHIPPED
