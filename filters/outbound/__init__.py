"""Names of outbound AI services: which one a host belongs to, and what the hospital decided about it. Pure."""
