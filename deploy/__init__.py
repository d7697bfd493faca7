"""How Écluse is put in place, and a whole group of gateways on one machine."""
