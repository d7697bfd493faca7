"""How much a credential, a service and a use may take in a minute, and have in progress at once."""
