"""Närvaro cell by cell: each is stored, refused with a sentence, or found changed by somebody else meanwhile."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from beslut.tillgang import far_se
from grund.datapaket.register import BORTTAG
from grund.datapaket.registrering import EjRegistrerad, Registreringsfel, Spar, registrera_i
from grund.models import Anvandare
from grund.text import antal_ord, manad_i_ord
from grund.tid import Manad
from utforare.actions.las import las_enhet
from utforare.dagvarde import Dagvarde, i_ord
from utforare.models import Enhet, Narvaro, SenAndring, Verkstallighet
from utforare.planering import hinder_for_dag
from utforare.rapportering import kraver_skal
from utforare.regler import Narvarokod, Rapportslag
from utforare.tillgang import synliga

_ANNAN = "Någon annan har ändrat dagen sedan du öppnade sidan."
_FINNS_INTE = "Personen finns inte bland dina på den här enheten."
SKAL_SAKNAS = "Månaden är signerad eller låst. Skriv varför dagen ändras."


class Lage(StrEnum):
    """What became of a cell."""

    SPARAD = "sparad"
    FEL = "fel"
    KONFLIKT = "konflikt"


@dataclass(frozen=True, slots=True)
class Cell:
    """A day to write: `nytt` instead of `sag`, which is what the writer saw there."""

    verk_id: int
    dag: date
    nytt: Dagvarde | None
    sag: Dagvarde | None


@dataclass(frozen=True, slots=True)
class Cellsvar:
    """What became of it, and what the cell holds now."""

    cell: Cell
    lage: Lage
    varde: Dagvarde | None
    text: str = ""


def spara_narvaro(
    *, enhet: Enhet, celler: Sequence[Cell], skal: str, av: Anvandare, idag: date, nu: datetime
) -> list[Cellsvar]:
    """Write the cells that may be written, each on its own: one that is refused keeps no other back.

    To send the same again changes nothing and answers the same.
    """
    with transaction.atomic():
        las_enhet(enhet)
        forsok = _Forsok(enhet, celler, skal.strip(), av, idag)
        forsok.sortera()
        _skriv(forsok, nu)
        return [forsok.svar[nummer] for nummer in range(len(celler))]


class _Forsok:
    """The cells, what is known of them, and the answers so far, by their place in `celler`."""

    def __init__(self, enhet: Enhet, celler: Sequence[Cell], skal: str, av: Anvandare, idag: date) -> None:
        self.enhet, self.celler, self.skal, self.av, self.idag = enhet, celler, skal, av, idag
        self.svar: dict[int, Cellsvar] = {}
        self.skrivs: list[int] = []
        verk = synliga(av, idag).filter(enhet=enhet, pk__in={cell.verk_id for cell in celler})
        self.verk = {ett.pk: ett for ett in verk if far_se(av, ett.beslut.person)}
        self.lagrat = lagrat(self.verk, {cell.dag for cell in celler})
        self.sena = kraver_skal(enhet, {Manad.av(cell.dag) for cell in celler}, idag)

    def sortera(self) -> None:
        """Answer the cells that need no writing, and line up the rest."""
        tagna = set()
        for nummer, cell in enumerate(self.celler):
            har = self.lagrat.get((cell.verk_id, cell.dag))
            verk = self.verk.get(cell.verk_id)
            if verk is None:
                self.svar[nummer] = Cellsvar(cell, Lage.FEL, None, _FINNS_INTE)
            elif har == cell.nytt:
                self.svar[nummer] = Cellsvar(cell, Lage.SPARAD, har)
            elif har != cell.sag:
                self.svar[nummer] = Cellsvar(cell, Lage.KONFLIKT, har, f"{_ANNAN} Nu står det {i_ord(har)}.")
            elif hinder := self._hinder(cell, verk, dubbel=(cell.verk_id, cell.dag) in tagna):
                self.svar[nummer] = Cellsvar(cell, Lage.FEL, har, " ".join(hinder))
            else:
                tagna.add((cell.verk_id, cell.dag))
                self.skrivs.append(nummer)

    def _hinder(self, cell: Cell, verk: Verkstallighet, *, dubbel: bool) -> list[str]:
        if dubbel:
            return ["Dagen är skickad två gånger."]
        person = verk.beslut.person
        hinder = hinder_for_dag(
            cell.nytt, cell.dag, fran=verk.fran, till=verk.till, avliden=person.avliden, idag=self.idag
        )
        if not hinder and Manad.av(cell.dag) in self.sena and not self.skal:
            return [SKAL_SAKNAS]
        return hinder

    def har(self, cell: Cell) -> Dagvarde | None:
        return self.lagrat.get((cell.verk_id, cell.dag))


def lagrat(verk: Collection[int], dagar: Collection[date]) -> dict[tuple[int, date], Dagvarde]:
    """What is stored for these verkställigheter on these days."""
    if not verk or not dagar:
        return {}
    rader = Narvaro.objects.filter(verkstallighet__in=verk, datum__range=(min(dagar), max(dagar)), datum__in=dagar)
    return {
        (pk, dag): Dagvarde(kod, omfattning, minuter, orsak)
        for pk, dag, kod, omfattning, minuter, orsak in rader.values_list(
            "verkstallighet_id", "datum", "kod", "omfattning", "minuter", "orsak"
        )
    }


def _skriv(forsok: _Forsok, nu: datetime) -> None:
    """Store what is lined up in one call; what the import's checks refuse is answered, and the rest tried again."""
    while forsok.skrivs:
        fel = _forsok(forsok, forsok.skrivs)
        if not fel:
            break
        okant = dict.fromkeys(forsok.skrivs, fel[0].text) if any(not ett.fil for ett in fel) else {}
        sagt = okant or {_plats(forsok, ett): ett.text for ett in fel}
        for nummer, text in sagt.items():
            cell = forsok.celler[nummer]
            forsok.svar[nummer] = Cellsvar(cell, Lage.FEL, forsok.har(cell), text)
        forsok.skrivs = [nummer for nummer in forsok.skrivs if nummer not in sagt]
    for nummer in forsok.skrivs:
        cell = forsok.celler[nummer]
        forsok.svar[nummer] = Cellsvar(cell, Lage.SPARAD, cell.nytt)
    _skriv_sena(forsok, nu)


def _plats(forsok: _Forsok, fel: Registreringsfel) -> int:
    """Which cell a fault is of: rows to store and rows to take back are counted each by themselves."""
    tas_bort = fel.fil == BORTTAG
    return [ett for ett in forsok.skrivs if (forsok.celler[ett].nytt is None) == tas_bort][fel.index]


def _forsok(forsok: _Forsok, nummer: Sequence[int]) -> list[Registreringsfel]:
    celler = [forsok.celler[ett] for ett in nummer]
    nyckel = {cell.verk_id: forsok.verk[cell.verk_id].nyckel for cell in celler}
    manader = sorted({Manad.av(cell.dag) for cell in celler})
    ord_ = ", ".join(manad_i_ord(manad) for manad in manader)
    text = f"{antal_ord(len(celler), 'dag', 'dagar')} närvaro registrerades för {forsok.enhet.namn}, {ord_}."
    try:
        registrera_i(
            fil="narvaro",
            rader=[_rad(nyckel[cell.verk_id], cell.dag, cell.nytt) for cell in celler if cell.nytt],
            bort=[{"id": nyckel[c.verk_id], "datum": c.dag.isoformat()} for c in celler if c.nytt is None],
            spar=Spar(forsok.av, "registrera_narvaro", objekt(forsok.enhet, manader[0]), text),
        )
    except EjRegistrerad as nekat:
        return nekat.fel
    return []


def objekt(enhet: Enhet, manad: Manad) -> str:
    """Whose events tell of the enhet's närvaro in the month."""
    return f"narvaro:{enhet.nyckel}:{manad}"


def _rad(verk: str, dag: date, varde: Dagvarde) -> dict[str, str]:
    return {
        "verkstallighet_id": verk,
        "datum": dag.isoformat(),
        "kod": varde.kod,
        "omfattning": varde.omfattning,
        "minuter": "" if varde.minuter is None else str(varde.minuter),
        "orsak": varde.orsak,
    }


def _skriv_sena(forsok: _Forsok, nu: datetime) -> None:
    """Days of a signed or locked month are also told as late changes."""
    celler = [forsok.celler[ett] for ett in forsok.skrivs if Manad.av(forsok.celler[ett].dag) in forsok.sena]
    SenAndring.objects.bulk_create(_sen(forsok, cell, nu) for cell in celler)


def _sen(forsok: _Forsok, cell: Cell, nu: datetime) -> SenAndring:
    verk, har = forsok.verk[cell.verk_id], forsok.har(cell)
    return SenAndring(
        enhet=forsok.enhet,
        manad=Manad.av(cell.dag).fran,
        slag=Rapportslag.NARVARO,
        verkstallighet_nyckel=verk.nyckel,
        datum=cell.dag,
        fore=i_ord(har, verk.omfattning),
        efter=i_ord(cell.nytt, verk.omfattning),
        dagar=_narvarande(cell.nytt) - _narvarande(har),
        skal=forsok.skal,
        av=forsok.av,
        tidpunkt=nu,
    )


def _narvarande(varde: Dagvarde | None) -> int:
    return int(varde is not None and varde.kod == Narvarokod.NARVARO)
