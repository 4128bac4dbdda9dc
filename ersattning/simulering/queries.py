"""Reads of simuleringar: how far one has come, what has changed since, why a step may not be taken (empty = yes)."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from ersattning.models import Korning, Simulering
from ersattning.regler import Simuleringslage
from grund.behorighet import Ratt, hinder_for_ratt
from grund.models import Andring, Anvandare
from grund.personnummer import ser_ut_som_personnummer
from grund.tid import Manad

FLEST_MANADER = 24
FLEST_VARIANTER = 8


@dataclass(frozen=True, slots=True)
class Framsteg:
    """Parts done of all."""

    klara: int
    alla: int


def framsteg(simulering: Simulering) -> Framsteg:
    """How far it has come."""
    tal = simulering.delar.aggregate(alla=Count("id"), klara=Count("klar"))
    return Framsteg(tal["klara"], tal["alla"])


def sparade() -> QuerySet[Simulering]:
    """All of them, the latest first."""
    return Simulering.objects.filter(prognos_fran=None).select_related("skapad_av").order_by("-skapad", "-pk")


def andrat_sedan(simulering: Simulering) -> list[str]:
    """What has changed in the history since it was calculated, as sentences; empty when it still holds."""
    senare = Andring.objects.filter(pk__gt=simulering.andring_nr, fran__lt=simulering.till)
    antal = senare.filter(Q(till=None) | Q(till__gt=simulering.fran)).count()
    svar = []
    if antal:
        svar.append(f"Underlaget för perioden har ändrats {antal} gånger sedan simuleringen räknades.")
    if _grund(simulering) != [(ett["manad"], ett["status"], ett["omgang"]) for ett in simulering.grund]:
        svar.append("En månad i perioden har räknats eller fastställts sedan dess.")
    return [*svar, "Räkna om för att få dagens svar."] if svar else []


def _grund(simulering: Simulering) -> list[tuple[str, str, int]]:
    korningar = Korning.objects.filter(manad__gte=simulering.fran, manad__lt=simulering.till).order_by("manad")
    return [(str(ett), ett.status, ett.omgang) for ett in korningar]


def nasta_nummer(simulering: Simulering) -> int:
    """The number of a variant that is added."""
    sista = simulering.varianter.filter(punkt=None).aggregate(sista=Max("nummer"))["sista"]
    return int(sista or 0) + 1


def hinder_for_manader(forsta: Manad, sista: Manad) -> list[str]:
    """Why the months may not be simulated."""
    if sista < forsta:
        return ["Den sista månaden ligger före den första."]
    if sista >= forsta.plus(FLEST_MANADER):
        return [f"En simulering kan gälla högst {FLEST_MANADER} månader."]
    return []


def hinder_for_texter(*texter: str) -> list[str]:
    """Why the texts may not be stored: they are shown, exported and kept in events."""
    return ["Texten har ett personnummer. Ta bort det."] if any(map(ser_ut_som_personnummer, texter)) else []


def hinder_for_andring(simulering: Simulering) -> list[str]:
    """Why what it asks may not be changed: a result keeps its question."""
    if simulering.status == Simuleringslage.RAKNAS:
        return ["Simuleringen räknas just nu. Avbryt den först."]
    if simulering.status == Simuleringslage.KLAR:
        return ["Simuleringen är räknad. Kopiera den och ändra i kopian, så finns båda kvar att jämföra."]
    return []


def hinder_for_variant(simulering: Simulering, nummer: int | None) -> list[str]:
    """Why the variant may not be changed, or (None) added."""
    if nummer == 0:
        return ["Varianten som det är ändras inte: den är det som de andra jämförs med."]
    antal = simulering.varianter.filter(punkt=None, nummer__gt=0).count()
    if nummer is None and antal >= FLEST_VARIANTER:
        return [f"En simulering kan ha högst {FLEST_VARIANTER} varianter."]
    if nummer is not None and not simulering.varianter.filter(nummer=nummer, punkt=None).exists():
        return ["Varianten är borttagen."]
    return []


def hinder_for_rakning(simulering: Simulering, av: Anvandare | None) -> list[str]:
    """Why it may not be calculated."""
    ratt = Ratt.SIMULERA if simulering.prognos_fran is None else Ratt.GORA_PROGNOS
    hinder = hinder_for_ratt(av.roller, ratt) if av else []
    if simulering.status == Simuleringslage.RAKNAS:
        hinder.append("Simuleringen räknas redan.")
    return hinder


def hinder_for_avbrott(simulering: Simulering) -> list[str]:
    """Why it may not be cancelled."""
    return (
        [] if simulering.status == Simuleringslage.RAKNAS else ["Simuleringen räknas inte, så den kan inte avbrytas."]
    )


def hinder_for_borttagning(simulering: Simulering) -> list[str]:
    """Why it may not be taken away."""
    return ["Simuleringen räknas just nu. Avbryt den först."] if simulering.status == Simuleringslage.RAKNAS else []
