"""What can go wrong on the journey of a request, in the words of the house; no HTTP inside.

Messages are fixed sentences written here: never the provider's words, never an exception's text, never a piece of the
request, since any of these could hold patient data.
"""

import datetime as dt


class GatewayError(Exception):
    """A request could not be answered."""


class UnknownCallerError(GatewayError):
    """No valid credential came with the request."""


class PeopleUnavailableError(GatewayError):
    """The register of people cannot be read or written; nobody passes who would have to be in it."""


class InvalidPromptError(GatewayError):
    """The request has a shape that this gateway does not accept; `param` is the field's path, `reason` our sentence."""

    def __init__(self, reason: str, param: str | None = None, code: str = "requete_invalide") -> None:
        """Keep a French sentence for a person, which quotes no value of the request."""
        self.reason, self.param, self.code = reason, param, code
        super().__init__(reason)


class NotFoundError(GatewayError):
    """Nothing stands under the id that was asked for, or nothing that this caller may see."""

    def __init__(self, reason: str, code: str) -> None:
        """`reason` is French, for a person, and does not repeat the id."""
        self.reason, self.code = reason, code
        super().__init__(code)


class ForbiddenError(GatewayError):
    """This caller's role does not open what was asked for, which is no use of the charter."""

    def __init__(self, reason: str, code: str) -> None:
        """`reason` is French, for a person."""
        self.reason, self.code = reason, code
        super().__init__(code)


class RefusalAbsentError(GatewayError):
    """No refusal stands under that id that this caller may contest."""


class ContestedAlreadyError(GatewayError):
    """This refusal was contested before."""


class PromptTooLargeError(GatewayError):
    """The request exceeds a size limit; `limit` says which, in French, for a person."""

    def __init__(self, limit: str) -> None:
        """Keep the sentence that names the limit."""
        self.limit = limit
        super().__init__(limit)


class OutboundUnavailableError(GatewayError):
    """What the desk of outbound filtering has to write or to count cannot be written or read."""


class OutboundPaceError(GatewayError):
    """Too many forms came from one address or one key; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        """Keep the delay to suggest."""
        self.retry_after = retry_after
        super().__init__("too many forms")


class QuotaExceededError(GatewayError):
    """An allowance is used up; `retry_after` is in seconds."""

    def __init__(self, allowance: str, retry_after: int, holder: str = "key") -> None:
        """Keep which allowance is used up and whose: `key`, `service` or `use`.

        `requests` and `tokens` are of a minute; `concurrent` are requests in progress at once.
        """
        self.allowance, self.retry_after, self.holder = allowance, retry_after, holder
        super().__init__(allowance)


class SystemStoppedError(GatewayError):
    """Somebody has stopped what this request asks for; `target` is its id, `until` the end of the stop, if any."""

    def __init__(self, target: str = "all", until: dt.datetime | None = None) -> None:
        """Keep what is stopped, and until when."""
        self.target, self.until = target, until
        super().__init__(target)


class AlreadyStoppedError(GatewayError):
    """A stop was to be rehearsed where a real one holds, which the rehearsal would lift."""


class SystemsUnavailableError(GatewayError):
    """A stop could not be kept or recorded, and holds here only; or a resumption could not be, and has not happened."""


class GatewayLeavingError(GatewayError):
    """This process of the gateway ends, and has waited for the answer as long as it may."""


class ReadingUnavailableError(GatewayError):
    """The texts could not be read for what the charter forbids. They have not been sent."""


class QuotaUnavailableError(GatewayError):
    """The quota store does not answer."""


class MaskingUnavailableError(GatewayError):
    """Masking could not be done: detector down, too slow or failing. The text has not been sent."""


class MaskingOverloadedError(GatewayError):
    """Too many texts wait for masking; `retry_after` is in seconds. The text has not been sent."""

    def __init__(self, retry_after: int) -> None:
        """Keep the delay to suggest."""
        self.retry_after = retry_after
        super().__init__("masking queue full")


class UpstreamError(GatewayError):
    """The model did not answer properly."""


class UpstreamTimeoutError(UpstreamError):
    """The model did not answer in time."""


class UpstreamOverloadedError(UpstreamError):
    """The model's server is saturated or down; `retry_after` is in seconds."""

    def __init__(self, retry_after: int = 10) -> None:
        """Keep the delay to suggest."""
        self.retry_after = retry_after
        super().__init__("upstream overloaded")


class UpstreamRefusedError(UpstreamError):
    """The model's server refused the request or answered something unusable."""


class UnsafeAnswerError(UpstreamError):
    """The model would have handed a program a secret that the request did not hold; the answer is not let out."""


class ProvenanceUnavailableError(GatewayError):
    """The answer could not be marked as AI-made; it is not let out."""


class AuditUnavailableError(GatewayError):
    """The journal cannot be written; unrecorded is not allowed."""
