"""The two small shell programs that Squid starts: each keeps Squid alive where ours cannot even start.

Squid stops for good (no web for the hospital) when a log daemon ends or when a helper keeps ending, so whatever
happens to Python, its interpreter or its packages, something goes on reading and answering.
"""

from gateway.outbound.squid.options import Options

_EXTERNAL_ACL = """#!/bin/sh
# Written by `ecluse outbound squid`.
{environment}"{python}" -m gateway.outbound.squid.external_acl {state}{flags}
status=$?
# Squid has gone, or somebody killed our program: Squid starts another and asks it again.
if [ "$status" -eq 0 ] || [ "$status" -gt 128 ]; then exit "$status"; fi
# Our program could not start: every connection gets the answer that the hospital chose for faults.
while read -r channel rest; do echo "$channel {answer} log=\\"error/start\\""; done
"""

_LOG_DAEMON = """#!/bin/sh
# Written by `ecluse outbound squid`.
# Squid stops for good when this program ends: whatever happens to ours, what Squid writes is read.
until {environment}"{python}" -m gateway.outbound.squid.log_daemon {state}{flags}; do
  # Where the input ends within these seconds, Squid itself has gone.
  if timeout 2 cat > /dev/null; then exit 0; fi
done
"""


def external_acl_script(options: Options) -> str:
    """Return the program that Squid asks."""
    closed = options.closed
    return _EXTERNAL_ACL.format(
        environment=_environment(options),
        python=options.python,
        state=options.state,
        flags=" --closed" if closed else "",
        answer='OK message=\\"-\\"' if closed else "ERR",
    )


def log_daemon_script(options: Options) -> str:
    """Return the program that is handed Squid's log."""
    flags = f" --timezone {options.timezone} --raw-days {options.raw_days}"
    flags += f" --keys {options.keys}" if options.keys else ""
    return _LOG_DAEMON.format(
        environment=_environment(options), python=options.python, state=options.state, flags=flags
    )


def _environment(options: Options) -> str:
    path = ":".join(map(str, options.python_path))
    return f"PYTHONDONTWRITEBYTECODE=1 {f'PYTHONPATH={path} ' if path else ''}"
