"""Secrets that are known by their form alone, whatever stands around them.

The forms of most vendors are those that detect-secrets keeps up. Left out of it: what guesses by entropy or by English
words, and Artifactory's form, which words in capitals have too (`APERCEVOIR`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.azure_storage_key import AzureStorageKeyDetector
from detect_secrets.plugins.basic_auth import BasicAuthDetector
from detect_secrets.plugins.discord import DiscordBotTokenDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.mailchimp import MailchimpDetector
from detect_secrets.plugins.npm import NpmDetector
from detect_secrets.plugins.openai import OpenAIDetector
from detect_secrets.plugins.pypi_token import PypiTokenDetector
from detect_secrets.plugins.sendgrid import SendGridDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.square_oauth import SquareOAuthDetector
from detect_secrets.plugins.stripe import StripeDetector
from detect_secrets.plugins.telegram_token import TelegramBotTokenDetector
from detect_secrets.plugins.twilio import TwilioKeyDetector

from policies.practices.made_up import made_up

Accepts = Callable[[str], bool]


def _any(_: str) -> bool:
    return True


def _password(value: str) -> bool:
    return not made_up(value)


_KEPT_UP: Final = (
    # kind, detector, letters of which one stands in every such secret (none: `_LONG` tells how long it is)
    ("cloud_key", AWSKeyDetector, ("A3T", "ABIA", "ACCA", "AKIA", "ASIA", "aws", "AWS")),
    ("cloud_key", AzureStorageKeyDetector, ("AccountKey",)),
    ("chat_token", DiscordBotTokenDetector, ()),
    ("forge_token", GitHubTokenDetector, ("ghp_", "gho_", "ghu_", "ghs_", "ghr_")),
    ("forge_token", GitLabTokenDetector, ("gl", "GR1348941")),
    ("mail_key", MailchimpDetector, ("-us",)),
    ("registry_token", NpmDetector, ("_authToken",)),
    ("model_key", OpenAIDetector, ("T3BlbkFJ",)),
    ("registry_token", PypiTokenDetector, ("pypi-",)),
    ("mail_key", SendGridDetector, ("SG.",)),
    ("chat_token", SlackDetector, ("xox", "XOX", "hooks.slack")),
    ("payment_key", SquareOAuthDetector, ("sq0csp",)),
    ("payment_key", StripeDetector, ("k_live_",)),
    ("chat_token", TelegramBotTokenDetector, (":AA",)),
    ("phone_key", TwilioKeyDetector, ("AC", "SK")),
)

_LONG: Final[dict[type, int]] = {DiscordBotTokenDetector: 59}

_OURS: Final = (
    (
        "private_key",
        (
            # Without a way back, so that no crafted run of blanks costs more than its length.
            r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----([A-Za-z0-9+/=:,\s\\]{24,}+)"
        ),
        ("PRIVATE KEY",),
        _any,
    ),
    (
        "private_key",
        r"PuTTY-User-Key-File-\d:[\s\S]{0,4000}?Private-Lines: ?\d+\s+([A-Za-z0-9+/=\s]{24,4000})",
        ("PuTTY",),
        _any,
    ),
    ("private_key", r"client-key-data:\s*([A-Za-z0-9+/=]{40,})", ("client-key-data",), _any),
    ("private_key", r"\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b", ("AGE-SECRET",), _any),
    ("forge_token", r"\bgithub_pat_\w{40,255}", ("github_pat_",), _any),
    (
        "model_key",
        r"\b(?:sk-(?:ant|proj|or|svcacct)-[\w-]{24,255}|hf_[A-Za-z0-9]{30,40}|gsk_[A-Za-z0-9]{40,60})\b",
        ("sk-", "hf_", "gsk_"),
        _any,
    ),
    ("cloud_key", r"\bAIza[\w-]{35}|\bya29\.[\w-]{30,255}|\bdop_v1_[0-9a-f]{64}", ("AIza", "ya29.", "dop_v1_"), _any),
    ("chat_token", r"\bxapp-\d-[A-Z0-9]{8,}-\d+-[0-9a-f]{32,}", ("xapp-",), _any),
    ("gateway_key", r"\becl_[a-z2-9]{8}_[\w-]{43}", ("ecl_",), _any),
    ("recovery_key", r"(?<!\d)(?:\d{6}-){7}\d{6}(?!\d)", ("-",), _any),
    (
        "header",
        r"(?i)\bauthorization[\"']?\s*[:=]\s*[\"']?(?:bearer|basic|token)\s+([\w.~+/=\-]{12,})",
        ("uthorization", "UTHORIZATION"),
        _password,
    ),
    ("header", r"\bBearer\s+(?=[\w.~+/=\-]*\d)([\w.~+/=\-]{20,})", ("Bearer",), _password),
    ("command", r"(?i)\bnet\s+use\b[^\n]{0,120}?\s/user:[^\s\"]+\s+(?!/)(\S{4,})", ("/user:", "/USER:"), _password),
    ("command", r"(?i)\bnet\s+use\s+(?:\w:\s+)?\\\\\S+\s+(?!/)(\S{4,})\s+/user:", ("/user:", "/USER:"), _password),
    ("command", r"\bcurl\b[^\n]{0,200}?\s(?:-u|--user)\s*[\"']?[^\s:\"']+:([^\s\"']{4,})", ("curl",), _password),
    ("command", r"\bsshpass\s+-p\s*[\"']?([^\s\"']{4,})", ("sshpass",), _password),
    ("command", r"\b(?:mysql|mysqldump|mariadb)\b[^\n]{0,120}?\s-p([^\s\-][^\s]{3,})", ("mysql", "mariadb"), _password),
    ("command", r"(?i)\bidentified\s+by\s+[\"']([^\"'\n]{4,})[\"']", ("dentified", "DENTIFIED"), _password),
    ("command", r"\bmachine\s+\S+\s+login\s+\S+\s+password\s+(\S{4,})", ("machine",), _password),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    pattern: re.Pattern[str]
    letters: tuple[str, ...]
    """One of these stands in every text that the pattern is tried on; empty: in any."""
    group: int = 0
    """The part of the match that is the secret."""
    accepts: Accepts = _any
    word: int = 0
    """Characters without a blank that such a secret has at least."""


def _rules() -> Iterator[_Rule]:
    for kind, detector, letters in _KEPT_UP:
        for pattern in detector.denylist:
            # Their patterns know no beginning of a word, and would see a key in the middle of base64.
            edged = rf"(?<![\w+/])(?:{pattern.pattern})"
            known = pattern if pattern.flags & re.VERBOSE else re.compile(edged, pattern.flags)
            yield _Rule(kind, known, letters, word=_LONG.get(detector, 0))
    for kind, written, letters, accepts in _OURS:
        pattern = re.compile(written)
        yield _Rule(kind, pattern, letters, pattern.groups, accepts)


RULES: Final = tuple(_rules())
_WEB_TOKEN: Final = re.compile(r"(eyJ[\w=-]{8,}\.[\w=-]{8,})(?:\.[\w=-]+)?")
_USERS_AND_PASSWORDS: Final = BasicAuthDetector.denylist[0]

Rules = Sequence[_Rule]


def possible(text: str) -> Rules:
    """Return the rules that can find anything in `text` or in a part of it."""
    longest = max(map(len, text.split()), default=0)
    return [
        rule
        for rule in RULES
        if longest >= rule.word and (not rule.letters or any(some in text for some in rule.letters))
    ]


def vendors(text: str, rules: Rules) -> Iterator[tuple[str, int, int]]:
    """Yield kind, start and end of each secret known by its form; `rules` are the `possible` ones."""
    for rule in rules:
        # A loop, since this is asked for each unusual word of a streamed answer and a generator costs twice as much.
        for some in rule.letters:
            if some in text:
                break
        else:
            if rule.letters:
                continue
        for match in rule.pattern.finditer(text):
            if rule.accepts(match[rule.group]):
                yield rule.kind, *match.span(rule.group)
    yield from _web_tokens(text)
    yield from _passwords_in_addresses(text)


def _web_tokens(text: str) -> Iterator[tuple[str, int, int]]:
    if "eyJ" in text:
        for match in _WEB_TOKEN.finditer(text):
            # Of head and body only: the signature may have been cut while pasting.
            if JwtTokenDetector.is_formally_valid(match[1]):
                yield "web_token", *match.span()


def _passwords_in_addresses(text: str) -> Iterator[tuple[str, int, int]]:
    if "://" in text:
        for match in _USERS_AND_PASSWORDS.finditer(text):
            if not made_up(match[1]):
                yield "url_password", *match.span(1)
