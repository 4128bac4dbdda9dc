"""The attack drill: attempts at the system, each refused (docs/angrepp.md lists them)."""
