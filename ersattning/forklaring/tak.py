"""R21, R22: how the cap over a month's visits came about, by the core, from the facts as the calculation saw them."""

from fractions import Fraction

from ersattning.forklaring import mal
from ersattning.forklaring.delar import bestallt
from ersattning.forklaring.karnan import bok_av, person_av
from ersattning.forklaring.lasning import Radunderlag, gradera
from ersattning.forklaring.typer import Bestallt, Mal, Tak, Takdel
from ersattning.kalkyl import utford_tid
from ersattning.kalkyl.person import betalda_strackor
from ersattning.kalkyl.samling import Samling, Stracka
from ersattning.regler import Artikel, Avvikelsekod
from utforare.regler import Modell

_ANDEL = {Artikel.UTFORD_TID: "tak_andel_av_bestallt", Artikel.BOMTID: "bomtid_tak_andel"}


def har_tak(u: Radunderlag) -> bool:
    """Whether any of the row's visits is paid under a cap."""
    falt = _ANDEL.get(Artikel(u.rad.artikel))
    avtal = (u.kring.avtal.get(del_.avtal_id) for del_ in u.delar)
    return falt is not None and any(ett and getattr(ett, falt) is not None for ett in avtal)


def tid_ar_bestalld(u: Radunderlag) -> bool:
    """Whether there are ordered minutes for a cap to be a share of; else there is no cap. True when it is not known."""
    return u.kring.verk is None or bestallt(u) is not None


def tak(u: Radunderlag) -> Tak | None:
    """The cap of the row's article; None when there is none, or when the facts no longer give the one that was used."""
    ordnat = bestallt(u) if har_tak(u) else None
    if ordnat is None or u.kring.verk is None:
        return None
    falt, bok, person = _ANDEL[Artikel(u.rad.artikel)], bok_av(u), person_av(u, u.kring.verk)
    samling = Samling(u.kring.kalender, person.verkstalligheter[0])
    strackor = [s for s in betalda_strackor(person, samling, bok) if s.avtal.modell == Modell.UTFORD_TID]
    med_tak = [(s, andel) for s in strackor if (andel := getattr(s.avtal, falt)) is not None]
    minuter = utford_tid.tak(((s.dagar, andel) for s, andel in med_tak), bok, samling)
    if minuter is None:
        return None
    delar = tuple(sorted((_del(u, s, andel, ordnat) for s, andel in med_tak), key=lambda ett: ett.dagar))
    svar = Tak(ordnat, _bestallt_mal(u), delar, minuter, _betalt(u, {s.avtal.id for s, _ in med_tak}))
    return svar if _stammer(u, strackor, svar) else None


def _stammer(u: Radunderlag, strackor: list[Stracka], svar: Tak) -> bool:
    """Whether the facts are those of the calculation: the row's avtal, and a cap that was reached where it cut."""
    if any(not any(s.avtal.id == d.avtal_id and s.dagar & d.dagar == d.dagar for s in strackor) for d in u.delar):
        return False
    kapat = any(ett.kod == Avvikelsekod.OVER_BESTALLD_TID for ett in u.avvikelser)
    if kapat and u.rad.artikel == Artikel.UTFORD_TID:
        return svar.betalt == svar.minuter
    return svar.betalt <= svar.minuter


def _del(u: Radunderlag, stracka: Stracka, andel: Fraction, ordnat: Bestallt) -> Takdel:
    dagar = u.kring.dagar(stracka.dagar)
    minuter = len(dagar) * ordnat.minuter_per_dag * andel
    return Takdel(dagar, andel, minuter, u.kring.avtal[stracka.avtal.id].nyckel, mal.avtal(stracka.avtal.id))


def _betalt(u: Radunderlag, avtal_ider: set[int]) -> int:
    """The minutes of the month that the cap counts."""
    delar = [del_ for rad in u.rader if rad.artikel == u.rad.artikel for del_ in gradera(rad.grund)]
    return int(sum(del_.mangd for del_ in delar if del_.avtal_id in avtal_ider))


def _bestallt_mal(u: Radunderlag) -> Mal | None:
    verk = u.kring.verk
    if verk is not None and verk.bestallt_antal is not None:
        return mal.verkstallighet(verk.pk) if u.kring.verk_finns else None
    return mal.beslut(u.kring.beslut.pk)
