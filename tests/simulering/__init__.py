"""Simulering: the same core on other terms."""
