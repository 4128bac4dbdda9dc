"""The controller's workbook of a month: what each provider costs, every row, every avvikelse and every rättelse."""

from datetime import datetime
from typing import BinaryIO

from ersattning.filer import blad, queries
from ersattning.filer.ord import insats_i_ord
from ersattning.filer.text import kommun, statustext
from ersattning.models import Korning
from ersattning.regler import Radenhet
from grund.arbetsbok import Arbetsbok, Kolumn, Slag
from grund.text import manad_i_ord

_KOSTNADER = (
    Kolumn("Utförare"),
    Kolumn("Insats"),
    Kolumn("Artikel"),
    Kolumn("Nivå"),
    Kolumn("Antal rader", Slag.HELTAL, summera=True),
    Kolumn("Antal", Slag.ANTAL),
    Kolumn("Per"),
    Kolumn("Månadens egna, kr", Slag.KRONOR, summera=True),
    Kolumn("Rättelser, kr", Slag.KRONOR, summera=True),
    Kolumn("Arbetsbonus, kr", Slag.KRONOR, summera=True),
    Kolumn("Justeringar, kr", Slag.KRONOR, summera=True),
    Kolumn("Summa, kr", Slag.KRONOR, summera=True),
)


def skriv(korning: Korning, fil: BinaryIO, *, skapad: datetime) -> None:
    """Write the workbook to `fil`, streamed: the memory does not grow with the rows."""
    titel = f"Ersättning {manad_i_ord(korning.manad)}"
    ingress = [(titel, ""), ("Kommun", kommun()), ("Status", statustext(korning))]
    with Arbetsbok(fil, titel=f"{titel} · {statustext(korning)}", forfattare=kommun(), skapad=skapad) as bok:
        bok.blad("Sammanställning", _KOSTNADER, _kostnader(korning), ingress=ingress)
        for namn, bara_rattelser in (("Rader", False), ("Rättelser", True)):
            rader = queries.rader(korning, bara_rattelser=bara_rattelser)
            bok.blad(namn, blad.radkolumner(med_utforare=True), blad.radceller(rader, med_utforare=True))
        avvikelser = blad.avvikelseceller(queries.avvikelser(korning), med_utforare=True)
        bok.blad("Avvikelser", blad.avvikelsekolumner(med_utforare=True), avvikelser)


def _kostnader(korning: Korning) -> list[tuple[object, ...]]:
    return [
        (
            en.utforare,
            insats_i_ord(en.insats),
            blad.artikel_i_ord(en.artikel),
            en.niva,
            en.antal_rader,
            en.antal,
            Radenhet(en.antalsenhet).label,
            en.ordinarie,
            en.rattelser,
            en.bonus,
            en.justeringar,
            en.belopp,
        )
        for en in queries.kostnader(korning)
    ]
