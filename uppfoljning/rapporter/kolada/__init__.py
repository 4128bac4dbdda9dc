"""Report 10, Kolada: key figures beside those of other municipalities."""
