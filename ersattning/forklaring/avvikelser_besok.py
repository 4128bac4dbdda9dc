"""Avvikelser about a visit: rounded to nothing, over the cap, at the same time as another, or during absence."""

from beslut.ord import mangd_i_ord
from ersattning.forklaring import mal
from ersattning.forklaring.avvikelsefakta import Avvikelseunderlag
from ersattning.forklaring.avvikelser_dagar import avtalsgrund
from ersattning.forklaring.avvikelsesvar import BETALAS, Svar
from ersattning.forklaring.besok import EN_MINUT, besokets_tider
from ersattning.forklaring.kedja import bestallning
from ersattning.forklaring.lasning import avtal_pa_dag, gradera
from ersattning.forklaring.ord import minuter_i_ord, nar, nar_till, narmaste, tider
from ersattning.forklaring.typer import Besokstid, Grund
from ersattning.kalkyl.utford_tid import avrundade_minuter
from ersattning.regler import Artikel
from grund.text import dagar_i_ord, procent
from utforare.models import Besok, Narvaro
from utforare.regler import Modell

BORTA = "Besöket finns inte kvar i underlaget."


def besok_utan_tid(u: Avvikelseunderlag) -> Svar:
    """R20 (1): rounded to 0 minutes."""
    steg = u.avtal.avrundning_minuter if u.avtal else None
    hande = [_besoket(u)]
    if u.besok and steg:
        hande.append(f"Avtalet avrundar varje besök till {narmaste(steg)}, så det blev 0 minuter.")
    gor = [
        "Kontrollera tiderna med utföraren. Är de fel: rätta dem i källsystemet och läs in besöket igen.",
        "Är de rätta behöver inget göras.",
    ]
    return Svar(hande, ["Besöket ersätts inte."], gor, [*_besoksgrund(u), *avtalsgrund(u, "R20")], _tid(u, 0))


def over_bestalld_tid(u: Avvikelseunderlag) -> Svar:
    """R21: cut by the cap."""
    kapat, betalt = int(u.avvikelse.varde), _betalt_i_manaden(u)
    hande = [_besoket(u), f"{minuter_i_ord(kapat)} av det ligger över taket."]
    if u.avtal and u.avtal.tak_andel_av_bestallt is not None:
        andel = procent(u.avtal.tak_andel_av_bestallt)
        hande.append(f"Taket är {andel} av månadens beställda tid. Det nåddes när {minuter_i_ord(betalt)} var betalda.")
    hande.append(_bestallt(u))
    gor = [
        "Är besökets tider fel: be utföraren rätta dem.",
        "Räcker tiden sällan: ta upp beställningen med handläggaren. En ändrad beställning ändrar taket.",
    ]
    pengar = [f"{minuter_i_ord(kapat)} ersätts inte. Resten av besöket ersätts."]
    egna = sum(m for rad in u.rader for d in gradera(rad.grund) for n, m in d.besok if n == u.avvikelse.besok_nyckel)
    if not egna:
        pengar = [f"Hela besöket, {minuter_i_ord(kapat)}, ligger över taket och ersätts inte."]
    return Svar(hande, pengar, gor, [*_besoksgrund(u), *avtalsgrund(u, "R21")], _tid(u, egna, kapat))


def _betalt_i_manaden(u: Avvikelseunderlag) -> int:
    rader = [rad for rad in u.rader if rad.artikel == Artikel.UTFORD_TID]
    return sum(minuter for rad in rader for del_ in gradera(rad.grund) for _, minuter in del_.besok)


def _bestallt(u: Avvikelseunderlag) -> str:
    if u.verk and u.verk.bestallt_antal is not None:
        return f"Beställt är {bestallning(u.verk)}."
    if u.beslut and u.beslut.omfattning is not None:
        return f"Beställt är {mangd_i_ord(u.beslut.omfattning, u.beslut.omfattning_enhet)}, enligt beslutet."
    return "Det beställda går inte längre att läsa."


def overlappande_besok(u: Avvikelseunderlag) -> Svar:
    """R31: two visits of one person at the same time."""
    andra = _samtidiga(u)
    hande = [_besoket(u)]
    kedja = _besoksgrund(u)
    for ett in andra:
        vem, (start, slut) = ett.verkstallighet.enhet, besokets_tider(ett)
        hande.append(f"Samtidigt pågick besöket {ett.nyckel} hos {vem.utforare.namn}: {nar_till(start, slut)}.")
        till = mal.utfort(ett.verkstallighet_id, u.manad)
        kedja.append(Grund("Det andra", f"{ett.nyckel}, {vem.namn}", f"{nar(start)}.", till, ("R31",)))
    if not andra:
        hande.append("Det andra besöket finns inte kvar i dagens underlag.")
    gor = [
        "Fråga utförarna vilka tider som stämmer. Var två med samtidigt med flit kan båda vara rätt.",
        "Är det ena fel: be den utföraren rätta det eller ta tillbaka det.",
    ]
    return Svar(hande, [BETALAS], gor, kedja)


def _samtidiga(u: Avvikelseunderlag) -> list[Besok]:
    if u.besok is None or u.besok.utford_start is None:
        return []
    urval = Besok.objects.filter(
        verkstallighet__beslut__person=u.avvikelse.person_id,
        utford_start__lt=u.besok.utford_slut,
        utford_slut__gt=u.besok.utford_start,
    ).exclude(nyckel=u.avvikelse.besok_nyckel)
    return list(urval.select_related("verkstallighet__enhet__utforare").order_by("utford_start", "nyckel"))


def besok_vid_franvaro(u: Avvikelseunderlag) -> Svar:
    """R31: a visit on a day when the person is registered as absent from home."""
    dag = u.avvikelse.fran
    hande, kedja = [_besoket(u)], _besoksgrund(u)
    for ett in _franvaro(u):
        enhet = ett.verkstallighet.enhet
        hande.append(f"Samma dag är personen registrerad som frånvarande från {enhet.namn}, {enhet.utforare.namn}.")
        text = f"{enhet.namn} {dagar_i_ord(dag, dag)}"
        kedja.append(Grund("Frånvaro", text, "", mal.utfort(ett.verkstallighet_id, u.manad), ("R31",)))
    gor = [
        "Fråga boendet och utföraren vilken registrering som är fel. Ledsagning till sjukhuset kan vara rätt.",
        "Är frånvaron fel: be boendet rätta närvaron. Är besöket fel: be utföraren ta tillbaka det.",
    ]
    return Svar(hande, [BETALAS], gor, kedja)


def _franvaro(u: Avvikelseunderlag) -> list[Narvaro]:
    """Absence that day where the person lives (modell dygn)."""
    urval = Narvaro.objects.filter(
        verkstallighet__beslut__person=u.avvikelse.person_id, datum=u.avvikelse.fran, kod="F"
    ).select_related("verkstallighet__enhet__utforare", "verkstallighet__beslut")
    return [ett for ett in urval if _ar_boende(ett)]


def _ar_boende(ett: Narvaro) -> bool:
    verk = ett.verkstallighet
    avtal = avtal_pa_dag(verk.enhet.utforare_id, verk.beslut.insats, verk.beslut.person_id, ett.datum)
    return avtal is not None and avtal.modell == Modell.DYGN


def _besoket(u: Avvikelseunderlag) -> str:
    if u.besok is None:
        return f"Det gäller besöket {u.avvikelse.besok_nyckel}. {BORTA}"
    start, slut = besokets_tider(u.besok)
    langd = minuter_i_ord((slut - start) // EN_MINUT)
    return f"Besöket {u.besok.nyckel} utfördes {nar_till(start, slut)}, {langd}."


def _besoksgrund(u: Avvikelseunderlag) -> list[Grund]:
    if u.besok is None:
        return []
    start, slut = besokets_tider(u.besok)
    till = mal.utfort(u.avvikelse.verkstallighet_id, u.manad) if u.verk_finns else None
    return [Grund("Besök", f"{u.besok.nyckel}, {nar(start)}", tider(start, slut), till, ("R20",))]


def _tid(u: Avvikelseunderlag, betalt: int, over_tak: int = 0) -> list[Besokstid]:
    if u.besok is None:
        return []
    start, slut = besokets_tider(u.besok)
    minuter, steg = (slut - start) // EN_MINUT, u.avtal.avrundning_minuter if u.avtal else None
    avrundat = avrundade_minuter(minuter, steg)
    utan_pris = avrundat - betalt - over_tak
    return [Besokstid(u.besok.nyckel, start, slut, minuter, steg, avrundat, betalt, (), over_tak, utan_pris)]
