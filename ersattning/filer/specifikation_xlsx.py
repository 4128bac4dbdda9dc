"""A provider's specification as a workbook, with the same content and the same sums as the PDF."""

from datetime import datetime
from typing import Any, BinaryIO

from ersattning.filer import blad
from ersattning.filer.innehall import Specifikation, delsummor
from ersattning.filer.ord import insats_i_ord
from ersattning.filer.text import spec_titel
from grund.arbetsbok import Arbetsbok, Kolumn, Slag
from grund.text import manad_i_ord

_SAMMANSTALLNING = (
    Kolumn("Gäller"),
    Kolumn("Enhets-id"),
    Kolumn("Enhet"),
    Kolumn("Insats"),
    Kolumn("Artikel"),
    Kolumn("Nivå"),
    Kolumn("Antal", Slag.ANTAL),
    Kolumn("Per"),
    Kolumn("Belopp, kr", Slag.KRONOR, summera=True),
)


def skriv(spec: Specifikation, fil: BinaryIO, *, skapad: datetime) -> None:
    """Write the workbook to `fil`."""
    with Arbetsbok(fil, titel=spec_titel(spec), forfattare=spec.kommun, skapad=skapad) as bok:
        bok.blad("Sammanställning", _SAMMANSTALLNING, _sammanstallning(spec), ingress=_ingress(spec))
        for namn, rader in (("Rader", spec.rader), ("Rättelser", spec.rattelser)):
            bok.blad(namn, blad.radkolumner(med_utforare=False), blad.radceller(rader, med_utforare=False))
        avvikelser = blad.avvikelseceller(spec.avvikelser, med_utforare=False)
        bok.blad("Avvikelser", blad.avvikelsekolumner(med_utforare=False), avvikelser)


def _ingress(spec: Specifikation) -> list[tuple[str, str]]:
    return [
        (f"Ersättningsspecifikation {manad_i_ord(spec.manad)}", ""),
        ("Utförare", spec.mottagare.namn),
        ("Organisationsnummer", spec.mottagare.organisationsnummer),
        ("Kommun", spec.kommun),
        ("Status", spec.status),
    ]


def _sammanstallning(spec: Specifikation) -> list[tuple[Any, ...]]:
    """The month's own rows summed, what corrects each earlier month, bonus, justeringar: together all that is paid."""
    delar = [(manad_i_ord(spec.manad), spec.ordinarie)]
    delar += [(f"Rättelse av {grupp.rubrik}", list(grupp.rader)) for grupp in spec.rattelser_per_manad]
    delar += [("Arbetsbonus", spec.bonus), ("Justeringar", spec.justeringar)]
    return [
        (galler, en.enhet_id, en.enhet, insats_i_ord(en.insats), blad.artikel_i_ord(en.artikel), en.niva, en.antal,
         en.antalsenhet_i_ord, en.belopp)
        for galler, rader in delar
        for en in delsummor(rader)
    ]  # fmt: skip
