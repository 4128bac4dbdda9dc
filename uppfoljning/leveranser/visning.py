"""A delivery's protocol and differences as tables, for the page and for the workbook. Pure."""

from collections.abc import Mapping

from grund.arbetsbok import Kolumn, Slag
from grund.text import stor_forsta
from uppfoljning.leveranser.jamforelse import Hur, Skillnad
from uppfoljning.leveranser.layout import Layout
from uppfoljning.leveranser.protokoll import Protokoll
from uppfoljning.leveranser.regler import UPPGIFTER
from uppfoljning.rapport.innehall import Rad, Tabell

_NYCKEL = "Person eller beslut"
Adresser = Mapping[str, str]


def kolumntabell(prot: Protokoll) -> Tabell:
    """Counts per column, to hold against last year's."""
    kolumner = (
        Kolumn("Kolumn"),
        Kolumn("Ifyllda", Slag.HELTAL),
        Kolumn("Tomma", Slag.HELTAL),
        Kolumn("Koder", Slag.STYCKE),
    )
    rader = tuple(
        Rad((ett.namn, ett.ifyllda, ett.tomma, ", ".join(f"{kod}: {antal}" for kod, antal in ett.koder)))
        for ett in prot.kolumner
    )
    return Tabell("kolumner", "Antal i varje kolumn", kolumner, rader)


def anmarkningstabell(prot: Protokoll, adresser: Adresser) -> Tabell:
    """What stops and what warns."""
    kolumner = (Kolumn("Allvar"), Kolumn("Vad", Slag.STYCKE), Kolumn("Kolumn"), Kolumn(_NYCKEL))
    ordning = (*prot.stoppar, *prot.varnar)
    rader = tuple(
        Rad((stor_forsta(ett.allvar.value), ett.text, ett.kolumn, ett.nyckel), adresser.get(ett.nyckel, ""))
        for ett in ordning
    )
    return Tabell("anmarkningar", "Kontroller", kolumner, rader, tom="Inget att anmärka på.")


def utelamnadetabell(prot: Protokoll) -> Tabell:
    """What was left out and why."""
    kolumner = (
        Kolumn("Varför", Slag.STYCKE),
        Kolumn("Beslut", Slag.HELTAL, summera=True),
        Kolumn("Vilka", Slag.STYCKE),
    )
    rader = tuple(Rad((orsak, len(nycklar), ", ".join(nycklar))) for orsak, nycklar in prot.utelamnade)
    summa = Rad(("Summa", sum(len(nycklar) for _, nycklar in prot.utelamnade), None)) if len(rader) > 1 else None
    return Tabell("utelamnade", "Beslut som inte är med", kolumner, rader, summa, tom="Inget beslut är utelämnat.")


def skillnadstabell(skillnad: Skillnad, adresser: Adresser) -> Tabell:
    """Row by row, column by column."""
    kolumner = (Kolumn(_NYCKEL), Kolumn("Hur"), Kolumn("Kolumn"), Kolumn("Förut"), Kolumn("Nu"))
    rader = []
    for ett in skillnad.rader:
        adress = adresser.get(ett.nyckel, "")
        if ett.hur is not Hur.ANDRAD:
            rader.append(Rad((ett.nyckel, stor_forsta(ett.hur.value), "", "", ""), adress))
        for andrat in ett.andrat:
            celler = (ett.nyckel, stor_forsta(ett.hur.value), andrat.kolumn, andrat.fran, andrat.till)
            rader.append(Rad(celler, adress))
    return Tabell("skillnader", "Skillnader", kolumner, tuple(rader), tom="Ingenting skiljer.", enskilda=True)


def skillnadssumma(skillnad: Skillnad) -> Tabell:
    """How many rows differ, in what way."""
    rader = [Rad((stor_forsta(hur.value), len(skillnad.av(hur)))) for hur in Hur]
    rader += [Rad((f"Ändrad i {kolumn}", antal)) for kolumn, antal in skillnad.per_kolumn.items()]
    return Tabell("skiljer", "Hur raderna skiljer sig", (Kolumn("Hur"), Kolumn("Rader", Slag.HELTAL)), tuple(rader))


def layouttabell(layout: Layout) -> Tabell:
    """The columns in their order."""
    kolumner = (
        Kolumn("Plats", Slag.HELTAL),
        Kolumn("Kolumn"),
        Kolumn("Innehåller", Slag.STYCKE),
        Kolumn("Skrivs som"),
        Kolumn("Krävs"),
        Kolumn("Koder", Slag.STYCKE),
    )
    rader = tuple(
        Rad(
            (
                plats,
                ett.namn,
                UPPGIFTER[layout.slag][ett.uppgift],
                ett.form.value + (f", {ett.bredd} tecken" if ett.bredd else ""),
                "ja" if ett.kravs else "",
                ", ".join(f"{vad} = {kod}" for vad, kod in ett.koder.items()),
            )
        )
        for plats, ett in enumerate(layout.kolumner, 1)
    )
    return Tabell("layout", "Kolumner", kolumner, rader)
