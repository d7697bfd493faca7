"""What gateways that serve together say of themselves."""

from gateway.replicas.announcement import Announcement, InForce

CHARTER, NEWER = InForce(version="2026-11-23", digest="a" * 12), InForce(version="2027-01-01", digest="b" * 12)
POLICY = InForce(version="2026-10", digest="c" * 12)


def announced(gateway: str = "un:8080", charter: InForce = CHARTER, policy: InForce | None = POLICY) -> Announcement:
    """Return what a gateway says."""
    return Announcement(gateway=gateway, charter=charter, policy=policy)
