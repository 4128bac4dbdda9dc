"""From a stored row to its explanation."""

from ersattning.filer.ord import personvisning
from ersattning.forklaring.besok import ar_besoksrad, besokstider
from ersattning.forklaring.bonus import forklara_aterkrav, forklara_bonus
from ersattning.forklaring.delar import bestallt, delar, franvarodagar, narvarodagar, remsa
from ersattning.forklaring.ekvation import ekvation, exakt_antal
from ersattning.forklaring.historia import historia, lage
from ersattning.forklaring.kedja import kedja
from ersattning.forklaring.lasning import Radunderlag, las_rad, las_underlag
from ersattning.forklaring.meningar import Innehall, meningar
from ersattning.forklaring.observationer import observationer
from ersattning.forklaring.priser import provade_priser
from ersattning.forklaring.rattelse import rattelsemeningar
from ersattning.forklaring.syskon import rattelsepar, syskon
from ersattning.forklaring.tak import tak
from ersattning.forklaring.typer import Forklaring, Radfakta
from ersattning.models import Ersattningsrad
from ersattning.regler import Artikel, Radtyp
from grund.tid import EN_DAG, Manad


def forklara(pk: int) -> Forklaring | None:
    """Why the row pays what it pays; None when there is no such row."""
    rad = las_rad(pk)
    if rad is None:
        return None
    fakta = radfakta(rad)
    if rad.typ == Radtyp.BONUS:
        return forklara_bonus(rad, fakta)
    if rad.artikel == Artikel.ARBETSBONUS:
        return forklara_aterkrav(rad, fakta)
    return _forklara(las_underlag(rad), fakta)


def _forklara(u: Radunderlag, fakta: Radfakta) -> Forklaring:
    artikel = u.rad.artikel
    franvaro = franvarodagar(u)
    narvaro = narvarodagar(u) if artikel == Artikel.NARVARO else ()
    besok = besokstider(u) if ar_besoksrad(artikel) else ()
    ordnat = bestallt(u) if artikel == Artikel.BESTALLD_TID else None
    taket = tak(u)
    innehall = Innehall(u, franvaro=franvaro, narvaro=narvaro, besok=besok, bestallt=ordnat, tak=taket)
    par = rattelsepar(u)
    return Forklaring(
        rad=fakta,
        led=ekvation(u, franvaro),
        meningar=meningar(innehall),
        inledning=tuple(rattelsemeningar(u, par)),
        delar=delar(u),
        dagar=remsa(u),
        franvaro=franvaro,
        narvaro=narvaro,
        besok=besok,
        bestallt=ordnat,
        tak=taket,
        kedja=kedja(u, franvaro),
        priser=provade_priser(u),
        syskon=syskon(u),
        rattelse=par,
        historia=historia(u),
        observationer=observationer(u),
    )


def radfakta(rad: Ersattningsrad) -> Radfakta:
    """The row itself."""
    person = rad.person
    return Radfakta(
        id=rad.pk,
        typ=rad.typ,
        artikel=rad.artikel,
        insats=rad.insats,
        niva=rad.niva,
        omfattning=rad.omfattning,
        tidsband=rad.tidsband,
        fran=rad.fran,
        sista=rad.till - EN_DAG,
        avser=Manad.av(rad.avser_manad),
        antal=exakt_antal(rad),
        enhet=rad.enhet_for_antal,
        a_pris=rad.a_pris,
        faktor=rad.faktor,
        belopp=rad.belopp,
        korning=Manad.av(rad.korning.manad),
        lage=lage(rad.korning),
        fast=rad.korning.ar_fast,
        verkstallighet=rad.verkstallighet_nyckel,
        person=personvisning(person.fornamn, person.efternamn, person.personnummer, skyddad=person.skyddad),
        utforare=rad.utforare.namn,
        utforare_id=rad.utforare_id,
        utforarenhet=rad.enhet.namn,
    )
