"""Sanctioned models: one protocol, one file for each way to reach one."""
