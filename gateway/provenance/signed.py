"""Marks with a signed manifest, made after identifiers were put back."""

import datetime as dt
from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway import __version__
from gateway.errors import ProvenanceUnavailableError
from gateway.provenance import headers, notices
from gateway.provenance.manifest import Fingerprint, Statement, fingerprint, sign
from gateway.provenance.marks import Ended, Marks, Opening
from gateway.provenance.outputs import Outputs
from gateway.structures import Json
from policies.decision import Allowed
from policies.facts import AiSystem


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class SignedProvenance:
    """Signs a manifest of each output and keeps it. Implements `Provenance`.

    Fails closed: an answer that cannot be marked, or whose manifest cannot be kept, is not let out.
    """

    def __init__(
        self, key: Ed25519PrivateKey, outputs: Outputs, hospital: str, *, clock: Callable[[], dt.datetime] = _now
    ) -> None:
        """`hospital` is the name under which answers are marked."""
        self._key, self._outputs, self._hospital, self._clock = key, outputs, hospital, clock

    def notice(self, allowed: Allowed, route: str) -> str:
        """Return what is appended to a text for its reader, blank line included; empty where the use asks for none."""
        return notices.appended(allowed.duties.notice, _system(allowed, route))

    def headers(self, opening: Opening, route: str) -> Mapping[str, str]:
        """Return the headers of an answer."""
        return self._headers(opening, route, self._clock())

    async def mark(self, ended: Ended) -> Marks:
        """Sign and keep a manifest of the answer, and return its marks, headers included."""
        allowed, issued = ended.opening.allowed, self._clock()
        manifest = sign(self._statement(ended, issued), self._key)
        await self._outputs.keep(manifest)
        system = _system(allowed, ended.route)
        body: dict[str, Json] = {
            "output_id": ended.opening.output_id,
            "use": allowed.use,
            "ai_generated": True,
            "state": "draft",
            "review": allowed.duties.review.value,
            "notice": notices.sentence(allowed.duties.notice, system),
            "masked": dict(ended.masked),
            "placeholders": {"lost": ended.lost, "unknown": ended.unknown},
            "answer": dict(ended.found),
            "charter": allowed.charter,
            "system": {"name": system.name, "version": system.version},
        }
        return Marks(self._headers(ended.opening, ended.route, issued), body)

    def _statement(self, ended: Ended, issued: dt.datetime) -> Statement:
        allowed = ended.opening.allowed
        system = _system(allowed, ended.route)
        return Statement(
            output_id=ended.opening.output_id,
            issued=issued,
            system=system,
            provider=self._hospital,
            gateway=__version__,
            charter=allowed.charter,
            use=allowed.use,
            review=allowed.duties.review.value,
            notice=notices.sentence(allowed.duties.notice, system),
            fingerprints=self._fingerprints(ended),
        )

    def _fingerprints(self, ended: Ended) -> tuple[Fingerprint, ...]:
        appended = self.notice(ended.opening.allowed, ended.route)
        return tuple(
            fingerprint(choice.index, choice.text, appended) for choice in ended.choices if choice.text is not None
        )

    def _headers(self, opening: Opening, route: str, issued: dt.datetime) -> Mapping[str, str]:
        allowed = opening.allowed
        try:
            return headers.build(
                output_id=opening.output_id,
                charter=allowed.charter,
                system=_system(allowed, route),
                provider=self._hospital,
                issued=issued,
                drill=allowed.drill,
            )
        except ValueError:
            raise ProvenanceUnavailableError("headers cannot be written") from None


def _system(allowed: Allowed, route: str) -> AiSystem:
    """Return the AI system behind the route that answered, which a fallback may have changed."""
    for candidate in allowed.routes:
        if candidate.id == route:
            return candidate.system
    raise ProvenanceUnavailableError("answer of a route that was not allowed")
