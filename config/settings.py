"""The whole configuration. Only the entrance, the command line and the wiring see it."""

from pathlib import Path

from pydantic import Field

from config.answers import Answers
from config.charter import CharterFile
from config.identity import Identity
from config.journal import Journal
from config.limits import Limits
from config.logging import Logs
from config.masking import MaskingWork
from config.outbound import Outbound
from config.people import People
from config.provenance import Signature
from config.quota import Allowance
from config.routes import DEMO, RouteSettings
from config.section import ConfiguredPath, Section
from config.server import Server
from config.shared import Shared
from config.systems import Systems


class Settings(Section):
    """What the hospital has chosen; `Settings()` is what `default.yaml` says."""

    data_dir: ConfiguredPath = Path("data")
    """Where the journal and the key files are kept unless another place is named."""
    server: Server = Field(default_factory=Server)
    charter: CharterFile = Field(default_factory=CharterFile)
    limits: Limits = Field(default_factory=Limits)
    routes: tuple[RouteSettings, ...] = (DEMO,)
    masking: MaskingWork = Field(default_factory=MaskingWork)
    answers: Answers = Field(default_factory=Answers)
    journal: Journal = Field(default_factory=Journal)
    provenance: Signature = Field(default_factory=Signature)
    identity: Identity = Field(default_factory=Identity)
    people: People = Field(default_factory=People)
    outbound: Outbound = Field(default_factory=Outbound)
    quota: Allowance = Field(default_factory=Allowance)
    shared: Shared = Field(default_factory=Shared)
    systems: Systems = Field(default_factory=Systems)
    logging: Logs = Field(default_factory=Logs)

    @property
    def database_url(self) -> str:
        """Return the address of the journal's database."""
        return self.journal.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'ecluse.db'}"

    @property
    def identity_database_url(self) -> str:
        """Return the address of the database of keys: the journal's, unless another is named."""
        return self.identity.database_url or self.database_url

    @property
    def journal_key_file(self) -> Path:
        """Return where the key of the journal's hashes is."""
        return self.journal.key_file or self.data_dir / "journal.key"

    @property
    def journal_signing_key_file(self) -> Path:
        """Return where the key that signs the journal's checkpoints is."""
        return self.journal.signing_key_file or self.data_dir / "journal.pem"

    @property
    def provenance_key_file(self) -> Path:
        """Return where the key that signs outputs is."""
        return self.provenance.key_file or self.data_dir / "provenance.pem"

    @property
    def outbound_folder(self) -> Path:
        """Return where what concerns outgoing connections is kept."""
        return self.outbound.folder or self.data_dir / "outbound"

    @property
    def outbound_keys_folder(self) -> Path:
        """Return where the keys of pseudonyms are."""
        return self.outbound.keys_folder or self.outbound_folder / "pseudonyms"
