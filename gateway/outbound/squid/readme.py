"""What the DSI reads beside the configuration that was written for them."""

from collections.abc import Iterator

from gateway.outbound.squid.options import Mode, Options


def readme(options: Options) -> str:
    """Return the steps from these files to a Squid that runs, in French."""
    return "\n".join(_paragraphs(options)) + "\n"


def _paragraphs(options: Options) -> Iterator[str]:
    conf = options.folder / "squid.conf"
    yield "# Squid devant les services d’IA"
    yield ""
    yield f"Mode `{options.mode}`. {_mode(options)}"
    yield ""
    yield "## Mise en service"
    yield ""
    yield "1. `apt install squid-openssl` (le paquet `squid` ordinaire ne sait pas lire les noms dans TLS)."
    yield (
        f"2. Le compte de Squid (`{options.user or 'proxy'}`) doit pouvoir exécuter `{options.python}`, lire "
        f"`{options.state}` et écrire dans ses dossiers `spool` et `pseudonyms`. Le plus simple est que la passerelle "
        "et Squid aient le même compte (option `user`) ; sinon, un groupe commun et `chmod 2770` sur ces dossiers."
    )
    yield f"3. `squid -k parse -f {conf}` ne doit rien signaler."
    yield (
        f"4. Remplacez `/etc/squid/squid.conf` par `include {conf}`, puis `systemctl restart squid`. Si AppArmor ou "
        "SELinux confine Squid, autorisez-y les deux dossiers ci-dessus et l’interpréteur."
    )
    yield f"5. `{options.hosts_file}` doit contenir `127.0.0.1 localhost`, et la zone inverse des postes doit répondre."
    yield (
        "6. Au pare-feu : sortie Web permise au seul proxy ; UDP 443 (QUIC), TCP 853 et UDP 853 (DNS chiffré) rejetés. "
        "Stratégies de navigateurs : `QuicAllowed=false`, `DnsOverHttpsMode=off`, `EncryptedClientHelloEnabled=false`."
    )
    if options.authentication is not None:
        yield from (f"7. {note}" for note in options.authentication.notes)
    yield ""
    yield "## Ce que voient les personnes"
    yield ""
    yield _page(options)
    yield ""
    yield "## Politique, panne, comptage"
    yield ""
    yield (
        "Une nouvelle politique ou un accès accordé compte en moins de cinq secondes, sans `squid -k reconfigure` (qui "
        "ferme le port d’écoute)."
    )
    yield _FAULTS[options.closed]
    yield (
        "Chaque ligne de journal est donnée au programme `log_daemon`, qui compte et pseudonymise ; rien de "
        "nominatif n’est écrit sur le disque. N’ajoutez pas d’autre `access_log` sans l’avis du DPO."
        if options.counted
        else "Squid ne journalise rien, et rien n’est compté."
    )


_MODES = {
    Mode.EXPLICIT: "Les postes connaissent le proxy (GPO ou fichier PAC) ; Squid demande une décision par connexion.",
    Mode.TRANSPARENT: "Le réseau renvoie vers Squid les ports 80 et 443. Personne n’y est identifié, et un site refusé "
    "en HTTPS est coupé sans page. Règles nftables : `tcp dport 80 redirect to :{http}`, "
    "`tcp dport 443 redirect to :{https}`, `udp dport 443 reject`.",
    Mode.ICAP: "Squid interroge le service ICAP de la passerelle (`python -m gateway.outbound.icap`), comme le ferait "
    "un autre équipement.",
}

_FAULTS = {
    False: "En panne du filtre, la navigation reste ouverte (`error/…` dans les comptes) ; c’est le choix par défaut, "
    "parce qu’un hôpital ne perd pas le Web pour un filtre de gouvernance.",
    True: "En panne du filtre, **tout site est refusé** : c’est le choix qui a été fait ici (`closed`).",
}


def _mode(options: Options) -> str:
    return _MODES[options.mode].format(http=options.http_port, https=options.https_port)


def _page(options: Options) -> str:
    if options.mode is Mode.TRANSPARENT:
        return "En HTTP, la page. En HTTPS, une erreur du navigateur : présentez ce réseau ailleurs (affiche, portail)."
    if options.certificate is None:
        return (
            "Sans autorité, un site refusé en HTTPS donne une erreur du navigateur, et Squid ne lit que le nom demandé "
            "au proxy, non celui qui est dans TLS. `ecluse outbound ca` fait une autorité qui ne peut signer que les "
            "noms refusés ; installez sa racine par GPO pour que la page s’affiche."
        )
    return (
        "Un navigateur est conduit à la page ; un programme reçoit une erreur 403 en JSON. Seuls les noms refusés sont "
        f"déchiffrés, avec `{options.certificate}`, qui ne peut rien signer d’autre : quand la liste s’allonge, faites "
        "une nouvelle autorité, sinon les noms ajoutés donnent une erreur de certificat à la place de la page."
    )
