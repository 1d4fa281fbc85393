"""Bytes in, bytes out: checks, conversion and pack assembly. Knows no slice."""
