"""The kill switch: a system, a route, a use or everything stopped, on every gateway, within a second."""
