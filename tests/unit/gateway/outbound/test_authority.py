import datetime as dt
import ipaddress
import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from gateway.outbound import authority
from gateway.outbound.authority import AuthorityError, constrained, made_root, missing, permitted

ROOT = made_root("Racine inventée")
NAMES = st.lists(st.from_regex(r"[a-z]{1,6}(\.[a-z]{1,6}){1,3}", fullmatch=True), min_size=1, max_size=8)


def test_it_signs_for_the_refused_names_and_for_no_address() -> None:
    """A constraint on names alone leaves certificates for addresses free."""
    made = constrained(ROOT, ["openai.com", "ChatGPT.com.", "api.openai.com"], "Filtre").certificate
    found = made.extensions.get_extension_for_class(x509.NameConstraints)
    assert found.critical
    assert permitted(made) == {"openai.com", "chatgpt.com"}
    excluded = {name.value for name in found.value.excluded_subtrees or ()}
    assert excluded == {ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0")}


def test_it_makes_no_other_authority_and_does_not_last() -> None:
    made = constrained(ROOT, ["openai.com"], "Filtre", days=10).certificate
    basic = made.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    assert made.not_valid_after_utc <= dt.datetime.now(dt.UTC) + dt.timedelta(days=10)
    made.verify_directly_issued_by(ROOT.certificate)


def test_it_does_not_outlive_its_root() -> None:
    short = made_root("Racine", days=5)
    assert constrained(short, ["openai.com"], "Filtre", days=90).certificate.not_valid_after_utc == (
        short.certificate.not_valid_after_utc
    )


@given(NAMES, NAMES)
def test_what_is_missing_is_what_no_permitted_name_stands_above(covered: list[str], asked: list[str]) -> None:
    certificate = constrained(ROOT, covered, "Filtre").certificate
    expected = {name for name in asked if not any(name == one or name.endswith(f".{one}") for one in covered)}
    assert set(missing(asked, certificate)) == expected


def test_nothing_is_missing_from_an_authority_without_constraints() -> None:
    assert missing(["openai.com"], ROOT.certificate) == ()


@pytest.mark.parametrize("domains", [[], [f"n{number}.example" for number in range(authority.MOST + 1)]])
def test_no_names_and_too_many_make_no_authority(domains: list[str]) -> None:
    with pytest.raises(AuthorityError):
        constrained(ROOT, domains, "Filtre")


def test_the_key_is_for_its_owner_only_and_certificate_comes_first(tmp_path: Path) -> None:
    """Whoever reads the key could sign for the refused names."""
    made, path = constrained(ROOT, ["openai.com"], "Filtre"), tmp_path / "authority.pem"
    path.write_bytes(b"old")
    path.chmod(0o644)
    authority.write(made, path, [ROOT.certificate])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert authority.read_certificate(path) == made.certificate
    assert x509.load_pem_x509_certificates(path.read_bytes()) == [made.certificate, ROOT.certificate]


def test_a_root_of_the_hospital(tmp_path: Path) -> None:
    certificate, key = tmp_path / "root.pem", tmp_path / "root.key.pem"
    certificate.write_bytes(authority.pem(ROOT.certificate))
    key.write_bytes(
        ROOT.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    assert authority.read_root(certificate, key, b"secret").certificate == ROOT.certificate
    for password in (None, b"wrong"):
        with pytest.raises(AuthorityError):
            authority.read_root(certificate, key, password)
    authority.write(made_root("Autre"), key)
    with pytest.raises(AuthorityError, match="pas celle"):
        authority.read_root(certificate, key)


def test_a_constrained_authority_is_no_root(tmp_path: Path) -> None:
    path = tmp_path / "authority.pem"
    authority.write(constrained(ROOT, ["openai.com"], "Filtre"), path)
    with pytest.raises(AuthorityError, match="peut en signer"):
        authority.read_root(path, path)
