"""Signing in: django-allauth with our words, our limits and our audit trail (docs/adr/0019-inloggning.md)."""
