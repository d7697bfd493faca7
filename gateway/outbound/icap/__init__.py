"""The decision as an ICAP service (RFC 3507, REQMOD), for Squid and for the proxies of other makers.

`icap://HOST:PORT/reqmod` answers a refused request itself: a redirect to the page for people, a JSON error for
programs. `icap://HOST:PORT/mark` lets a refused `CONNECT` pass with a header, for a proxy that then opens the tunnel
itself, so that the page can be shown inside it.
"""
