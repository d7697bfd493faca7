"""The authority that signs the page for refused names, made so that it cannot sign for any other.

An offline root of the hospital, which workstations trust, signs an intermediate authority that Squid holds. That one is
constrained: whoever steals its key can impersonate the refused services, and neither a bank nor the hospital itself.
"""

import datetime as dt
import ipaddress
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from filters.outbound import files
from filters.outbound.names import canonical, suffixes

ROOT_DAYS: Final = 3650
DAYS: Final = 90
"""An intermediate is made again whenever the list of refused names grows."""

MOST: Final = 1000
"""Domains of one authority: it is sent with each page, and browsers refuse chains of more than 100 KB."""

_CLOCKS: Final = dt.timedelta(hours=1)
"""Workstations whose clock is late take it all the same."""

_EVERY_ADDRESS: Final = (ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0"))


class AuthorityError(ValueError):
    """No authority can be made or read from what was given; a French sentence."""


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate that signs others, and its key."""

    certificate: x509.Certificate
    key: CertificateIssuerPrivateKeyTypes


def made_root(name: str, days: int = ROOT_DAYS) -> Authority:
    """Return a root of our own, for demonstrations and for hospitals that have none; its key belongs offline."""
    key = ec.generate_private_key(ec.SECP384R1())
    subject = _name(name)
    builder = _authority(subject, key, days, path_length=1).issuer_name(subject)
    return Authority(builder.sign(key, hashes.SHA256()), key)


def read_root(certificate: Path, key: Path, password: bytes | None = None) -> Authority:
    """Return the hospital's own root; raises `AuthorityError`."""
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
        private = serialization.load_pem_private_key(key.read_bytes(), password)
    except (OSError, ValueError, TypeError) as error:
        raise AuthorityError(
            f"L’autorité racine ne peut pas être lue (certificat, clé ou mot de passe) : {type(error).__name__}."
        ) from None
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise AuthorityError("La clé de l’autorité racine doit être RSA ou ECDSA.")
    if private.public_key() != found.public_key():
        raise AuthorityError("Cette clé n’est pas celle du certificat de l’autorité racine.")
    if not _signs_authorities(found):
        raise AuthorityError("Ce certificat n’est pas celui d’une autorité qui peut en signer une autre.")
    return Authority(found, private)


def constrained(root: Authority, domains: Iterable[str], name: str, days: int = DAYS) -> Authority:
    """Return an authority that can sign for these domains and the names below them, and for nothing else.

    Addresses are excluded: a constraint on names alone would leave certificates for addresses free. Raises
    `AuthorityError` where there is no domain, which would be no constraint, and where there are too many.
    """
    permitted = _shortest(domains)
    if not permitted:
        raise AuthorityError("Aucun nom n’est refusé : une autorité sans contrainte pourrait tout signer.")
    if len(permitted) > MOST:
        raise AuthorityError(
            f"{len(permitted)} noms refusés : une autorité ne peut en porter que {MOST}. Retirez-en des listes "
            "extérieures : leurs sites resteront refusés, sans page."
        )
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = root.certificate
    constraints = x509.NameConstraints(
        permitted_subtrees=[x509.DNSName(domain) for domain in permitted],
        excluded_subtrees=[x509.IPAddress(network) for network in _EVERY_ADDRESS],
    )
    builder = (
        _authority(_name(name), key, days, path_length=0, until=issuer.not_valid_after_utc)
        .issuer_name(issuer.subject)
        .add_extension(constraints, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_key_of(issuer), critical=False)
    )
    return Authority(builder.sign(root.key, hashes.SHA256()), key)


def missing(domains: Iterable[str], certificate: x509.Certificate) -> tuple[str, ...]:
    """Return the domains whose page would be a certificate error, because the authority may not sign for them."""
    covered = permitted(certificate)
    if covered is None:
        return ()
    names = {canonical(domain) for domain in domains}
    return tuple(sorted(name for name in names if covered.isdisjoint(suffixes(name))))


def permitted(certificate: x509.Certificate) -> frozenset[str] | None:
    """Return the domains that an authority may sign for; None where nothing constrains it."""
    try:
        subtrees = certificate.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees
    except x509.ExtensionNotFound:
        return None
    names = [one.value for one in subtrees or () if isinstance(one, x509.DNSName)]
    return frozenset(names) if names else None


def write(authority: Authority, path: Path, chain: Collection[x509.Certificate] = ()) -> None:
    """Write certificate, chain and key in one PEM as Squid reads it, for the owner's eyes only."""
    certificates = b"".join(pem(one) for one in (authority.certificate, *chain))
    private = authority.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files.replace(path, [certificates, private], 0o600)


def pem(certificate: x509.Certificate) -> bytes:
    """Return a certificate as workstations take it."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def read_certificate(path: Path) -> x509.Certificate:
    """Return the first certificate of a PEM; raises `AuthorityError`."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())[0]
    except (OSError, ValueError) as error:
        raise AuthorityError(f"Le certificat « {path} » ne peut pas être lu : {type(error).__name__}.") from None


def _authority(
    subject: x509.Name, key: ec.EllipticCurvePrivateKey, days: int, path_length: int, until: dt.datetime | None = None
) -> x509.CertificateBuilder:
    """Return what both authorities have in common; none outlives `until`."""
    now = dt.datetime.now(dt.UTC)
    ends = now + dt.timedelta(days=days)
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS)
        .not_valid_after(min(ends, until) if until else ends)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _shortest(domains: Iterable[str]) -> list[str]:
    """Return the domains, without those that another one already stands for."""
    names = {canonical(domain) for domain in domains}
    return sorted(name for name in names if names.isdisjoint(list(suffixes(name))[1:]))


def _signs_authorities(certificate: x509.Certificate) -> bool:
    try:
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return False
    return basic.ca and basic.path_length != 0


def _key_of(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    try:
        subject_key = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    except x509.ExtensionNotFound:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())  # type: ignore[arg-type]
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(subject_key)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
