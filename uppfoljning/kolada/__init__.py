"""Kolada: key figures of municipalities, taken in as files, and compared."""
