"""Vad kostar det, vad betalas, och vad rättas."""

from django.apps import AppConfig


class ErsattningConfig(AppConfig):
    name = "ersattning"

    def ready(self) -> None:
        """Tell the pages upstream which degrees of omfattning have a price."""
        from ersattning.prislistor import omfattningar  # noqa: PLC0415  models are not there before
        from utforare.omfattningar import anmal  # noqa: PLC0415

        anmal(omfattningar)
