"""Measurements of the system's speed, as ratios within one run on one database (docs/prestanda.md)."""
