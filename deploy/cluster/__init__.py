"""Two gateways, HAProxy, Redis and a database as plain processes on loopback, and what befalls them: `make cluster`."""
