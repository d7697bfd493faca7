"""Which road leads to a route's model."""

from gateway.upstream.direct_client import DirectModel
from gateway.upstream.litellm_client import LitellmModel
from gateway.upstream.model import Model
from gateway.upstream.target import Target
from gateway.upstream.translator import translator


def model(target: Target) -> Model:
    """Return the fast road where the provider speaks OpenAI's own format, the general one otherwise."""
    general = LitellmModel(target)
    fast = translator(target)
    return general if fast is None else DirectModel(target.route, fast, general)
