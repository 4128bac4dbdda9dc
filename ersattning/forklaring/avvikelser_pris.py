"""Avvikelser about prices: no level, or no cell of the price list that fits (R3, R4)."""

from collections.abc import Iterator
from dataclasses import dataclass

from beslut.models import Nivabedomning
from beslut.regler import Bedomningsstatus, Insats
from ersattning.filer.ord import niva_i_ord
from ersattning.forklaring import mal
from ersattning.forklaring.avvikelsefakta import Avvikelseunderlag
from ersattning.forklaring.avvikelsesvar import Svar
from ersattning.forklaring.kedja import avtalstext, prisrad_i_ord
from ersattning.forklaring.ord import enhet_i_ord
from ersattning.forklaring.typer import Grund
from ersattning.kalkyl import typer
from ersattning.kalkyl.narvaro import dagens_omfattning
from ersattning.kalkyl.samling import Stracka
from ersattning.models import Pris
from ersattning.ord import tidsband_i_ord
from ersattning.regler import Prisenhet
from grund.text import dagar_i_ord, datum_i_ord, och
from utforare.models import Avtal
from utforare.regler import Modell

_ENHET = {
    Modell.DYGN: Prisenhet.DYGN,
    Modell.NARVARO: Prisenhet.DAG,
    Modell.MANAD: Prisenhet.MANAD,
    Modell.UTFORD_TID: Prisenhet.TIMME,
    Modell.BESTALLD_TID: Prisenhet.TIMME,
}
MEST = 12  # of the list's cells that are shown


@dataclass(frozen=True, slots=True)
class Sokt:
    """What was looked for in the price list on the day."""

    niva: str
    omfattning: str
    tidsband: tuple[str, ...]
    enhet: str


def niva_saknas(u: Avvikelseunderlag) -> Svar:
    """R3, R4: every price is for some level, and the person has none."""
    bedomningar = list(Nivabedomning.objects.filter(person=u.avvikelse.person_id, insats=u.insats).order_by("fran"))
    hande = [f"Prislistan har pris per nivå, men personen har ingen godkänd nivå {_nar(u)}."]
    hande += [_bedomning_i_ord(ett) for ett in bedomningar] or ["Personen har aldrig bedömts för insatsen."]
    if nivaer := sorted({pris.niva for pris in _listans_priser(u) if pris.niva}):
        hande.append(f"Prislistan har pris för {och([niva_i_ord(n) for n in nivaer])}.")
    gor = [
        "Finns en inskickad bedömning: be den som godkänner nivåer att ta ställning till den.",
        "Saknas bedömning: be handläggaren göra en. Den får gälla bakåt, om avtalet inte säger något annat.",
    ]
    kedja = [Grund("Nivåbedömning", _kort(ett), "", mal.niva(ett.pk), ("R3",)) for ett in bedomningar]
    return Svar(hande, [_betalas_inte(u)], gor, [*kedja, *_listgrund(u)])


def _kort(ett: Nivabedomning) -> str:
    return f"{niva_i_ord(ett.niva)} från {datum_i_ord(ett.fran)}, {ett.get_status_display()}"


def _bedomning_i_ord(ett: Nivabedomning) -> str:
    if ett.status == Bedomningsstatus.GODKAND and ett.godkand:
        return f"{_stor(ett)} är godkänd {datum_i_ord(ett.godkand)} och gäller från {datum_i_ord(ett.fran)}."
    if ett.status == Bedomningsstatus.INSKICKAD:
        return f"{_stor(ett)} från {datum_i_ord(ett.fran)} är inskickad men inte godkänd."
    return f"{_stor(ett)} från {datum_i_ord(ett.fran)} är avvisad."


def _stor(ett: Nivabedomning) -> str:
    return f"En bedömning till {niva_i_ord(ett.niva)}"


def pris_saknas(u: Avvikelseunderlag) -> Svar:
    """R4: no cell of the list fits the day's values."""
    avtal, sokt = u.avtal, _sokt(u)
    hande = [f"Prislistan {avtal.prislista.namn if avtal else ''} saknar ett pris som passar {_nar(u)}."]
    if sokt and avtal:
        hande.append(f"Det som söktes: {_i_ord(sokt, avtal)}.")
    priser = _listans_priser(u)
    if priser:
        hande.append(f"Prislistan har {och([prisrad_i_ord(pris) for pris in priser[:MEST]])}.")
    elif avtal:
        hande.append("Prislistan har inget pris alls för insatsen och enheten den dagen.")
    gor = [
        "Saknas priset i prislistan: lägg till det där, under Nya priser, eller be avtalssamordnaren göra det.",
        "Är nivån, omfattningen eller tidsbandet fel skrivet: rätta koden så att den stämmer med prislistan.",
    ]
    return Svar(hande, [_betalas_inte(u)], gor, _listgrund(u))


def _nar(u: Avvikelseunderlag) -> str:
    dagar = dagar_i_ord(u.avvikelse.fran, u.sista)
    return f"för besöket {u.avvikelse.besok_nyckel} {dagar}" if u.avvikelse.besok_nyckel else dagar


def _betalas_inte(u: Avvikelseunderlag) -> str:
    if u.avvikelse.besok_nyckel:
        return "De minuter av besöket som saknar pris ersätts inte förrän det är rättat."
    return "Dagarna ersätts inte förrän det är rättat."


def _i_ord(sokt: Sokt, avtal: Avtal) -> str:
    niva = niva_i_ord(sokt.niva) if sokt.niva else "ingen nivå"
    omfattning = [f"omfattning {sokt.omfattning}"] if sokt.omfattning else []
    band = [f"tidsbandet {och(sokt.tidsband)}"] if any(sokt.tidsband) else []
    return ", ".join([f"pris per {enhet_i_ord(sokt.enhet, 1)}", Insats(avtal.insats).label, niva, *omfattning, *band])


def _listans_priser(u: Avvikelseunderlag) -> list[Pris]:
    avtal = u.avtal
    if avtal is None:
        return []
    urval = Pris.objects.filter(
        prislista=avtal.prislista_id,
        insats=avtal.insats,
        enhet=_ENHET[Modell(avtal.modell)],
        period__contains=u.avvikelse.fran,
    )
    return list(urval.order_by("niva", "omfattning", "tidsband"))


def _listgrund(u: Avvikelseunderlag) -> list[Grund]:
    avtal = u.avtal
    if avtal is None:
        return []
    return [
        Grund("Avtal", avtalstext(avtal), f"Modell {avtal.get_modell_display()}.", mal.avtal(avtal.pk), ("R2",)),
        Grund("Prislista", avtal.prislista.namn, "", mal.prislista(avtal.prislista_id), ("R4",)),
    ]


def _sokt(u: Avvikelseunderlag) -> Sokt | None:
    """The day's own values, from the core's reading of today's underlag."""
    fakta, dag = u.manadsfakta, u.avvikelse.fran
    verk = fakta.verkstallighet(u.avvikelse.verkstallighet_nyckel)
    if verk is None:
        return None
    bit = fakta.bok.kalender.bit(dag)
    stracka = next((ett for ett in fakta.strackor(verk) if ett.dagar & bit), None)
    if stracka is None:
        return None
    modell = Modell(stracka.avtal.modell)
    return Sokt(stracka.niva, _omfattning(verk, stracka, bit, modell), tuple(_band(u, verk, stracka)), _ENHET[modell])


def _omfattning(verk: typer.Verkstallighet, stracka: Stracka, bit: int, modell: Modell) -> str:
    if modell in {Modell.UTFORD_TID, Modell.BESTALLD_TID}:
        return ""
    if modell == Modell.NARVARO:
        grupp = next((ett for ett in verk.narvaro if ett.dagar & bit), None)
        return dagens_omfattning(grupp, stracka.avtal, verk.omfattning) if grupp else verk.omfattning
    return verk.omfattning


def _band(u: Avvikelseunderlag, verk: typer.Verkstallighet, stracka: Stracka) -> Iterator[str]:
    """The bands that the visit meets and that no cell of the list fits."""
    besok = next((ett for ett in verk.besok if ett.nyckel == u.avvikelse.besok_nyckel), None)
    if besok is None:
        return
    start, slut = besok.utford_start or besok.planerad_start, besok.utford_slut or besok.planerad_slut
    if start is None or slut is None:
        return
    bok, avtal = u.manadsfakta.bok, stracka.avtal
    bit = bok.kalender.bit(u.avvikelse.fran)
    for band, _ in bok.band.dela(avtal.prislista_id, start, slut):
        if bok.priser.dagar(avtal.prislista_id, avtal.insats, "timme", stracka.niva, "", band).pris_saknas & bit:
            yield tidsband_i_ord(band) or "inget tidsband"
