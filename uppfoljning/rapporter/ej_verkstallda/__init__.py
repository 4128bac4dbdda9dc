"""Ej verkställda beslut: LSS 28 f–h §§, and the same in socialtjänstlagen (since July 2025 its 34 kap.)."""
