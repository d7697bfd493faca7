"""Everything that a Squid of the hospital is given: its configuration, our two programs, the refusal, and how to go on.

The configuration was run on Squid 5.7. The list of refused names is never in it: Squid asks, so that a change of policy
needs no `reconfigure`, which closes the listening port.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from filters.outbound.names import suffixes
from gateway.outbound.refusal import page_of, refusal_of
from gateway.outbound.squid import lines
from gateway.outbound.squid.options import Mode, Options
from gateway.outbound.squid.peeking import peeking_certificate
from gateway.outbound.squid.programs import external_acl_script, log_daemon_script
from gateway.outbound.squid.readme import readme

CONFIGURATION: Final = "squid.conf"
REFUSAL: Final = "ERR_ECLUSE"
TTL: Final = 2
"""Whole seconds that Squid remembers an answer; ours looks at its file each second: a policy counts within four."""

REMEMBERED: Final = 4096
"""Answers that Squid remembers: many more than are asked for within `TTL`. It forgets none of them before there are so
many, and finds one among a thousand chains of them, whatever their number: more of them slow each question down."""

_SAFE_PORTS: Final = (21, 80, 443)
_UNPRIVILEGED: Final = "1025-65535"


def write(options: Options) -> tuple[Path, ...]:
    """Write everything in the options' folder, over what was there, and return the files; raises `OptionsError`."""
    options.check()
    folder, errors = options.folder, options.folder / "errors"
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    if options.templates.is_dir():
        shutil.copytree(options.templates, errors, dirs_exist_ok=True)
    errors.mkdir(mode=0o755, exist_ok=True)
    texts = {
        folder / CONFIGURATION: "\n".join(directives(options)) + "\n",
        folder / "README.md": readme(options),
        folder / "doh.dst": "".join(f".{name}\n" for name in _highest(options.doh)),
        # Squid puts the id of the service for `%o`.
        errors / REFUSAL: refusal_of(options.page, "%o") + "\n",
    }
    for path, text in texts.items():
        _put(path, text, 0o644)
    programs = {
        folder / "external_acl": external_acl_script(options),
        folder / "log_daemon": log_daemon_script(options),
    }
    for path, text in programs.items():
        _put(path, text, 0o755)
    secrets: tuple[Path, ...] = ()
    if options.mode is Mode.TRANSPARENT:
        secrets = (folder / "peeking.pem",)
        _put(secrets[0], peeking_certificate(options.visible_hostname), 0o600)
    return (*texts, *programs, *secrets)


def directives(options: Options) -> Iterator[str]:
    """Yield the lines of `squid.conf`."""
    yield f"# Squid 5.7 or later, built with OpenSSL (Debian: squid-openssl). Mode: {options.mode}."
    yield "# Written by `ecluse outbound squid`: change the options and write it again."
    yield from _listening(options)
    yield from _quiet(options)
    yield from _acls(options)
    if options.authentication is not None:
        yield from options.authentication.lines()
    if options.mode is Mode.ICAP:
        yield from _icap(options)
    else:
        yield from _asking(options)
    if options.looks:
        yield from _bumping(options)
    yield from _access(options)
    yield from _logging(options)


def _listening(options: Options) -> Iterator[str]:
    where = f"{options.address}:" if options.address else ""
    bump = "ssl-bump generate-host-certificates=on dynamic_cert_mem_cache_size=8MB"
    match options.mode, options.certificate:
        case Mode.TRANSPARENT, _:
            yield f"http_port {where}{options.http_port} intercept"
            yield f"https_port {where}{options.https_port} intercept ssl-bump cert={options.folder / 'peeking.pem'}"
            yield "# Squid wants one ordinary port; nobody needs to reach it."
            yield f"http_port 127.0.0.1:{options.port}"
            yield "# What is no TLS names no host, so that there is nothing to decide about."
            yield "on_unsupported_protocol tunnel all"
        case _, None:
            yield f"http_port {where}{options.port}"
        case _, certificate:
            yield f"http_port {where}{options.port} cert={certificate} {bump}"
    if options.looks:
        yield "# Certificates of refused names are made again when needed: none is kept on the disk."
        yield f"sslcrtd_program {options.programs / 'security_file_certgen'}"
        yield "sslcrtd_children 4 startup=1 idle=1"


def _quiet(options: Options) -> Iterator[str]:
    yield from (
        f"visible_hostname {options.visible_hostname}",
        f"pid_filename {options.pid_file}",
        "# Critical messages only: the others quote addresses of clients and names that they asked for.",
        f"cache_log {options.cache_log}",
        "debug_options ALL,0",
        "cache deny all",
        "cache_mem 8 MB",
        "cache_store_log none",
        "netdb_filename none",
        "coredump_dir none",
        "logfile_rotate 0",
        "client_db off",
        "# Squid would look for the hardware address of each client, which nothing here uses.",
        "eui_lookup off",
        "pinger_enable off",
        "via off",
        "forwarded_for delete",
        "httpd_suppress_version_string on",
        "shutdown_lifetime 3 seconds",
        f"error_directory {options.folder / 'errors'}",
        "# Must hold `127.0.0.1 localhost`. Squid looks clients up in the reverse DNS: have their subnets answered,",
        "# or unanswered queries pile up.",
        f"hosts_file {options.hosts_file}",
    )
    if options.user:
        yield f"cache_effective_user {options.user}"
    if options.workers > 1:
        yield f"workers {options.workers}"


def _acls(options: Options) -> Iterator[str]:
    ports = sorted({*_SAFE_PORTS, *options.tls_ports})
    yield f"acl tls_ports port {' '.join(map(str, options.tls_ports))}"
    yield f"acl safe_ports port {' '.join(map(str, ports))} {_UNPRIVILEGED}"
    yield f"acl localnet src {' '.join(options.localnet)}"
    if options.gateway:
        yield "# The gateway itself, whose own routes are decided elsewhere."
        yield f"acl gateway src {' '.join(options.gateway)}"
    if options.doh:
        yield f'acl doh dstdomain "{options.folder / "doh.dst"}"'
    yield "acl navigation req_header Accept -i text/html"


def _asking(options: Options) -> Iterator[str]:
    yield "# OK means refused. Without helpers at the start, a broken one cannot stop Squid for good."
    yield (
        f"external_acl_type outbound ttl={TTL} negative_ttl={TTL} cache={REMEMBERED} "
        "children-startup=0 children-idle=1 children-max=2 concurrency=200 queue-size=4000 %un %>a %>rd %ssl::>sni "
        f"{options.folder / 'external_acl'}"
    )
    yield "acl refused external outbound"
    yield "acl shown external outbound"
    yield f"deny_info 303:{page_of(options.page, '%o')} shown"
    yield f"deny_info 403:{REFUSAL} refused"


def _icap(options: Options) -> Iterator[str]:
    service = "mark" if options.certificate is not None else "reqmod"
    yield "icap_enable on"
    yield "icap_preview_enable on"
    yield "icap_persistent_connections on"
    yield "icap_send_client_ip on"
    yield "icap_send_client_username on"
    yield "icap_client_username_header X-Client-Username"
    yield "icap_connect_timeout 2 seconds"
    yield "icap_io_timeout 5 seconds"
    yield "icap_service_failure_limit 10 in 10 seconds"
    yield "icap_service_revival_delay 30"
    bypass = "off" if options.closed else "on"
    yield f"icap_service outbound reqmod_precache icap://{options.icap}/{service} bypass={bypass}"
    if options.gateway:
        yield "adaptation_access outbound deny gateway"
    yield "adaptation_access outbound allow all"
    if options.certificate is not None:
        yield "# The service lets the tunnel be opened, marked, and answers inside it."
        yield "acl refused req_header X-Ecluse-Refused ."


def _bumping(options: Options) -> Iterator[str]:
    yield "acl first at_step SslBump1"
    yield f"acl ech_outer ssl::server_name {options.ech_outer}"
    if options.gateway:
        yield "ssl_bump splice gateway"
    if options.mode is not Mode.TRANSPARENT:
        yield "# TLS ends here for refused names only, before their origin is contacted: they are shown the page."
        yield "ssl_bump bump first refused"
        yield "# Opened before its name was allowed: the browser asks again, since what is allowed is not decrypted."
        yield "acl decrypted proto HTTPS"
        yield "deny_info 307:https://%H:%p@Squid{%rp} decrypted"
    yield "ssl_bump peek first"
    if options.ech_outer:
        yield "ssl_bump terminate ech_outer"
    if options.doh:
        yield f'acl doh_tls ssl::server_name "{options.folder / "doh.dst"}"'
        yield "ssl_bump terminate doh_tls"
    if not options.nameless:
        yield "acl nameless ssl::server_name none"
        yield "ssl_bump terminate nameless"
    if options.mode is not Mode.ICAP:
        yield "# The tunnel was asked for another name, or for an address."
        yield "ssl_bump terminate refused"
    yield "# Everything else: not decrypted."
    yield "ssl_bump splice all"


def _access(options: Options) -> Iterator[str]:
    yield "http_access deny manager"
    if options.gateway:
        yield "# Its models may listen anywhere."
        yield "http_access allow CONNECT gateway"
    yield "http_access deny !safe_ports"
    yield "http_access deny CONNECT !tls_ports"
    if not options.local_destinations:
        yield "http_access deny to_localhost"
        yield "acl link dst 169.254.0.0/16 fe80::/10"
        yield "http_access deny link"
    if options.gateway:
        yield "http_access allow gateway"
    yield "http_access deny !localnet"
    if options.authentication is not None:
        yield "http_access deny !agents"
    if options.doh:
        yield "http_access deny doh"
    if options.looks:
        yield "# Tunnels are decided by `ssl_bump`."
        yield "http_access allow CONNECT"
    if options.mode is not Mode.ICAP:
        yield "# A browser is led to the page; a program, which would follow it and read a page as an answer, is not."
        yield "# What costs nothing is looked at first: of a tunnel, which is no navigation, Squid asks once."
        yield "http_access deny navigation shown"
        yield "http_access deny refused"
    if options.looks and options.mode is not Mode.TRANSPARENT:
        yield "adapted_http_access deny decrypted" if options.mode is Mode.ICAP else "http_access deny decrypted"
    yield "http_access allow all"


def _logging(options: Options) -> Iterator[str]:
    if not options.counted:
        yield "access_log none"
        return
    mark = lines.ICAP_MARK if options.mode is Mode.ICAP else lines.MARK
    yield "# Each line goes to our program, which counts it and forgets who it was: nothing of it reaches the disk."
    yield f"logformat outbound {lines.FORMAT} {mark}"
    yield f"logfile_daemon {options.folder / 'log_daemon'}"
    if options.mode is Mode.ICAP and options.looks:
        yield "# A tunnel that is let through is logged twice, with the same mark: when it opens, and when it ends."
        yield "acl opening hier_code HIER_NONE"
        yield "acl once any-of !CONNECT opening"
        yield f"access_log daemon:{options.state} outbound once"
    else:
        yield f"access_log daemon:{options.state} outbound"


def _highest(names: Iterable[str]) -> list[str]:
    """Return the names that no other one stands above: Squid refuses to start with both."""
    given = set(names)
    return sorted(name for name in given if given.isdisjoint(list(suffixes(name))[1:]))


def _put(path: Path, text: str, mode: int) -> None:
    """Write a file that was never open to more than `mode`."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        file.write(text)
    path.chmod(mode)
