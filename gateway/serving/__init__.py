"""How the gateway listens and how it ends: one process, or several behind one address and a parent that tends them."""
