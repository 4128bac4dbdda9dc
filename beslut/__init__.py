"""Vem har rätt till vad, från när."""
