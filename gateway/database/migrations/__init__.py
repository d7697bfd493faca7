"""How the tables came to be what they are, revision by revision.

A released revision is never changed. A new one is a file of `versions` and a name at the end of `REVISIONS`; the tests
say what it still lacks of what the rooms declare.
"""

from typing import Final

REVISIONS: Final = ("0001",)
"""Every revision, the oldest first."""
