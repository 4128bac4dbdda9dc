"""What addresses are made of."""

from grund.tid import Manad


class Manadsadress:
    """`2026-05` in an address, a `Manad` in the view. ValueError (no such page) for 2026-13 and for 2999-12."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, text: str) -> Manad:
        return Manad.efterfragad(text)

    def to_url(self, manad: Manad) -> str:
        return str(manad)
