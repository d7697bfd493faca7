"""Who signs the outputs."""

from config.section import ConfiguredPath, Line, Section


class Signature(Section):
    """Section `provenance`."""

    hospital: Line = "Établissement de démonstration"
    """The name under which outputs are marked."""
    key_file: ConfiguredPath | None = None
    """Ed25519 private key; None: `provenance.pem` in `data_dir`."""
