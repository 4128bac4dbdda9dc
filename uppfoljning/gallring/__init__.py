"""Retention: what is kept of a person, on what ground, until when, and what becomes of it then (docs/gallring.md)."""
