"""Avbokningar i boendestöd: why, how late, by whom, what it costs, and who does not take up the support."""
