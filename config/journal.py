"""Where the journal is kept, and for how long."""

from typing import Annotated

from pydantic import Field, field_validator

from config.section import ConfiguredPath, Line, Section, wrong

SHORTEST_RETENTION, LONGEST_RETENTION = 6, 12
"""Months. CNIL's recommendation on logging (2021-122) and AI Act, article 26(6)."""


class Journal(Section):
    """Section `journal`."""

    database_url: Line | None = None
    """None: an SQLite file in `data_dir`."""
    retention_months: int = 12
    checkpoint_every: Annotated[int, Field(ge=1)] = 1000
    """Lines between two signed checkpoints."""
    checkpoint_seconds: Annotated[float, Field(gt=0)] = 60.0
    key_file: ConfiguredPath | None = None
    """Key of the hashes of callers and cases; None: `journal.key` in `data_dir`."""
    signing_key_file: ConfiguredPath | None = None
    """Key that signs checkpoints; None: `journal.pem` in `data_dir`."""

    @field_validator("retention_months")
    @classmethod
    def _lawful_retention(cls, months: int) -> int:
        if not SHORTEST_RETENTION <= months <= LONGEST_RETENTION:
            raise wrong(
                f"Le journal ne peut pas être conservé {months} mois : la durée doit être comprise entre "
                f"{SHORTEST_RETENTION} mois (règlement IA, article 26.6) et {LONGEST_RETENTION} mois (CNIL, "
                "recommandation sur la journalisation). Écrivez par exemple `retention_months: 12`."
            )
        return months
