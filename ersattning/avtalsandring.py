"""Changes of avtal, by the import's own rules: a new one, a new version that follows another, and an end.

Terms that a settled month has been paid by are not changed: a new version takes over from a day instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning import bruk
from ersattning.models import Individavtalsmotiv, Pris
from ersattning.prisandring import om_rattelser
from ersattning.regler import Prisenhet
from grund.behorighet import Ratt, hinder_for_ratt
from grund.datapaket.registrering import EjRegistrerad, Registreringsfel, Spar, lagrad_rad, registrera
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord, giltig_i_ord
from grund.tid import EN_DAG, Manad
from utforare.models import Avtal, Prislista, Utforare
from utforare.nycklar import ny_nyckel
from utforare.regler import Avtalsform, Modell

UTAN_MOTIV = "Skriv varför personen behöver ett eget avtal."
UTAN_SLUT = "Ett individavtal har en slutdag, så att det prövas på nytt."
_LAS = 4712  # with the utförare's key: who changes its avtal waits for who is changing them
PRISENHET = {
    Modell.DYGN: Prisenhet.DYGN,
    Modell.NARVARO: Prisenhet.DAG,
    Modell.MANAD: Prisenhet.MANAD,
    Modell.UTFORD_TID: Prisenhet.TIMME,
    Modell.BESTALLD_TID: Prisenhet.TIMME,
}
# The terms that each modell uses (R10–R23, R30); others have no effect.
_ANVANDER = {
    Modell.DYGN: {"franvaro", "avslut_dagar", "avslut_orsaker"},
    Modell.NARVARO: {"franvaro", "omfattning_granser"},
    Modell.MANAD: {"avslut_dagar", "avslut_orsaker"},
    Modell.UTFORD_TID: {
        "bomtid_varsel_timmar",
        "bomtid_andel",
        "bomtid_tak_andel",
        "tak_andel_av_bestallt",
        "avrundning_minuter",
    },
    Modell.BESTALLD_TID: set(),
}
_VILLKOR = {
    "franvaro": "frånvarotrappa",
    "omfattning_granser": "gränser för omfattning",
    "avslut_dagar": "dagar efter avslut",
    "avslut_orsaker": "slutorsaker",
    "bomtid_varsel_timmar": "varsel för bomtid",
    "bomtid_andel": "bomtid",
    "bomtid_tak_andel": "tak för bomtid",
    "tak_andel_av_bestallt": "tak för utförd tid",
    "avrundning_minuter": "avrundning",
}
Rad = Mapping[str, str]  # a row of avtal.csv, without its key and its utförare


@dataclass(frozen=True)
class Forslag:
    """An avtal that somebody wants to register: its terms as a row, its days, and the one that it follows, if any.

    `motiv`: why a person has an avtal of their own.
    """

    utforare: Utforare
    rad: Rad
    fran: date
    sista: date | None
    foljer: Avtal | None = None
    motiv: str = ""

    @property
    def ar_individavtal(self) -> bool:
        """It is for one person."""
        return self.rad["avtalsform"] == Avtalsform.INDIVIDAVTAL

    @property
    def rattar(self) -> bool:
        """From the same day as the one before: that one gets other terms."""
        return self.foljer is not None and self.foljer.fran == self.fran


def hinder_for_avtal(forslag: Forslag, av: Anvandare) -> list[str]:
    """Why it may not be registered."""
    hinder = [*hinder_for_ratt(av.roller, Ratt.SKOTA_AVTAL), *_individavtalets(forslag)]
    foljer = forslag.foljer
    if foljer is None:
        return hinder
    if forslag.fran < foljer.fran:
        return [*hinder, f"Den nya versionen kan börja tidigast {datum_i_ord(foljer.fran)}, som det gamla avtalet."]
    if foljer.till and forslag.fran > foljer.till:
        slut = datum_i_ord(foljer.till - EN_DAG)
        return [*hinder, f"Avtalet har redan slutat, {slut}. Lägg upp ett nytt avtal på utförarens sida i stället."]
    if forslag.rattar and (manader := bruk.avtalets_manader(foljer)):
        i, en = bruk.manader_i_ord(manader), len(manader) == 1
        fast = "som är fastställd" if en else "som är fastställda"
        hinder.append(f"Avtalet har betalat {i}, {fast}, och ändras inte. Låt den nya versionen börja en senare dag.")
    return hinder


def _individavtalets(forslag: Forslag) -> list[str]:
    """An avtal above the list is for a reason, and for a time: then it is tried again."""
    if not forslag.ar_individavtal:
        return []
    hinder = [] if forslag.motiv.strip() else [UTAN_MOTIV]
    return hinder if forslag.sista else [*hinder, UTAN_SLUT]


def varningar(forslag: Forslag) -> list[str]:
    """What is allowed and may still be a mistake, as sentences; to be confirmed."""
    svar = [*_utan_pris(forslag), *_glapp(forslag), *_utan_verkan(forslag.rad)]
    if manader := rattelsemanader(forslag):
        svar.append(f"{om_rattelser(manader)}.")
    return svar


def rattelsemanader(forslag: Forslag) -> list[Manad]:
    """The settled months that may be corrected."""
    return bruk.fasta_manader(forslag.fran)


def _utan_pris(forslag: Forslag) -> list[str]:
    """R4: a price list without any price of the insats in the modell's unit pays nothing."""
    insats, enhet = forslag.rad["insats"], PRISENHET[Modell(forslag.rad["modell"])]
    lista = Prislista.objects.get(nyckel=forslag.rad["prislista_id"])
    if Pris.objects.filter(prislista=lista, insats=insats, enhet=enhet, period__contains=forslag.fran).exists():
        return []
    vad = f"{insats_i_ord(insats)} per {enhet.label}"
    inget = f"Prislistan {lista.namn} har inget pris för {vad} {datum_i_ord(forslag.fran)}."
    return [f"{inget} Tills det finns betalas inget, och dagarna blir avvikelser."]


def _glapp(forslag: Forslag) -> list[str]:
    """Days without avtal between this one and its neighbours: R2 pays nothing on them."""
    if forslag.rad.get("person_id"):
        return []  # under an individavtal's gap the general one pays
    andra = Avtal.objects.filter(utforare=forslag.utforare, insats=forslag.rad["insats"], person=None)
    fore = andra.filter(till__lt=forslag.fran).order_by("-till").first()
    tacker_dagen_fore = andra.filter(period__contains=forslag.fran - EN_DAG).exists()
    svar = []
    if fore and fore.till and not tacker_dagen_fore:
        svar.append(_glappmening(fore.till, forslag.fran))
    nasta = andra.filter(fran__gt=forslag.fran).order_by("fran").first()
    if nasta and forslag.sista and nasta.fran > forslag.sista + EN_DAG:
        svar.append(_glappmening(forslag.sista + EN_DAG, nasta.fran))
    return svar


def _glappmening(fran: date, till: date) -> str:
    return f"Utföraren har inget avtal om insatsen {giltig_i_ord(fran, till)}. De dagarna betalas inte."


def _utan_verkan(rad: Rad) -> list[str]:
    modell = Modell(rad["modell"])
    onodiga = [namn for falt, namn in _VILLKOR.items() if rad.get(falt) and falt not in _ANVANDER[modell]]
    if not onodiga:
        return []
    return [f"Modellen {modell.label} använder inte {', '.join(onodiga)}. Det som står där påverkar ingenting."]


def registrera_avtal(*, forslag: Forslag, av: Anvandare, idag: date, bekraftat: bool = False) -> Avtal:
    """Register it, and end the avtal that it follows the day before. `bekraftat`: `av` has seen the warnings.

    Raises Hindrad, or EjRegistrerad whose columns are those of avtal.csv.
    """
    with transaction.atomic():
        _las(forslag.utforare.pk)
        hinder = hinder_for_avtal(forslag, av)
        if not hinder and not bekraftat:
            hinder = varningar(forslag)
        if hinder:
            raise Hindrad(hinder)
        nyckel = forslag.foljer.nyckel if forslag.rattar and forslag.foljer else ny_nyckel(Avtal, "A", idag)
        rader = [*_det_gamla(forslag), _rad(forslag, nyckel)]
        try:
            registrera(rader={"avtal": rader}, spar=_spar(forslag, nyckel, av))
        except EjRegistrerad as brott:
            raise EjRegistrerad([Registreringsfel(ett.fil, 0, ett.kolumn, ett.text) for ett in brott.fel]) from brott
        avtal = Avtal.objects.get(nyckel=nyckel)
        if forslag.ar_individavtal:
            Individavtalsmotiv.objects.create(avtal=avtal, motiv=forslag.motiv.strip(), av=av, dag=idag)
    return avtal


def _las(nyckel: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LAS, nyckel])


def _det_gamla(forslag: Forslag) -> list[dict[str, str]]:
    foljer = forslag.foljer
    if foljer is None or forslag.rattar or (foljer.till and foljer.till <= forslag.fran):
        return []
    return [lagrad_rad("avtal", foljer.nyckel) | {"till": (forslag.fran - EN_DAG).isoformat()}]


def _rad(forslag: Forslag, nyckel: str) -> dict[str, str]:
    return {
        **forslag.rad,
        "avtal_id": nyckel,
        "utforare_id": forslag.utforare.nyckel,
        "fran": forslag.fran.isoformat(),
        "till": forslag.sista.isoformat() if forslag.sista else "",
    }


def _spar(forslag: Forslag, nyckel: str, av: Anvandare) -> Spar:
    form, insats = Avtalsform(forslag.rad["avtalsform"]).label, Insats(forslag.rad["insats"]).label
    gjorde = "rättade" if forslag.rattar else "lade upp en ny version av" if forslag.foljer else "lade upp"
    text = f"{av.get_username()} {gjorde} avtalet {nyckel}: {form}, {insats}, hos {forslag.utforare.namn}"
    return Spar(av, "registrera_avtal", f"avtal:{nyckel}", f"{text}, från {datum_i_ord(forslag.fran)}.")


def avslutsvarningar(avtal: Avtal, sista: date) -> list[str]:
    """What an end of the avtal means that may not be meant."""
    till = sista + EN_DAG
    efter = Avtal.objects.filter(utforare=avtal.utforare_id, insats=avtal.insats, person=None, period__contains=till)
    svar = []
    if avtal.person_id is None and not efter.exclude(pk=avtal.pk).exists():
        svar.append(f"Efter {datum_i_ord(sista)} har utföraren inget avtal om insatsen, och inget betalas.")
    if manader := bruk.fasta_manader(min(till, avtal.till or till)):
        svar.append(f"{om_rattelser(manader)}.")
    return svar


def avsluta_avtal(*, avtal: Avtal, sista: date, av: Anvandare, bekraftat: bool = False) -> None:
    """Let `sista` be the avtal's last day. `bekraftat` as in registrera_avtal."""
    with transaction.atomic():
        _las(avtal.utforare_id)
        hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_AVTAL)
        if sista < avtal.fran:
            hinder.append("Slutdagen ligger före startdagen.")
        if not hinder and not bekraftat:
            hinder = avslutsvarningar(avtal, sista)
        if hinder:
            raise Hindrad(hinder)
        text = f"{av.get_username()} avslutade avtalet {avtal.nyckel} till och med {datum_i_ord(sista)}."
        spar = Spar(av, "avsluta_avtal", f"avtal:{avtal.nyckel}", text)
        registrera(rader={"avtal": [lagrad_rad("avtal", avtal.nyckel) | {"till": sista.isoformat()}]}, spar=spar)
