"""What addresses of reports are made of."""

from uppfoljning.kvartal import Kvartal


class Kvartalsadress:
    """`2026-K1` in an address, a `Kvartal` in the view."""

    regex = r"\d{4}-K[1-4]"

    def to_python(self, text: str) -> Kvartal:
        return Kvartal.las(text)

    def to_url(self, kvartal: Kvartal) -> str:
        return str(kvartal)
