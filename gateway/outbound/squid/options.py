"""What a hospital chooses about its Squid."""

import ipaddress
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from gateway.outbound.squid.authentication import Authentication

DOH: Final = (
    "chrome.cloudflare-dns.com",
    "cloudflare-dns.com",
    "dns.adguard-dns.com",
    "dns.google",
    "dns.nextdns.io",
    "dns.quad9.net",
    "dns0.eu",
    "doh.cleanbrowsing.org",
    "doh.dns.sb",
    "doh.opendns.com",
    "mozilla.cloudflare-dns.com",
    "one.one.one.one",
)
"""Resolvers over HTTPS that browsers propose: through them, a filter of names is blind."""

HOSTNAME: Final = "proxy.hopital.example"
PRIVATE: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10")

_NAME: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_ENDPOINT: Final = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:]+\]):[0-9]{1,5}")
_ADDRESS: Final = re.compile(r"[0-9.]*|\[[0-9a-f:]+\]")
_PAGE: Final = re.compile(r"https?://[!-~]+")
_PATH: Final = re.compile(r"[\w./+@:=-]+", re.ASCII)
_ZONE: Final = re.compile(r"[A-Za-z0-9_+/-]+")
_PORTS: Final = range(1, 65536)


class Mode(StrEnum):
    """How connections come to Squid, and who decides."""

    EXPLICIT = "explicit"
    """Browsers know the proxy; Squid asks our program for each connection."""
    TRANSPARENT = "transparent"
    """The network sends connections to Squid, which sees names only in TLS: refused ones are closed, without a page."""
    ICAP = "icap"
    """Browsers know the proxy; Squid asks an ICAP service, as other makes of proxy do."""


class OptionsError(ValueError):
    """No configuration can be made of these options; each fault is a French sentence."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        """Keep every sentence."""
        self.faults = faults
        super().__init__(" ".join(faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Everything that a configuration is made of. Paths are as Squid sees them."""

    folder: Path
    """Where the configuration is written; Squid reads it, and writes nothing there."""
    state: Path
    """The gateway's own folder of outgoing connections: the compiled policy, passes and keys."""
    page: str
    """Address of the page for who is refused, without a query."""
    mode: Mode = Mode.EXPLICIT
    certificate: Path | None = None
    """PEM of the constrained authority, its chain and its key. Without one, refusals over HTTPS have no page."""
    address: str = ""
    """That Squid listens on; all of them where empty."""
    port: int = 3128
    """For browsers that know the proxy."""
    http_port: int = 3129
    """Where the network sends port 80, in transparent mode."""
    https_port: int = 3130
    """Where the network sends port 443, in transparent mode."""
    tls_ports: tuple[int, ...] = (443,)
    """Destinations of tunnels."""
    localnet: tuple[str, ...] = PRIVATE
    """Who may use the proxy."""
    gateway: tuple[str, ...] = ()
    """Addresses of the gateway itself, which is never filtered."""
    authentication: Authentication | None = None
    closed: bool = False
    """Refuse where no decision can be had. Otherwise a fault of the filter leaves the web open."""
    doh: tuple[str, ...] = DOH
    ech_outer: str = "cloudflare-ech.com"
    """The name that encrypted client hellos show in the place of the real one."""
    nameless: bool = True
    """Let TLS through that names no host (medical devices, IP literals). Where Squid looks into TLS at all."""
    local_destinations: bool = False
    """Let users reach the proxy's own machine. For demonstrations, whose origins are there."""
    counted: bool = True
    """Hand each line of log to our program, which keeps no identity. Without it, Squid logs nothing."""
    keys: Path | None = None
    """Folder of the pseudonyms' keys; `pseudonyms` in `state` if None."""
    timezone: str = "Europe/Paris"
    raw_days: int = 30
    """Days that attempts are kept one by one, and the keys of their pseudonyms with them."""
    icap: str = "127.0.0.1:1344"
    python: Path = Path(sys.executable)
    """An interpreter that Squid's account may run."""
    python_path: tuple[Path, ...] = ()
    """Where it finds this project, if it is not installed beside it."""
    visible_hostname: str = HOSTNAME
    workers: int = 1
    user: str = ""
    """Account that Squid runs as; the package's own (`proxy`) where empty. It reads `state` and its keys."""
    pid_file: Path = Path("/run/squid.pid")
    cache_log: Path = Path("/var/log/squid/cache.log")
    """Of Squid's own troubles; written so that it names no user."""
    hosts_file: Path = Path("/etc/hosts")
    programs: Path = Path("/usr/lib/squid")
    templates: Path = Path("/usr/share/squid/errors/fr")
    """Error pages of the package, copied beside ours."""

    @property
    def looks(self) -> bool:
        """Return whether Squid reads the name in TLS before it lets a tunnel through."""
        return self.mode is Mode.TRANSPARENT or self.certificate is not None

    def check(self) -> None:
        """Raise `OptionsError` with every fault."""
        if faults := tuple(_faults(self)):
            raise OptionsError(faults)


def _faults(options: Options) -> Iterator[str]:
    yield from _of_paths(options)
    yield from _of_networks(options)
    if not _PAGE.fullmatch(options.page) or set(options.page) & set("?#%\"'\\"):
        yield f"« {options.page} » doit être l’adresse complète d’une page (https://…), sans paramètre."
    if options.mode is Mode.TRANSPARENT and options.authentication is not None:
        yield "Un proxy transparent ne peut demander à personne qui il est : retirez l’authentification."
    if not _ZONE.fullmatch(options.timezone):
        yield "Le fuseau horaire s’écrit Europe/Paris."
    if options.workers < 1 or not re.fullmatch(r"[a-z_][a-z0-9_-]*|", options.user):
        yield "Il faut au moins un processus (`workers`), et un nom de compte du système (`user`)."


def _of_paths(options: Options) -> Iterator[str]:
    paths = [options.folder, options.state, options.python, options.pid_file, options.cache_log, options.hosts_file]
    paths += [options.programs, *options.python_path, *(path for path in (options.certificate, options.keys) if path)]
    for path in paths:
        if not path.is_absolute() or not _PATH.fullmatch(str(path)):
            yield f"« {path} » doit être un chemin absolu, sans espace ni guillemet : Squid ne le lirait pas."


def _of_networks(options: Options) -> Iterator[str]:
    if not options.localnet:
        yield "Dites quels réseaux peuvent utiliser le proxy (`localnet`) : il serait ouvert à tous, ou à personne."
    for network in (*options.localnet, *options.gateway):
        if not _network(network):
            yield f"« {network} » n’est ni une adresse ni un réseau (10.0.0.0/8)."
    ports = [options.port]
    if options.mode is Mode.TRANSPARENT:
        ports += [options.http_port, options.https_port]
    if len(set(ports)) < len(ports) or not {*ports, *options.tls_ports} <= set(_PORTS):
        yield "Les ports doivent être différents, entre 1 et 65535."
    for name in (*options.doh, options.ech_outer, options.visible_hostname):
        if name and not _NAME.fullmatch(name):
            yield f"« {name} » n’est pas un nom de machine en minuscules."
    if not _ENDPOINT.fullmatch(options.icap) or not _ADDRESS.fullmatch(options.address):
        yield "L’adresse d’écoute est une adresse IP, et celle du service ICAP s’écrit 127.0.0.1:1344."


def _network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True
