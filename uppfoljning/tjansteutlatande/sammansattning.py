"""Puts the document together: which parts there are, and what stands in each. Pure."""

from collections.abc import Iterator

from uppfoljning.tjansteutlatande import figur, meningar, tabeller
from uppfoljning.tjansteutlatande.innehall import Avsnitt, Figur, Huvud, Tabell, Utlatande
from uppfoljning.tjansteutlatande.siffror import Siffror
from uppfoljning.tjansteutlatande.tabeller import Numrering


def satt_samman(siffror: Siffror, huvud: Huvud) -> Utlatande:
    """The document about `siffror`."""
    nr = Numrering()
    arendet = tuple(_arendet(siffror, nr))
    return Utlatande(
        manad=siffror.manad,
        titel=meningar.titel(siffror),
        huvud=huvud,
        preliminart=meningar.preliminart(siffror),
        forslag=tuple(meningar.forslag(siffror, huvud)),
        sammanfattning=tuple(meningar.sammanfattning(siffror)),
        arendet=arendet,
        ekonomi=_ekonomi(siffror, nr),
        barn=tuple(meningar.barn(siffror)),
        beslutsunderlag=(
            f"Tjänsteutlåtande {huvud.datum}, {huvud.diarienummer}",
            *meningar.korningar(siffror),
        ),
        skickas_till=huvud.skickas_till,
    )


def _arendet(siffror: Siffror, nr: Numrering) -> Iterator[Avsnitt]:
    yield Avsnitt("Bakgrund", tuple(meningar.bakgrund(siffror)))
    if siffror.dold:
        return
    if not siffror.insatser:
        yield Avsnitt("Volymer och kostnad", ("Körningen innehåller ingen ersättning för månaden.",))
    else:
        yield from _manaden(siffror, nr)
    yield _tillagg(siffror, nr)
    efter_slag = any(rad.kod for rad in siffror.avvikelser or ())
    har_avvikelser = (tabeller.avvikelser(siffror, nr),) if efter_slag else ()
    yield Avsnitt("Avvikelser", tuple(meningar.avvikelser(siffror)), har_avvikelser)


def _manaden(siffror: Siffror, nr: Numrering) -> Iterator[Avsnitt]:
    volymer = [tabeller.personer(siffror, nr)] if siffror.egna else []
    volymer += [tabeller.volymer(siffror, nr)] if siffror.volymer else []
    yield Avsnitt("Volymer", tuple(meningar.volymer(siffror)), tuple(volymer))
    yield Avsnitt(
        "Kostnad per insats", tuple(meningar.kostnad(siffror)), (tabeller.kostnad(siffror, nr),), _figur(siffror)
    )
    flera_regier = (tabeller.regi(siffror, nr),) if len(siffror.regier) > 1 else ()
    yield Avsnitt("Kostnad per regi", tuple(meningar.regi(siffror)), flera_regier)
    jamfort = (tabeller.forandring(siffror, nr),) if len(siffror.manader) > 1 else ()
    yield Avsnitt("Förändring", tuple(meningar.forandring(siffror)), jamfort)


def _tillagg(siffror: Siffror, nr: Numrering) -> Avsnitt:
    flera = (tabeller.tillagg(siffror.tillagg, nr),) if siffror.tillagg and len(siffror.tillagg) > 1 else ()
    justerat = any(rad.justeringar for rad in siffror.tillagg or ())
    rubrik = "Rättelser, arbetsbonus och justeringar" if justerat else "Rättelser och arbetsbonus"
    return Avsnitt(rubrik, tuple(meningar.tillagg(siffror)), flera)


def _figur(siffror: Siffror) -> Figur:
    """Bars for the month and the first that it is compared with."""
    manader = [tabeller.manadskolumn(manad).lower() for manad in siffror.manader[:2]]
    rader = [(rad.namn, rad.kronor[:2]) for rad in siffror.insatser]
    return Figur(
        1,
        f"Kostnad per insats i {' och '.join(manader)}, miljoner kronor",
        "bild:kostnad-per-insats.svg",
        figur.staplar(rader, manader),
        figur.i_ord(rader, manader),
    )


def _ekonomi(siffror: Siffror, nr: Numrering) -> Avsnitt:
    forsta, *sedan = meningar.ekonomi(siffror)
    visas = siffror.totalt is not None and siffror.insatser and siffror.tillagg
    return Avsnitt(
        "Ekonomiska konsekvenser",
        (forsta,),
        (tabeller.korningen(siffror, nr),) if visas else (),
        efter=tuple(sedan),
    )


def tabeller_att_visa(siffror: Siffror) -> tuple[Tabell, ...]:
    """The document's tables, for those who are about to make it."""
    nr = Numrering()
    avsnitt = (*_arendet(siffror, nr), _ekonomi(siffror, nr))
    return tuple(tabell for ett in avsnitt for tabell in ett.tabeller)
