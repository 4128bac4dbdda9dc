"""Many people at work at once in the demo, while a month is run (docs/prestanda.md)."""

from pathlib import Path


def locustfil_sokvag() -> Path:
    """Where the file is that locust reads. It is not imported here: it changes how sockets work."""
    return Path(__file__).with_name("locustfil.py")
