"""How Squid learns who is behind a connection: the fragments for a hospital's directory."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self

_PROGRAMS: Final = Path("/usr/lib/squid")


@dataclass(frozen=True, slots=True)
class Authentication:
    """One way for users to say who they are; what they say is pseudonymised before anything is kept."""

    scheme: Literal["negotiate", "basic"]
    program: tuple[str, ...]
    """With its arguments."""
    notes: tuple[str, ...] = ()
    """What the hospital has to do first, in French."""

    @classmethod
    def kerberos(cls, keytab: Path, principal: str) -> Self:
        """Sign on by the session of Active Directory; `principal` is `HTTP/proxy.hopital.example@HOPITAL.EXAMPLE`."""
        program = (str(_PROGRAMS / "negotiate_kerberos_auth"), "-k", str(keytab), "-s", principal)
        note = (
            f"Créez le principal `{principal}` dans l’annuaire, exportez sa clé dans `{keytab}` (lisible par Squid "
            "seul), et donnez aux navigateurs le nom du proxy, jamais son adresse : Kerberos en dépend."
        )
        return cls("negotiate", program, (note,))

    @classmethod
    def ldap(cls, server: str, base: str, *, who: str, bind: str, secret: Path) -> Self:
        """Ask for a password and check it in a directory; `server` is an `ldaps://` address, `who` a filter (`uid=%s`).

        The password travels from the browser to the proxy unprotected: Kerberos is better wherever there is one.
        """
        program = (str(_PROGRAMS / "basic_ldap_auth"), "-R", "-b", base, "-f", who, "-D", bind, "-W", str(secret))
        note = (
            f"Écrivez dans `{secret}` le mot de passe du compte de lecture (lisible par Squid seul). Celui des agents "
            "circule en clair jusqu’au proxy : préférez Kerberos."
        )
        return cls("basic", (*program, "-H", server), (note,))

    def lines(self) -> Iterator[str]:
        """Yield the directives; `acl agents` is who has said who they are."""
        yield f"auth_param {self.scheme} program {' '.join(_quoted(word) for word in self.program)}"
        yield f"auth_param {self.scheme} children 20 startup=0 idle=1"
        if self.scheme == "basic":
            yield "auth_param basic realm Internet"
            yield "auth_param basic credentialsttl 1 hour"
        else:
            yield "auth_param negotiate keep_alive on"
        yield "acl agents proxy_auth REQUIRED"


def _quoted(word: str) -> str:
    """Return a word as `auth_param` takes it; only the parts that a hospital writes may need quotes."""
    return word if word.replace("/", "").replace("_", "").replace("-", "").isalnum() else f'"{word}"'
