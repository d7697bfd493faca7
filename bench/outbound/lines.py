"""Made-up lines of each engine's log: one in twenty of an AI service, the rest of what a hospital visits all day."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Final

SERVICES: Final = {
    "chatgpt.com": "chatgpt",
    "openai.com": "chatgpt",
    "claude.ai": "claude",
    "mistral.ai": "le_chat",
    "deepl.com": "deepl",
    "perplexity.ai": "perplexity",
}
_OTHERS: Final = (
    "www.has-sante.fr", "ansm.sante.fr", "www.vidal.fr", "login.microsoftonline.com", "outlook.office365.com",
    "www.google.com", "fonts.gstatic.com", "www.legifrance.gouv.fr", "teams.microsoft.com", "cdn.jsdelivr.net",
)  # fmt: skip
_AGENT: Final = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0"
_START: Final = dt.datetime(2026, 11, 2, 8, 0, tzinfo=dt.UTC)


def service_of(host: str) -> str:
    """Return the service of a canonical host."""
    parts = host.split(".")
    return next((SERVICES[name] for at in range(len(parts)) if (name := ".".join(parts[at:])) in SERVICES), "")


def lines(engine: str, count: int, share: float = 0.05, seed: int = 1) -> Iterator[str]:
    """Yield the lines of an engine; `share` of them are of an AI service, every second one refused."""
    chance, write = random.Random(seed), globals()[f"_{engine}"]
    hosts = [f"{prefix}{name}" for name in SERVICES for prefix in ("", "www.", "cdn.")]
    for number in range(count):
        ours = chance.random() < share
        host = chance.choice(hosts) if ours else f"{chance.choice(('', '', 'a.', 'b.'))}{chance.choice(_OTHERS)}"
        at = _START + dt.timedelta(milliseconds=90 * number)
        source = f"10.{chance.randrange(4)}.{chance.randrange(256)}.{chance.randrange(256)}"
        yield write(at, host, source, f"agent{chance.randrange(3000)}", refused=ours and chance.random() < 0.5)


def _squid(at: dt.datetime, host: str, source: str, user: str, *, refused: bool) -> str:
    result, way = ("TCP_DENIED/403", "HIER_NONE/-") if refused else ("TCP_TUNNEL/200", "HIER_DIRECT/192.0.2.7")
    return (
        f"{at.timestamp():.3f} {'0' if refused else '61234':>6} {source} {result} 39 CONNECT {host}:443 {user} {way} -"
    )


def _fortigate(at: dt.datetime, host: str, source: str, user: str, *, refused: bool) -> str:
    action, kind = ("blocked", "ftgd_blk") if refused else ("passthrough", "ftgd_allow")
    return (
        f'date={at:%Y-%m-%d} time={at:%H:%M:%S} devname="FG-CHU-1" devid="FG200FT000000000" '
        f'eventtime={at.timestamp():.0f}123456789 tz="+0100" logid="0316013056" type="utm" subtype="webfilter" '
        f'eventtype="{kind}" level="warning" vd="root" policyid=12 poluuid="99376ffe-9e90-51ea-7ca2-915d04cabdb7" '
        f'sessionid=440522 user="{user}" group="G_Soins" authserver="AD" srcip={source} srcport=60995 '
        f'srccountry="Reserved" srcintf="port2" srcintfrole="lan" dstip=192.0.2.7 dstport=443 dstintf="port1" '
        f'dstintfrole="wan" proto=6 service="HTTPS" hostname="{host}" agent="{_AGENT}" profile="soins" '
        f'action="{action}" reqtype="direct" url="https://{host}/" sentbyte=285 rcvdbyte=0 direction="outgoing" '
        f'msg="URL belongs to a denied category in policy" cat=100 catdesc="Artificial Intelligence"'
    )


def _stormshield(at: dt.datetime, host: str, source: str, user: str, *, refused: bool) -> str:
    return (
        f'id=firewall time="{at:%Y-%m-%d %H:%M:%S}" fw="SN910-CHU" tz=+0100 startime="{at:%Y-%m-%d %H:%M:%S}" pri=5 '
        f'confid=01 slotlevel=2 ruleid=31 rulename="web" srcif="Ethernet1" srcifname="in" ipproto=tcp proto=https '
        f'src={source} srcport=51234 srcportname=ephemeral_fw_tcp srcname="poste" dst=192.0.2.7 dstport=443 '
        f'dstportname=https dstname="{host}" user="{user}" domain="chu.example" '
        f'action={"block" if refused else "pass"} op=GET result={"403" if refused else "200"} arg="/" sent=520 '
        f'cat_site="ia" logtype="web"'
    )


def _zscaler(at: dt.datetime, host: str, source: str, user: str, *, refused: bool) -> str:
    action = "Blocked" if refused else "Allowed"
    return "\t".join((
        f"{at:%Y-%m-%d %H:%M:%S}", f"reason={action}", "event_id=6748427317914894361", "protocol=HTTPS",
        f"action={action}", "transactionsize=663", "responsesize=65", "requestsize=598", "urlcategory=AI and ML",
        "serverip=192.0.2.7", "clienttranstime=0", "requestmethod=CONNECT", "refererURL=None", f"useragent={_AGENT}",
        "product=NSS", "location=CHU", f"ClientIP={source}", "status=200", f"user={user}@chu.example",
        f"url={host}:443", "vendor=Zscaler", f"hostname={host}", "clientpublicIP=198.51.100.4", "threatcategory=None",
        "threatname=None", "filetype=None", "appname=General", "pagerisk=0", "department=Soins",
        "urlsupercategory=User-defined", "appclass=AI", "dlpengine=None", "urlclass=Business Use", "threatclass=None",
        "dlpdictionaries=None", "fileclass=None", "bwthrottle=NO", "servertranstime=0", "md5=None",
    ))  # fmt: skip


def _umbrella(at: dt.datetime, host: str, source: str, user: str, *, refused: bool) -> str:
    return (
        f'"{at:%Y-%m-%d %H:%M:%S}","{user}","{user},CHU,Reseau","{source}","198.51.100.4",'
        f'"{"Blocked" if refused else "Allowed"}","1 (A)","NOERROR","{host}.","Generative AI,Software/Technology,'
        f'Application","AD Users","AD Users,Sites,Networks","{"Generative AI" if refused else ""}"'
    )


def _paloalto(at: dt.datetime, host: str, source: str, user: str, *, refused: bool) -> str:
    action, day = "block-url" if refused else "alert", f"{at:%Y/%m/%d %H:%M:%S}"
    return (
        f"<14>{at:%b %e %H:%M:%S} pa-chu 1,{day},012501002341,THREAT,url,2561,{day},{source},192.0.2.7,198.51.100.4,"
        f"192.0.2.7,sortie-web,chu\\{user},,ssl,vsys1,soins,internet,ethernet1/1,ethernet1/2,syslog,{day},72568134,1,"
        f'49583,443,50464,443,0x403400,tcp,{action},"{host}/",(9999),artificial-intelligence,informational,'
        f"client-to-server,7253419119627122716,0x8000000000000000,10.0.0.0-10.255.255.255,France,,,0,,,0,,,,,,,,0,34,0,"
        f"0,0,,pa-chu,,,,,0,,0,,N/A,N/A,AppThreat-0-0,0x0,0,4294967295,,artificial-intelligence,"
        f"90431d13-81da-4129-8bc5-ce968fa06b76,0,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,{at:%Y-%m-%dT%H:%M:%S}.443+00:00,,,,"
        f"encrypted-tunnel,networking,browser-based,4,,,ssl,no,no,"
    )


def _unbound(at: dt.datetime, host: str, source: str, user: str, *, refused: bool) -> str:
    del user  # a resolver knows none
    applied = f"rpz: applied [ecluse] *.{host}. {'rpz-nxdomain' if refused else 'rpz-passthru'}"
    return f"[{at.timestamp():.0f}] unbound[2117:0] info: {applied} {source}@53214 {host}. A IN"
