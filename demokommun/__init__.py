"""Ekstad: a made-up municipality, written as a datapaket, for demonstration, development and measurement.

Nobody in it exists: names are drawn from lists, every personnummer is one that the tax agency reserves for tests.
Prices are cells that municipalities have published.
"""

from demokommun.paket import Paketinfo, skriv_paket, skriv_sent_paket

__all__ = ["Paketinfo", "skriv_paket", "skriv_sent_paket"]
