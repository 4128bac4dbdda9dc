"""Changes of the konteringsmall: a row that a month is booked by is ended, and another takes over from a day.

Rows are facts of the municipality's own, outside the import format.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from beslut.ord import insats_i_ord
from ersattning.filer.sie import kan_skrivas
from ersattning.models import Kontering
from ersattning.regler import ORESUTJAMNING, Artikel
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord, giltig_i_ord, manad_i_ord
from grund.tid import EN_DAG, Manad
from utforare.models import Utforare
from utforare.regler import Regi

VAD = ("regi", "utforare", "insats", "artikel")  # what a row is for
KONTON = ("konto", "kontonamn", "ansvar", "verksamhet", "objekt", "motkonto", "motkontonamn", "motansvar")


@dataclass(frozen=True)
class Uppgifter:
    """A row as somebody wants it. `sista` None = until further notice."""

    regi: str
    utforare: Utforare | None
    insats: str
    artikel: str
    konto: str
    kontonamn: str
    ansvar: str
    verksamhet: str
    objekt: str
    motkonto: str
    motkontonamn: str
    motansvar: str
    fran: date
    sista: date | None = None

    @property
    def till(self) -> date | None:
        """The first day on which it no longer holds."""
        return self.sista + EN_DAG if self.sista else None


def senast_anvand(kontering: Kontering) -> Manad | None:
    """The last month that is booked by the row; None while it may be changed."""
    senast = kontering.bruk.aggregate(senast=Max("korning__manad"))["senast"]
    return Manad.av(senast) if senast else None


def vad_i_ord(kontering: Kontering) -> str:
    """`Daglig verksamhet, närvaro, privat regi`."""
    return f"{i_sin_regi(kontering)}, {Regi(kontering.regi).label}"


def i_sin_regi(kontering: Kontering) -> str:
    """`Daglig verksamhet, närvaro`, where the regi is plain; what is left open is said too."""
    if kontering.artikel == ORESUTJAMNING:
        vad = "Öresutjämning"
    else:
        insats = insats_i_ord(kontering.insats) if kontering.insats else "Alla insatser"
        vad = f"{insats}, {Artikel(kontering.artikel).label if kontering.artikel else 'alla artiklar'}"
    return f"{vad}, bara {kontering.utforare.namn}" if kontering.utforare else vad


def hinder_for_kontering(uppgifter: Uppgifter, av: Anvandare, *, utom: Kontering | None = None) -> list[str]:
    """Why the row may not be stored, beside what the database says. `utom`: the one that it replaces."""
    hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_KONTERING)
    if uppgifter.utforare and uppgifter.utforare.regi != uppgifter.regi:
        hinder.append(f"{uppgifter.utforare.namn} drivs i {Regi(uppgifter.utforare.regi).label}.")
    for namn in (uppgifter.kontonamn, uppgifter.motkontonamn):
        if not kan_skrivas(namn):
            hinder.append(f"”{namn}” har ett tecken som SIE-filer inte kan innehålla. Skriv namnet utan det.")
    return hinder + _hinder_for_kontonamn(uppgifter, utom)


def _hinder_for_kontonamn(uppgifter: Uppgifter, utom: Kontering | None) -> list[str]:
    """An account is called one thing in the whole mall."""
    par = {uppgifter.konto: uppgifter.kontonamn}
    if par.setdefault(uppgifter.motkonto, uppgifter.motkontonamn) != uppgifter.motkontonamn:
        return [f"Kontot {uppgifter.konto} har två olika namn här. Skriv samma."]
    for konto, namn in par.items():
        andra = Kontering.objects.exclude(pk__in=[utom.pk] if utom else [])
        heter = {ett.kontonamn for ett in andra.filter(konto=konto)}
        heter |= {ett.motkontonamn for ett in andra.filter(motkonto=konto)}
        if heter - {namn}:
            return [f"Kontot {konto} heter ”{min(heter - {namn})}” i mallen redan. Skriv det namnet."]
    return []


def lagg_till(*, uppgifter: Uppgifter, av: Anvandare, efter: Kontering | None = None) -> Kontering:
    """Add a row. `efter`: the one that it takes over from, which ends the day before. Raises Hindrad."""
    with transaction.atomic():
        if efter:
            efter = _las(efter)
            _avsluta_for(efter, uppgifter)
        if hinder := hinder_for_kontering(uppgifter, av):
            raise Hindrad(hinder)
        ny = Kontering()
        _fyll(ny, uppgifter)
        ny.save()
        _handelse(av, "lagg_till_kontering", ny, "lade till")
    return ny


def andra(*, kontering: Kontering, uppgifter: Uppgifter, av: Anvandare) -> Kontering:
    """Change a row that no month is booked by. Raises Hindrad."""
    with transaction.atomic():
        ett = _las(kontering)
        if hinder := _anvand(ett) or hinder_for_kontering(uppgifter, av, utom=ett):
            raise Hindrad(hinder)
        _fyll(ett, uppgifter)
        ett.save()
        _handelse(av, "andra_kontering", ett, "ändrade")
    return ett


def avsluta(*, kontering: Kontering, sista: date | None, av: Anvandare) -> Kontering:
    """Set the row's last day, after the last month that is booked by it; None = until further notice."""
    with transaction.atomic():
        ett = _las(kontering)
        if hinder := hinder_for_ratt(av.roller, Ratt.SKOTA_KONTERING) + hinder_for_slut(ett, sista):
            raise Hindrad(hinder)
        ett.till = sista + EN_DAG if sista else None
        _krav_hel(ett)
        ett.save(update_fields=["till"])
        _handelse(av, "avsluta_kontering", ett, "avslutade")
    return ett


def ta_bort(*, kontering: Kontering, av: Anvandare) -> None:
    """Remove a row that no month is booked by: one that was never in force leaves nothing behind."""
    with transaction.atomic():
        ett = _las(kontering)
        if hinder := hinder_for_ratt(av.roller, Ratt.SKOTA_KONTERING) + _anvand(ett):
            raise Hindrad(hinder)
        _handelse(av, "ta_bort_kontering", ett, "tog bort")
        ett.delete()


def hinder_for_slut(kontering: Kontering, sista: date | None) -> list[str]:
    """Why the row may not end on that day."""
    if sista is not None and sista < kontering.fran:
        return ["Slutdagen ligger före startdagen."]
    senast = senast_anvand(kontering)
    if senast is None or sista is None or sista >= senast.sista:
        return []
    return [f"{manad_i_ord(senast)} är bokförd efter raden. Den kan sluta tidigast {datum_i_ord(senast.sista)}."]


def _avsluta_for(efter: Kontering, uppgifter: Uppgifter) -> None:
    sista = uppgifter.fran - EN_DAG
    if hinder := hinder_for_slut(efter, sista):
        raise Hindrad(hinder)
    if efter.till is None or efter.till > uppgifter.fran:
        efter.till = uppgifter.fran
        efter.save(update_fields=["till"])


def _las(kontering: Kontering) -> Kontering:
    ett = Kontering.objects.select_for_update(of=("self",)).filter(pk=kontering.pk).first()
    if ett is None:
        raise Hindrad(["Konteringen är borttagen."])
    return ett


def _anvand(kontering: Kontering) -> list[str]:
    senast = senast_anvand(kontering)
    if senast is None:
        return []
    return [f"{manad_i_ord(senast)} är bokförd efter raden, så den kan bara avslutas. Låt en ny version ta vid."]


def _fyll(kontering: Kontering, uppgifter: Uppgifter) -> None:
    for falt in (*VAD, *KONTON, "fran", "till"):
        setattr(kontering, falt, getattr(uppgifter, falt))
    _krav_hel(kontering)


def _krav_hel(kontering: Kontering) -> None:
    """Ask the fields and the constraints in their own words, before the database refuses."""
    try:
        kontering.full_clean()
    except ValidationError as fel:
        raise Hindrad(fel.messages) from fel


def _handelse(av: Anvandare, handling: str, ett: Kontering, gjorde: str) -> None:
    text = f"{av.get_username()} {gjorde} kontering: {vad_i_ord(ett)}, {ett}, {giltig_i_ord(ett.fran, ett.till)}."
    falt = {namn: str(getattr(ett, namn) or "") for namn in (*KONTON, "fran", "till")}
    skriv_handelse(av=av, handling=handling, objekt=f"kontering:{ett.pk}", text=text, rad=falt)
