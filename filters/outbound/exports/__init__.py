"""The names that the policy refuses to everybody, written for other filters. Pure: equal lists give equal texts."""
