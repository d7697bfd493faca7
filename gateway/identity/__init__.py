"""Who asks: a Caller from an API key."""
