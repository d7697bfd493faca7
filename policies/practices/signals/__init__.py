"""The written voice: words that name an act, an object or a marker, and how a practice combines them."""
