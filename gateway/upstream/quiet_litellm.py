"""litellm, kept quiet: it reaches no network by itself, calls nobody back, stores and logs nothing.

The only file that imports it, so that it is never imported without these settings. That takes about two seconds, once,
at start, for whoever builds routes that need it.
"""

import logging
import os

# Read by litellm while it is being imported: without these it fetches price lists and other tables from the Internet,
# and reads a `.env` file of the current directory.
os.environ |= {
    "LITELLM_MODE": "PRODUCTION",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_AUTOROUTER_PRESETS": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "LITELLM_LOCAL_POLICY_TEMPLATES": "True",
}

import litellm
from litellm.llms.base_llm.base_model_iterator import BaseModelResponseIterator
from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler, get_default_headers, get_ssl_configuration
from litellm.llms.openai.chat.gpt_transformation import OpenAIGPTConfig, OpenAIUnknownModelConfig
from litellm.main import responses_api_bridge_check
from litellm.utils import ProviderConfigManager

__all__ = [
    "NO_KEY",
    "PASSED_ON",
    "AsyncHTTPHandler",
    "BaseModelResponseIterator",
    "OpenAIGPTConfig",
    "OpenAIUnknownModelConfig",
    "ProviderConfigManager",
    "get_default_headers",
    "get_ssl_configuration",
    "litellm",
    "responses_api_bridge_check",
]

litellm.suppress_debug_info = True
litellm.drop_params = False  # a parameter that the model does not know is refused, never silently dropped
litellm.modify_params = False
litellm.route_all_chat_openai_to_responses = False
litellm.turn_off_message_logging = True
litellm.redact_messages_in_exceptions = True
litellm.disable_streaming_logging = True
litellm.disable_token_counter = True
litellm.disable_hf_tokenizer_download = True
litellm.cache = None
litellm.num_retries = 0
litellm.callbacks = []
litellm.input_callback = []
litellm.success_callback = []
litellm.failure_callback = []
litellm.service_callback = []

for _name in ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai", "httpx", "httpcore", "aiohttp.client"):
    # Their messages quote requests, answers and errors. A level, since `disabled` leaves the loggers below as they are.
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

NO_KEY = "none"
"""Sent where a route has no key, so that litellm looks for none in the environment."""

PASSED_ON = ("n", "parallel_tool_calls", "reasoning_effort")
"""Parameters that an OpenAI-shaped server is asked even where litellm does not know that it takes them."""
