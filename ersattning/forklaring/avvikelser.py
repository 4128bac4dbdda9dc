"""From a stored avvikelse to its explanation: what has happened, what it does to the money, and what to do about it."""

from ersattning.filer.ord import personvisning
from ersattning.forklaring import avvikelser_besok, avvikelser_bonus, avvikelser_dagar, avvikelser_pris, mal
from ersattning.forklaring.avvikelsefakta import Avvikelseunderlag, las_avvikelse, las_avvikelseunderlag
from ersattning.forklaring.avvikelsesvar import Svar
from ersattning.forklaring.kedja import beslutstext
from ersattning.forklaring.nulage import las_nulage
from ersattning.forklaring.ord import galler
from ersattning.forklaring.syskon import syskonrad
from ersattning.forklaring.typer import Avvikelseforklaring, Dagruta, Grund, Observation
from ersattning.kalkyl.dagar import Kalender, nummer
from ersattning.models import Avvikelse
from ersattning.regler import Avvikelsekod
from grund.tid import Manad

BETALAS = {Avvikelsekod.OVERLAPPANDE_BESOK, Avvikelsekod.BESOK_VID_FRANVARO, Avvikelsekod.DUBBEL_VERKSTALLIGHET}
REGEL = {
    Avvikelsekod.VERKSTALLD_UTAN_BESLUT: "R1",
    Avvikelsekod.VERKSTALLD_EFTER_DODSFALL: "R1",
    Avvikelsekod.AVTAL_SAKNAS: "R2",
    Avvikelsekod.OMFATTNING_SAKNAS: "R23",
    Avvikelsekod.DUBBEL_VERKSTALLIGHET: "R31",
    Avvikelsekod.NIVA_SAKNAS: "R3",
    Avvikelsekod.PRIS_SAKNAS: "R4",
    Avvikelsekod.BESOK_UTAN_TID: "R20",
    Avvikelsekod.OVER_BESTALLD_TID: "R21",
    Avvikelsekod.OVERLAPPANDE_BESOK: "R31",
    Avvikelsekod.BESOK_VID_FRANVARO: "R31",
    Avvikelsekod.BONUS_ARSTAK: "R50",
}
_SVAR = {
    Avvikelsekod.VERKSTALLD_UTAN_BESLUT: avvikelser_dagar.utan_beslut,
    Avvikelsekod.VERKSTALLD_EFTER_DODSFALL: avvikelser_dagar.efter_dodsfall,
    Avvikelsekod.AVTAL_SAKNAS: avvikelser_dagar.avtal_saknas,
    Avvikelsekod.OMFATTNING_SAKNAS: avvikelser_dagar.omfattning_saknas,
    Avvikelsekod.DUBBEL_VERKSTALLIGHET: avvikelser_dagar.dubbel_verkstallighet,
    Avvikelsekod.NIVA_SAKNAS: avvikelser_pris.niva_saknas,
    Avvikelsekod.PRIS_SAKNAS: avvikelser_pris.pris_saknas,
    Avvikelsekod.BESOK_UTAN_TID: avvikelser_besok.besok_utan_tid,
    Avvikelsekod.OVER_BESTALLD_TID: avvikelser_besok.over_bestalld_tid,
    Avvikelsekod.OVERLAPPANDE_BESOK: avvikelser_besok.overlappande_besok,
    Avvikelsekod.BESOK_VID_FRANVARO: avvikelser_besok.besok_vid_franvaro,
    Avvikelsekod.BONUS_ARSTAK: avvikelser_bonus.bonus_arstak,
}


def forklara_avvikelse(pk: int) -> Avvikelseforklaring | None:
    """Why the avvikelse is there; None when there is no such."""
    avvikelse = las_avvikelse(pk)
    if avvikelse is None:
        return None
    u = las_avvikelseunderlag(avvikelse)
    return _forklaring(u, _SVAR[Avvikelsekod(avvikelse.kod)](u))


def _forklaring(u: Avvikelseunderlag, svar: Svar) -> Avvikelseforklaring:
    a, person = u.avvikelse, u.avvikelse.person
    return Avvikelseforklaring(
        kod=a.kod,
        rubrik=Avvikelsekod(a.kod).label,
        regel=REGEL[Avvikelsekod(a.kod)],
        verkstallighet=a.verkstallighet_nyckel,
        person=personvisning(person.fornamn, person.efternamn, person.personnummer, skyddad=person.skyddad),
        utforare=a.utforare.namn,
        utforarenhet=u.verk.enhet.namn if u.verk else "",
        insats=u.insats,
        fran=a.fran,
        sista=u.sista,
        manad=u.manad,
        korning=Manad.av(a.korning.manad),
        besok=a.besok_nyckel,
        betalas=a.kod in BETALAS,
        hande=tuple(svar.hande),
        pengar=tuple(svar.pengar),
        gor=(*svar.gor, _sedan(a)),
        kedja=(*_grunder(u), *svar.kedja),
        dagar=_remsa(u),
        besokstider=tuple(svar.besok),
        observationer=_observationer(u),
        rader=tuple(syskonrad(rad, None) for rad in u.rader),
    )


def _sedan(a: Avvikelse) -> str:
    """What becomes of it when the underlag has been put right."""
    if a.kod == Avvikelsekod.BONUS_ARSTAK:
        return "Är månaden inte fastställd: kör den igen när regeln är rättad."
    if a.korning.ar_fast:
        return "Månaden är fastställd. Det som rättas i underlaget blir en rättelse i nästa körning."
    return "Kör månaden igen när underlaget är rättat. Då försvinner avvikelsen."


def _grunder(u: Avvikelseunderlag) -> list[Grund]:
    a, svar = u.avvikelse, []
    if u.verk:
        till = mal.verkstallighet(u.verk.pk) if u.verk_finns else None
        text = f"{u.verk.enhet.namn} {galler(u.verk.fran, u.verk.till)}"
        svar.append(Grund("Verkställighet", text, f"{a.verkstallighet_nyckel} hos {a.utforare.namn}.", till, ()))
    if u.beslut:
        svar.append(Grund("Beslut", beslutstext(u.beslut), "", mal.beslut(u.beslut.pk), ("R1",)))
    return svar


def _remsa(u: Avvikelseunderlag) -> tuple[Dagruta, ...]:
    """The month: the avvikelse's days, and what is paid."""
    kalender = Kalender.for_manad(u.manad)
    egna, betalda = kalender.mask(u.avvikelse.fran, u.avvikelse.till), 0
    for rad in u.rader:
        for del_ in rad.grund:
            betalda |= del_["dagar"]
    return tuple(_ruta(kalender, n, egna, betalda) for n in nummer(kalender.alla))


def _ruta(kalender: Kalender, n: int, egna: int, betalda: int) -> Dagruta:
    betald = bool(betalda >> n & 1)
    if egna >> n & 1:
        return Dagruta(kalender.dag(n), "har", "!", f"avvikelsen, {'ersätts' if betald else 'ersätts inte'}")
    return Dagruta(kalender.dag(n), "full" if betald else "", "", "ersätts" if betald else "ger ingen ersättning")


def _observationer(u: Avvikelseunderlag) -> tuple[Observation, ...]:
    """Whether it still stands, by the core, when something has changed since."""
    svar = []
    if not u.verk_finns:
        svar.append(Observation("varning", "Verkställigheten är borttagen efter körningen."))
    if u.avvikelse.besok_nyckel and u.besok is None:
        svar.append(Observation("varning", "Besöket är borttaget efter körningen."))
    if u.andringar.alla and u.avvikelse.kod != Avvikelsekod.BONUS_ARSTAK:
        kvar = las_nulage(u.manadsfakta).har_avvikelsen(u.avvikelse)
        if not kvar:
            text = "Underlaget har ändrats efter körningen. Med dagens underlag finns avvikelsen inte kvar."
            svar.append(Observation("klart", text))
    return tuple(svar)
