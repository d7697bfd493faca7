"""How much a credential may ask for in a minute."""
