"""How the tagger is made: text written by this project, a generator, and the training of a small network.

`python -m filters.identifiers.training` makes it again, from a fixed seed. Nothing here runs in the gateway.
"""
