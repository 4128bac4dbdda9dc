"""The tables of the pages of gallring. A person is known by the key; of a protected one not even that is shown."""

from collections.abc import Iterable
from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from beslut.ord import GALLRAD, SKYDDAD
from grund.tabeller import Tabell
from grund.text import datum_i_ord, stor_forsta, tidpunkt_i_ord
from uppfoljning.gallring.akter import Provad
from uppfoljning.gallring.hos_utforare import Provad as Hos
from uppfoljning.gallring.koder import Listlage, Listslag, Radutfall
from uppfoljning.gallring.regler import forfaller, klart_senast
from uppfoljning.gallring.regler_utforare import klart_senast_hos_privat
from uppfoljning.gallring.tabell import RADER
from uppfoljning.gallring.text import atgard_i_ord, per_tabell, tabellens_namn
from uppfoljning.models import Gallringslista, Gallringsrad


class Mogna(Tabell):
    """Those whose akt is to be removed today."""

    person = tables.Column("Person")
    sista = tables.Column("Sista anteckning")
    forfoll = tables.Column("Ska gallras från")
    senast = tables.Column("Klart senast")

    class Meta(Tabell.Meta):
        caption = "Akter som ska gallras"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Ingen akt ska gallras i dag."


class Undantagna(Tabell):
    """Those whose five years have passed, but whose akt stays, with the reasons."""

    person = tables.Column("Person")
    sista = tables.Column("Sista anteckning")
    skal = tables.Column("Varför akten står kvar")

    class Meta(Tabell.Meta):
        caption = "Undantagna"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Ingen är undantagen."


class Privata(Tabell):
    """Those of whom private utförare have written something that is two years old."""

    person = tables.Column("Person")
    sista = tables.Column("Utförarens sista anteckning")
    senast = tables.Column("Klart senast")
    skal = tables.Column("Ska gallras?")

    class Meta(Tabell.Meta):
        caption = "Vad privata utförare har skrivit"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Ingenting är två år gammalt."


class Listor(Tabell):
    """The lists, the latest first."""

    nyckel = tables.Column("Lista")
    slag = tables.Column("Gäller")
    dag = tables.Column("Läget den")
    antal = tables.Column("Personer")
    lage = tables.Column("Läge")

    class Meta(Tabell.Meta):
        caption = "Gallringslistor"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Det finns inga listor."

    def render_nyckel(self, value: str, record: Gallringslista) -> SafeString:
        return format_html(
            '<a class="anchor" href="{}">{}</a>', reverse("uppfoljning:gallringslista", args=[record.pk]), value
        )

    def render_dag(self, value: date) -> str:
        return datum_i_ord(value)

    def render_slag(self, record: Gallringslista) -> str:
        return stor_forsta(str(Listslag(record.slag).label))

    def render_lage(self, record: Gallringslista) -> str:
        return stor_forsta(str(Listlage(record.lage).label))


class Listrader(Tabell):
    """The persons of a list."""

    nummer = tables.Column("Nr")
    person = tables.Column("Person")
    sista = tables.Column("Sista anteckning")
    rader = tables.Column("Rader")
    utfall = tables.Column("Utfall")

    class Meta(Tabell.Meta):
        caption = "Personer i listan"
        caption_dold = True
        kort = True
        huvud = "person"
        orderable = False


class Antal(Tabell):
    """Rows per table."""

    namn = tables.Column("Tabell")
    antal = tables.Column("Rader")

    class Meta(Tabell.Meta):
        caption = "Rader per tabell"
        caption_dold = True
        kort = True
        orderable = False
        empty_text = "Inga rader."


class Hela(Tabell):
    """The retention table."""

    modell = tables.Column("Tabell")
    grund = tables.Column("Grund")
    frist = tables.Column("Frist")
    atgard = tables.Column("Åtgärd")
    skal = tables.Column("Varför")

    class Meta(Tabell.Meta):
        caption = "Gallringstabellen"
        caption_dold = True
        kort = True
        orderable = False


def mogna(alla: Iterable[Provad]) -> Mogna:
    """Drawn."""
    return Mogna(
        [
            {
                "person": vem(ett.nyckel, skyddad=ett.skyddad),
                "sista": datum_i_ord(ett.akt.sista),
                "forfoll": datum_i_ord(forfaller(ett.akt.sista)),
                "senast": datum_i_ord(klart_senast(ett.akt.sista)),
            }
            for ett in alla
            if ett.akt.sista
        ]
    )


def undantagna(alla: Iterable[tuple[Provad, list[str]]]) -> Undantagna:
    """Drawn."""
    return Undantagna(
        [
            {
                "person": vem(ett.nyckel, skyddad=ett.skyddad),
                "sista": datum_i_ord(ett.akt.sista) if ett.akt.sista else "ingen",
                "skal": " ".join(skal) if not ett.skyddad else "Uppgifterna är skyddade.",
            }
            for ett, skal in alla
        ]
    )


def privata(alla: Iterable[Hos]) -> Privata:
    """Drawn. What a person's other utförare still has is no reason to keep what one of them had."""
    return Privata(
        [
            {
                "person": vem(ett.nyckel, skyddad=ett.skyddad),
                "sista": datum_i_ord(ett.sista),
                "senast": datum_i_ord(klart_senast_hos_privat(ett.sista)) if ett.verk else "",
                "skal": "Uppgifterna är skyddade." if ett.hinder and ett.skyddad else _om_hos(ett),
            }
            for ett in alla
        ]
    )


def _om_hos(ett: Hos) -> str:
    if not ett.verk:
        return " ".join(("Nej.", *ett.hinder))
    return " ".join(("Ja.", *(("Inte allt:", *ett.hinder) if ett.hinder else ())))


def listrader(alla: Iterable[Gallringsrad]) -> Listrader:
    """Drawn."""
    return Listrader([_listrad(rad) for rad in alla])


def _listrad(rad: Gallringsrad) -> dict[str, object]:
    gallrad = rad.utfall == Radutfall.GALLRAD
    skyddad = rad.person is not None and rad.person.skyddad
    utfall = stor_forsta(str(Radutfall(rad.utfall).label))
    if rad.utfall == Radutfall.FOLL_UR:
        utfall = f"{utfall}. {'Uppgifterna är skyddade.' if skyddad else ' '.join(rad.skal)}"
    return {
        "nummer": rad.nummer,
        "person": GALLRAD if rad.person is None else vem(rad.person.nyckel, skyddad=skyddad),
        "sista": datum_i_ord(rad.sista),
        "rader": sum((rad.rader["borta"] if gallrad else rad.rader).values()),
        "utfall": f"{utfall}, {tidpunkt_i_ord(rad.nar)}" if gallrad and rad.nar else utfall,
    }


def antal(per_modell: dict[str, int]) -> Antal:
    """Drawn, by the names that people call the tables."""
    return Antal([{"namn": namn, "antal": nummer} for namn, nummer in per_tabell(per_modell)])


def hela() -> Hela:
    """Drawn."""
    return Hela(
        [
            {
                "modell": tabellens_namn(rad.modell),
                "grund": str(rad.grund),
                "frist": rad.frist,
                "atgard": atgard_i_ord(rad),
                "skal": rad.skal,
            }
            for rad in RADER
        ]
    )


def vem(nyckel: str, *, skyddad: bool) -> str:
    """The key, or that the person is protected."""
    return SKYDDAD if skyddad else nyckel
