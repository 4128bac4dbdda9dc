"""Läser allt och ändrar inget: rapporter, PDF och Excel."""
