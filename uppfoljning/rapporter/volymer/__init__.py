"""Volymer och kostnader: who has which insats, what has changed since then, and how many places will be needed."""
