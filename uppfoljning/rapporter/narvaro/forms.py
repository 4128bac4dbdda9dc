"""Which months."""

from uppfoljning.rapporter.perioden import Periodform


class Narvaroform(Periodform):
    """The period of the report."""
