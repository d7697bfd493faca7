"""The fast ear: a small network that clears what is plainly innocent, and says which use a text fits."""
