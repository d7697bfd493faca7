"""HTTP only: wire formats, routes, and the one table that turns errors into answers."""
