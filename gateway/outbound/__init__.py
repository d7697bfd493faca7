"""Outgoing connections: the engines that filter them, and what is counted of them."""
