"""Redis as it really is: killed, paused, emptied, behind TLS, behind Sentinels."""

import asyncio
import datetime as dt
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from redis.asyncio import Redis as Client

from config.shared import Shared
from gateway.ports import free_port
from gateway.redis import OtherKeyError, Redis, RedisUnavailableError, Script
from tests.fakes.redis_server import RedisServer, redis_server

ECHO = "return ARGV[1]"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with redis_server(tmp_path) as server:
        yield server


async def fails(redis: Redis) -> float:
    """Return how long a failing call takes."""
    began = time.monotonic()
    with pytest.raises(RedisUnavailableError):
        await redis.check()
    return time.monotonic() - began


async def test_a_script_is_known_again_after_a_restart(server: RedisServer) -> None:
    """Would catch: quotas that stay down for ever once Redis was restarted, empty."""
    redis, script = Redis(Shared(redis_url=server.url, pause_seconds=0.05, timeout_seconds=2)), Script(ECHO)
    assert await redis.run(script, [], ["a"]) == "a"
    server.kill()
    await fails(redis)
    server.start()
    assert await redis.run(script, [], ["b"]) == "b"
    await redis.close()


async def test_a_paused_redis_costs_little_and_is_found_again(server: RedisServer) -> None:
    """Would catch: seconds added to each request while Redis hangs."""
    now = [0.0]
    redis = Redis(Shared(redis_url=server.url, timeout_seconds=2, pause_seconds=60), clock=lambda: now[0])
    await redis.check()
    with server.paused():
        waited = [await fails(redis), await fails(redis)]
        alone = [await fails(redis) for _ in range(20)]
        now[0] += 61
        crowd = await asyncio.gather(*(fails(redis) for _ in range(20)))
    assert min(waited) >= 2
    assert max(alone) < 2
    assert sum(spent >= 2 for spent in crowd) == 1  # one tries, the others do not wait
    now[0] += 61
    await redis.check()
    await redis.close()


async def test_an_answer_that_comes_late_is_nobody_else_s(server: RedisServer) -> None:
    """Would catch: after a pause, each call that gets the answer to the one before: one key's quota for another's."""
    redis, script = Redis(Shared(redis_url=server.url, timeout_seconds=2, pause_seconds=0.05)), Script(ECHO)
    await redis.run(script, [], ["first"])
    with server.paused():
        late = await asyncio.gather(*(redis.run(script, [], [f"late {n}"]) for n in range(10)), return_exceptions=True)
    assert all(isinstance(one, RedisUnavailableError) for one in late)
    await asyncio.sleep(0.1)
    await redis.check()
    asked = [f"after {number}" for number in range(50)]
    assert await asyncio.gather(*(redis.run(script, [], [one]) for one in asked)) == asked
    await redis.close()


async def test_news_are_asked_for_while_redis_is_left_alone(server: RedisServer) -> None:
    """Would catch: a stop that waits for the end of a pause that two late answers have begun."""
    redis = Redis(Shared(redis_url=server.url, timeout_seconds=0.2, pause_seconds=60))
    await redis.check()
    with server.paused():
        await fails(redis)
        await fails(redis)
    await fails(redis)
    assert await redis.fields("systems") == {}
    await redis.check()
    await redis.close()


async def test_one_late_answer_leaves_nobody_out(server: RedisServer) -> None:
    redis = Redis(Shared(redis_url=server.url, timeout_seconds=0.2, pause_seconds=60))
    await redis.check()
    with server.paused():
        await fails(redis)
    await redis.check()
    await redis.close()


async def test_a_refusal_is_an_answer_and_leaves_nobody_out(server: RedisServer) -> None:
    """Would catch: tools refused for ever since one name in Redis holds what it should not, and is asked for anew."""
    redis = Redis(Shared(redis_url=server.url, timeout_seconds=5, pause_seconds=60))
    await redis._client.set("ecluse:systems", "occupied")
    for _ in range(4):
        with pytest.raises(RedisUnavailableError):
            await redis.fields("systems")
        await redis.check()
    for _ in range(4):
        with pytest.raises(RedisUnavailableError):
            await redis.fields("systems")
    await redis.check()
    await redis.close()


async def test_gateways_with_different_keys_do_not_share(server: RedisServer) -> None:
    """Would catch: two gateways that count the same key apart, each believing that they share."""
    redis = Redis(Shared(redis_url=server.url, timeout_seconds=2))
    await redis.require_one_key("one")
    await redis.require_one_key("one")
    with pytest.raises(OtherKeyError):
        await redis.require_one_key("two")
    server.kill()
    await redis.require_one_key("two")
    await redis.close()


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for the loopback that signs itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "essai")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = folder / "redis.pem", folder / "redis.key"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, secret


async def test_tls_is_checked_against_the_named_authority(tmp_path: Path) -> None:
    """Would catch: a Redis that anybody could stand in for."""
    signed, secret = certificate(tmp_path)
    port = free_port()
    options = ["--port", "0", "--tls-port", str(port), "--tls-cert-file", str(signed), "--tls-key-file", str(secret)]
    options += ["--tls-ca-cert-file", str(signed), "--tls-auth-clients", "no", "--requirepass", "inventé"]
    password = tmp_path / "password"
    password.write_text("inventé\n", encoding="utf-8")
    url = f"rediss://127.0.0.1:{port}/0"
    with redis_server(tmp_path, port, options):
        trusting = Redis(Shared(redis_url=url, ca_file=signed, password_file=password, timeout_seconds=2))
        await trusting.check()
        await trusting.close()
        wary = Redis(Shared(redis_url=url, password_file=password, timeout_seconds=2))
        await fails(wary)
        await wary.close()


def open_ones(client: Client) -> list[object]:
    return [one for one in client.connection_pool._available_connections if one.is_connected]


async def test_sentinels_lead_to_the_one_that_took_over(tmp_path: Path) -> None:
    """Would catch: a gateway that goes on asking the Redis that died."""
    (sentinels := tmp_path / "sentinel").mkdir()
    with redis_server(tmp_path) as first:
        port, watching = free_port(), free_port()
        follower = ["--port", str(port), "--replicaof", "127.0.0.1", str(first.port), "--repl-diskless-sync-delay", "0"]
        (file := sentinels / "sentinel.conf").write_text(
            f"port {watching}\nsentinel monitor maitre 127.0.0.1 {first.port} 1\n"
            "sentinel down-after-milliseconds maitre 300\nsentinel failover-timeout maitre 1000\n",
            encoding="utf-8",
        )
        with redis_server(tmp_path, port, follower), redis_server(sentinels, watching, [str(file), "--sentinel"]):
            places = (f"127.0.0.1:{free_port()}", f"127.0.0.1:{watching}")
            settings = Shared(sentinels=places, master="maitre", timeout_seconds=2, pause_seconds=0.1)
            redis = Redis(settings)
            assert await redis.settle_on("key", "a") == "a"
            # The Sentinel hears of the follower from the first, within some seconds.
            await asyncio.sleep(3)
            await redis._client.wait(1, 5000)
            first.kill()
            async with asyncio.timeout(40):
                while True:
                    try:
                        assert await redis.settle_on("key", "b") == "a"
                        break
                    except RedisUnavailableError:
                        await asyncio.sleep(0.2)
            await redis.close()
            # What asked the Sentinels is given back too, on a gateway that closes as on each run of the command line.
            assert not [one for guide in redis._guides for one in open_ones(guide)]
