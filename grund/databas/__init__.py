"""The database's own walls: roles with the least rights, and rows that a utförare's session cannot read (ADR 0040)."""
