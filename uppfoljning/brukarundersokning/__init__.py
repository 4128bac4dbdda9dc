"""Brukarundersökning: what people who have support answer, shown only where nobody can tell what a few have said."""
