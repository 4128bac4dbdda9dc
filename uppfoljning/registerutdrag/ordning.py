"""In which order and under which headings the person reads what is held: the retention table's models, grouped."""

from dataclasses import dataclass

from uppfoljning.gallring.tabell import FOR, OM_PERSON
from uppfoljning.gallring.typer import Modellrad


@dataclass(frozen=True, slots=True)
class Grupp:
    """A chapter of the extract: heading, what it is about, and the models in it."""

    rubrik: str
    om: str
    modeller: tuple[str, ...]


_GRUPPER: tuple[Grupp, ...] = (
    Grupp("Dina uppgifter", "Vem du är i systemet, och vem som arbetar med dina ärenden.", (
        "beslut.Person", "beslut.Tilldelning",
    )),
    Grupp("Ansökningar och ärenden", "Vad du har sökt, vad som har utretts och vad du har fått ta del av.", (
        "beslut.Arende", "beslut.Utredningstext", "beslut.Kommunicering", "beslut.Forslag",
    )),
    Grupp("Beslut", "Vad som är beslutat, hur du fick veta det och vad som har hänt sedan.", (
        "beslut.Beslut", "beslut.Delgivning", "beslut.Uppfoljning", "beslut.Overklagande", "uppfoljning.Ivorapport",
    )),
    Grupp("Nivåbedömningar", "Hur stort ditt behov av stöd är bedömt. Nivån avgör vad utföraren får betalt.", (
        "beslut.Nivabedomning", "beslut.Nivaarende", "beslut.Nivasvar", "beslut.Nivaprovning", "beslut.Nivasynpunkt",
        "beslut.Nivaovertagande",
    )),
    Grupp("Beställningar och verkställighet", "Vem som har fått i uppdrag att ge stödet, och hur det har gått.", (
        "utforare.Bestallning", "utforare.Erbjudande", "utforare.Drojsmal", "utforare.Verkstallighet",
        "utforare.Uppehall", "utforare.Slutanmalan", "uppfoljning.Underrattelse",
    )),
    Grupp("Närvaro och besök", "Vad utföraren har rapporterat, månad för månad. Varje dag och varje besök är med.", (
        "utforare.Narvaro", "utforare.Besok", "utforare.PlaneratBesok", "utforare.SenAndring",
        "uppfoljning.Besokspersonal",
    )),
    Grupp("Ersättning till utförare som gäller dig", "Vad kommunen har betalat för stödet. Du betalar inte detta.", (
        "utforare.Avtal", "ersattning.Individavtalsmotiv", "ersattning.Ersattningsrad", "ersattning.Avvikelse",
        "ersattning.Avvikelsebedomning", "ersattning.Justering", "ersattning.Tackning", "ersattning.Anstallning",
        "ersattning.Bonusansokan", "ersattning.Bonusansokansteg", "ersattning.Bonusutfall",
        "ersattning.Aterkravsprovning", "ersattning.Aterkravsrad",
    )),
    Grupp("Dokument", "Handlingar som filer. De följer med i filen med data.", ("beslut.Beslutshandling",)),
    Grupp("Kontroll och statistik", "Vad kontroller av uppgifterna har visat, och vad som har lämnats vidare.", (
        "uppfoljning.Fynd", "uppfoljning.Fyndbedomning", "uppfoljning.Leveransrad", "uppfoljning.Arkivakt",
        "ersattning.Delkorning", "ersattning.Simuleringsdel",
    )),
    Grupp("Vilka som har tittat på dina uppgifter", "Varje gång någon har öppnat dem. Varför står med när det krävs.", (
        "beslut.Lasning", "beslut.Kontrollrad", "beslut.Kontrollbedomning", "uppfoljning.Registerutdrag",
    )),
    Grupp("Ändringar i dina uppgifter", "Vad som har ändrats och hur det var före ändringen.", ("grund.Andring",)),
)  # fmt: skip

# What a row has that only a machine has use for: it stands in the file with data, not in the document.
BARA_I_DATA: dict[str, frozenset[str]] = {
    "beslut.Beslutshandling": frozenset({"sha256"}),
    "ersattning.Ersattningsrad": frozenset({
        "antal_taljare", "antal_namnare", "regelversion", "grund", "krediterar", "justering",
    }),
    "ersattning.Bonusansokan": frozenset({"sha256", "version", "storlek"}),
    "ersattning.Bonusansokansteg": frozenset({"sha256"}),
    "ersattning.Justering": frozenset({"sha256", "storlek"}),
    "uppfoljning.Fynd": frozenset({"avtryck", "objekt_id"}),
    "uppfoljning.Fyndbedomning": frozenset({"avtryck"}),
    "grund.Andring": frozenset({"objekt_id", "slag", "antal"}),
    "utforare.Besok": frozenset({"nyckel"}),
    "utforare.PlaneratBesok": frozenset({"nyckel"}),
}  # fmt: skip
MANADSVIS = ("utforare.Narvaro", "utforare.Besok")  # told as sentences by month, not row by row
LOGG = "beslut.Lasning"  # told by month, by what the reader works as


def grupper() -> tuple[Grupp, ...]:
    """The chapters. What the retention table has and no chapter names comes last, so that nothing is left out."""
    namngivna = {modell for grupp in _GRUPPER for modell in grupp.modeller}
    ovriga = tuple(rad.modell for rad in OM_PERSON if rad.modell not in namngivna)
    sist = (Grupp("Övrigt", "Uppgifter som inte hör till något av det andra.", ovriga),) if ovriga else ()
    return (*_GRUPPER, *sist)


def tabellrad(modell: str) -> Modellrad:
    """The model's line of the retention table."""
    return FOR[modell]
