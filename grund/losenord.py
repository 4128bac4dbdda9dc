"""Passwords that a systemförvaltare hands over, on paper or by telephone."""

import secrets
from datetime import timedelta

GILTIGT = timedelta(days=7)  # then it is no password any longer
_TECKEN = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_GRUPPER, _LANGD = 4, 4


def engangslosenord() -> str:
    """A random password that can be read aloud, `k7mq-x2fd-9bnv-hr4t`: 79 bits."""
    return "-".join("".join(secrets.choice(_TECKEN) for _ in range(_LANGD)) for _ in range(_GRUPPER))
