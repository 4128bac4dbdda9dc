"""Simulering: what a period would have cost on other terms, by the core that pays (docs/adr/0028-simulering.md)."""
