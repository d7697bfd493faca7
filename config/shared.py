"""Where gateways that serve together keep what they have in common."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from config.section import ConfiguredPath, Line, Section, wrong

TLS = "rediss://"


def _readable(address: str) -> str:
    """Refuse what Redis's client could not read: it would say why with a piece of the password."""
    try:
        parts = urlsplit(address)
        if parts.hostname and (parts.port or 0) >= 0 and not parts.fragment:
            return address
    except ValueError:
        pass
    raise wrong(
        "`redis_url` s’écrit `redis://machine:6379/0`. Un mot de passe qui contient `/`, `?`, `#`, `[` ou `]` y est "
        "encodé (`%2F`, `%3F`, `%23`, `%5B`, `%5D`) ; ou mettez-le dans `password_file`."
    ) from None


Address = Annotated[str, StringConstraints(pattern=r"^rediss?://\S+$"), AfterValidator(_readable)]
Sentinel = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._-]+:[0-9]{1,5}$")]
"""Host and port of one Sentinel."""


class Shared(Section):
    """Section `shared`. Nothing written: each gateway counts for itself, and shares what its database holds."""

    redis_url: Annotated[Address | None, Field(repr=False)] = None
    sentinels: tuple[Sentinel, ...] = ()
    """Instead of `redis_url`: who knows where the Redis that takes writes is now."""
    master: Line | None = None
    """What the Sentinels call it."""
    database: Annotated[int, Field(ge=0, le=15)] = 0
    """With Sentinels; an address carries its own."""
    username: Line | None = None
    password_file: ConfiguredPath | None = None
    sentinel_password_file: ConfiguredPath | None = None
    tls: bool = False
    """With Sentinels; an address says it by `rediss://`."""
    ca_file: ConfiguredPath | None = None
    """Who signs Redis's certificate; None: whom the system trusts."""
    timeout_seconds: Annotated[float, Field(gt=0, le=5)] = 0.25
    """How long an answer of Redis is waited for."""
    pause_seconds: Annotated[float, Field(gt=0, le=60)] = 1.0
    """How long a Redis that does not answer is left alone."""
    prefix: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")] = "ecluse"
    """Begins the name of everything that is kept there."""

    @property
    def configured(self) -> bool:
        """Return whether there is a Redis."""
        return self.redis_url is not None or bool(self.sentinels)

    @property
    def encrypted(self) -> bool:
        """Return whether Redis is reached by TLS."""
        return self.redis_url.startswith(TLS) if self.redis_url else self.tls

    @model_validator(mode="after")
    def _one_way(self) -> "Shared":
        if self.redis_url and self.sentinels:
            raise wrong("Redis est désigné deux fois : gardez `redis_url`, ou `sentinels` et `master`.")
        if bool(self.sentinels) != bool(self.master):
            raise wrong("`sentinels` et `master` vont ensemble : écrivez les deux, ou `redis_url` à leur place.")
        if self.ca_file and not self.encrypted:
            raise wrong(
                "`ca_file` ne sert qu’avec TLS : écrivez une adresse en `rediss://` (ou `tls: true` avec `sentinels`), "
                "ou retirez `ca_file`."
            )
        return self

    def password(self) -> str | None:
        """Return Redis's password, read now; None where no file is named, since an address may carry it."""
        return _read(self.password_file)

    def sentinel_password(self) -> str | None:
        """Return the Sentinels' password, read now."""
        return _read(self.sentinel_password_file)


def _read(file: ConfiguredPath | None) -> str | None:
    return file.read_text(encoding="utf-8").strip() if file is not None else None
