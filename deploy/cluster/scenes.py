"""What is played: each scene does something to the cluster, tells in French what happened, and fails where it must."""

import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from deploy.cluster.callers import ANSWERED, REFUSED, Crowd, ask, listen, listening
from deploy.cluster.process import Process
from deploy.cluster.servers import GATEWAY_OPENS, command

STOP_SECONDS: Final = 1.0
"""The promise; a machine with more to do is told how long it took, and fails beyond `STOP_AT_MOST`."""

STOP_AT_MOST: Final = 5.0
PEOPLE: Final = 3
"""Who ask while a gateway is killed: at most one answer each can be lost."""

_BEFORE, _AFTER, _SETTLED = 1.5, 2.5, 0.5
_BACK_SECONDS: Final = 30


class FailedError(Exception):
    """The cluster did not do what it promises; a French sentence."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """What runs, and the key to it."""

    entrance: Process
    gateways: tuple[Process, Process]
    configuration: Path
    key: str
    """Of the DSI, who may ask as everybody does, and stop and resume."""
    stores: tuple[Process, ...] = ()
    """Redis, and PostgreSQL where there is one."""


Tell = Callable[[str, str], None]
"""Shows a title and what happened."""


def requests(cluster: Cluster, tell: Tell) -> None:
    """Ask through HAProxy, which shares the work out."""
    heard = [ask(cluster.entrance.url, cluster.key) for _ in range(4)]
    _require(all(one.answered for one in heard), f"une demande n’a pas été répondue : {heard}")
    by = Counter(one.gateway for one in heard)
    _require(len(by) == len(cluster.gateways), f"une seule passerelle a répondu : {by}")
    shares = ", ".join(f"{name} : {count}" for name, count in sorted(by.items()))
    tell("1. Quatre demandes par HAProxy", f"Quatre réponses. {shares}.")


def stream(cluster: Cluster, tell: Tell) -> None:
    """Listen to a stream through HAProxy, which must hold nothing back."""
    heard = listen(cluster.entrance.url, cluster.key)
    _require(heard.done and len(heard.pieces) > 1, f"le flux n’est pas allé à son terme : {heard.error}")
    first, last = heard.pieces[0] - heard.asked, heard.pieces[-1] - heard.asked
    _require(first < last / 2, "HAProxy a retenu le flux")
    tell(
        "2. Un flux par HAProxy",
        f"{len(heard.pieces)} morceaux de {heard.gateway} : le premier après {_s(first)}, le dernier après {_s(last)}. "
        "Rien n’a été retenu en chemin.",
    )


def stop(cluster: Cluster, tell: Tell) -> None:
    """Stop everything on one gateway; streams of both are cut, and both refuse."""
    one, two = cluster.gateways
    with ExitStack() as stack:
        streams = [stack.enter_context(listening(each.url, cluster.key)) for each in cluster.gateways]
        asked = time.monotonic()
        _switch(one, cluster.key, "stop")
        cuts = [heard.result() for heard in streams]
    took = [cut.ended - asked for cut in cuts]
    for cut in cuts:
        _require(cut.error == "systeme_arrete" and not cut.done, f"un flux n’a pas été coupé : {cut.error or 'fini'}")
    _require(max(took) <= STOP_AT_MOST, f"l’arrêt a mis {_s(max(took))}")
    for each in cluster.gateways:
        refused = ask(each.url, cluster.key)
        _require((refused.status, refused.code) == (REFUSED, "systeme_arrete"), f"{each.name} répond encore")
    _switch(two, cluster.key, "resume")
    _until(lambda: all(ask(each.url, cluster.key).answered for each in cluster.gateways), "la reprise")
    late = "" if max(took) <= STOP_SECONDS else " (plus d’une seconde : cette machine est très occupée)"
    tell(
        "3. Un arrêt, demandé à gateway-1",
        f"Les flux en cours sont coupés : {one.name} après {_s(took[0])}, {two.name} après {_s(took[1])}{late}. "
        f"Les deux refusent (503 systeme_arrete). Reprise demandée à {two.name} : les deux répondent.",
    )


def kill(cluster: Cluster, tell: Tell) -> None:
    """Kill one gateway while people ask; the other answers."""
    victim, other = cluster.gateways
    crowd = Crowd(cluster.entrance.url, cluster.key, PEOPLE)
    time.sleep(_BEFORE)
    killed = time.monotonic()
    victim.kill()
    time.sleep(_AFTER)
    heard = crowd.stop()
    before, after = [one for one in heard if one.at < killed], [one for one in heard if one.at >= killed]
    lost, answered = [one for one in after if not one.answered], [one for one in after if one.answered]
    _require(all(one.answered for one in before), f"une demande a échoué avant la panne : {before}")
    _require(bool(answered), f"plus personne ne répond depuis que {victim.name} est tuée")
    _require(len(lost) <= PEOPLE, f"{len(lost)} demandes perdues pour {PEOPLE} personnes : {lost}")
    by = {one.gateway for one in answered if one.at > killed + _SETTLED}
    _require(by == {other.name}, f"ont répondu après la panne : {by}")
    tell(
        f"4. kill -9 de {victim.name}, pendant que {PEOPLE} personnes demandent",
        f"{len(before)} réponses avant. {len(lost)} demande(s) étaient en cours sur {victim.name} : perdues, sans "
        f"réponse validée (502, à redemander). La suivante est répondue par {answered[0].gateway} "
        f"{_s(answered[0].at - killed)} après la panne, puis {len(answered) - 1} autres, sans erreur.",
    )


def come_back(cluster: Cluster, tell: Tell) -> None:
    """Start the killed gateway again; HAProxy gives it work, and the journal is whole."""
    victim, _ = cluster.gateways
    started = time.monotonic()
    victim.start()
    verdict = command(cluster.configuration, "audit", "verify").splitlines()[-1]
    victim.wait(GATEWAY_OPENS)
    _until(lambda: ask(cluster.entrance.url, cluster.key).gateway == victim.name, f"le retour de {victim.name}")
    tell(
        f"5. {victim.name} redémarre",
        f"HAProxy lui redonne des demandes {_s(time.monotonic() - started)} après. `ecluse audit verify` : {verdict}",
    )


def drain(cluster: Cluster, tell: Tell) -> None:
    """Ask a gateway to end while it streams, as an upgrade does: the stream ends well, the other takes the rest."""
    other, leaving = cluster.gateways
    with listening(leaving.url, cluster.key) as stream:
        leaving.ask_to_end()
        heard = [ask(cluster.entrance.url, cluster.key) for _ in range(3)]
        listened = stream.result()
    _require(listened.done and not listened.error, f"le flux en cours n’a pas fini : {listened.error}")
    _require(all(one.answered for one in heard), f"une demande a été perdue pendant l’arrêt : {heard}")
    leaving.end()
    after = ask(cluster.entrance.url, cluster.key)
    _require(after.gateway == other.name, "la passerelle arrêtée répond encore")
    tell(
        f"6. {leaving.name} s’arrête comme pour une mise à jour (SIGTERM)",
        f"Le flux en cours va à son terme ({len(listened.pieces)} morceaux, puis [DONE]). Pendant ce temps, "
        f"{len(heard)} demandes, {len(heard)} réponses. Perdues : 0.",
    )


SCENES: Final = (requests, stream, stop, kill, come_back, drain)


def healthy(gateway: Process) -> None:
    """Wait until a gateway says that nothing is missing, Redis included."""
    _until(lambda: httpx.get(f"{gateway.url}/readyz", timeout=30).json()["status"] == "ok", f"{gateway.name} : « ok »")


def _switch(gateway: Process, key: str, what: str) -> None:
    body = {"reason": "exercice"} if what == "stop" else None
    answer = httpx.post(
        f"{gateway.url}/v1/systems/all/{what}", json=body, headers={"Authorization": f"Bearer {key}"}, timeout=30
    )
    _require(answer.status_code == ANSWERED, f"« {what} » a été refusé : {answer.text}")


def _until(true: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _BACK_SECONDS
    while not true():
        _require(time.monotonic() < deadline, f"{what} n’est pas venu(e) en {_BACK_SECONDS} s")
        time.sleep(0.1)


def _require(true: bool, otherwise: str) -> None:  # noqa: FBT001 - an assertion that optimisation does not remove
    if not true:
        raise FailedError(f"Ce n’est pas ce qui était attendu : {otherwise}.")


def _s(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s".replace(".", ",")
