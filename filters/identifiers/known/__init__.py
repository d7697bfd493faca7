"""The known patient: an identity that a tool hands over, and every way in which a text may write it."""
