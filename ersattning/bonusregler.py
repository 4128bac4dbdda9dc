"""The terms for arbetsbonus as data with days: a new rule, a new version of one, and an end (R50 (d)).

Each version is a rule of its own: known by its own key, with a cap of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from ersattning.models import Bonusregel, Bonusutfall
from ersattning.regler import FAST, Bonusdel
from grund.behorighet import Ratt, hinder_for_ratt
from grund.datapaket.registrering import EjRegistrerad, Registreringsfel, Spar, lagrad_rad, registrera
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.pengar import kronor
from grund.text import datum_i_ord, giltig_i_ord, och
from grund.tid import EN_DAG, Manad, lagg_till_manader
from utforare.nycklar import ny_nyckel


@dataclass(frozen=True, slots=True)
class Forslag:
    """A rule that somebody wants: its columns of bonusregler.csv, its days, and the version that it follows, if any."""

    rad: Mapping[str, str]
    fran: date
    sista: date | None
    efter: Bonusregel | None = None


def hinder_for_regel(forslag: Forslag, av: Anvandare) -> list[str]:
    """Why it may not be registered."""
    hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_AVTAL)
    efter = forslag.efter
    if efter is None:
        return hinder
    if forslag.fran <= efter.fran:
        return [*hinder, f"Den nya versionen börjar efter {datum_i_ord(efter.fran)}, då den gamla började."]
    return hinder + _hinder_for_slut(efter, forslag.fran)


def _hinder_for_slut(regel: Bonusregel, till: date) -> list[str]:
    """R50 (d): a rule that ends before a start that it has decided would take the rest away, and another pay anew."""
    utfall = Bonusutfall.objects.filter(regel=regel, korning__status__in=FAST)
    starter = [_start(ett, regel) for ett in utfall]
    sist = max((start for start in starter if start >= till), default=None)
    if sist is None:
        return []
    dag = datum_i_ord(sist)
    return [f"Regeln har redan prövat en anställning som började {dag}. Den kan sluta tidigast den dagen."]


def _start(utfall: Bonusutfall, regel: Bonusregel) -> date:
    """The employment's first day. Of several that have the same day for the rest (29–31 August, 28 February) the last:
    a rule that pays all afterwards has no other trace of it, and must not be ended before it."""
    dag = utfall.forfallodag
    if utfall.del_av_bonus == Bonusdel.START:
        return dag
    start = lagg_till_manader(dag, -(regel.kvalificering_manader or 0))
    return Manad.av(start).sista if dag == Manad.av(dag).sista else start


def varningar(forslag: Forslag) -> list[str]:
    """What is allowed and may still be a mistake; to be confirmed."""
    till = forslag.sista + EN_DAG if forslag.sista else None
    samtidiga = Bonusregel.objects.filter(Q(till__isnull=True) | Q(till__gt=forslag.fran))
    if till:
        samtidiga = samtidiga.filter(fran__lt=till)
    if forslag.efter:
        samtidiga = samtidiga.exclude(pk=forslag.efter.pk)
    nycklar = [f"{ett.nyckel} ({giltig_i_ord(ett.fran, ett.till)})" for ett in samtidiga.order_by("fran", "nyckel")]
    if not nycklar:
        return []
    return [f"Samtidigt gäller {och(nycklar)}. En anställning kan då ge bonus enligt var och en av dem."]


def registrera_regel(*, forslag: Forslag, av: Anvandare, idag: date, bekraftat: bool = False) -> Bonusregel:
    """Register it, and end the version that it follows the day before. Raises Hindrad, or EjRegistrerad by column."""
    with transaction.atomic():
        efter = forslag.efter
        if efter:
            Bonusregel.objects.select_for_update().get(pk=efter.pk)
        hinder = hinder_for_regel(forslag, av) or ([] if bekraftat else varningar(forslag))
        if hinder:
            raise Hindrad(hinder)
        nyckel = ny_nyckel(Bonusregel, "BR", idag)
        rader = [_avslutad(efter, forslag.fran)] if efter and not (efter.till and efter.till <= forslag.fran) else []
        rader.append(_rad(forslag, nyckel))
        try:
            registrera(rader={"bonusregler": rader}, spar=_spar(forslag, nyckel, av))
        except EjRegistrerad as brott:
            raise EjRegistrerad([Registreringsfel(ett.fil, 0, ett.kolumn, ett.text) for ett in brott.fel]) from brott
    return Bonusregel.objects.get(nyckel=nyckel)


def _avslutad(regel: Bonusregel, till: date) -> dict[str, str]:
    return lagrad_rad("bonusregler", regel.nyckel) | {"till": (till - EN_DAG).isoformat()}


def _rad(forslag: Forslag, nyckel: str) -> dict[str, str]:
    return {
        **forslag.rad,
        "regel_id": nyckel,
        "fran": forslag.fran.isoformat(),
        "till": forslag.sista.isoformat() if forslag.sista else "",
    }


def _spar(forslag: Forslag, nyckel: str, av: Anvandare) -> Spar:
    efter = forslag.efter
    gjorde = f"lade upp en ny version av bonusregeln {efter.nyckel}" if efter else "lade upp en bonusregel"
    text = f"{av.get_username()} {gjorde}: {nyckel}, från {datum_i_ord(forslag.fran)}."
    return Spar(av, "registrera_bonusregel", f"bonusregel:{nyckel}", text)


def avsluta_regel(*, regel: Bonusregel, sista: date, av: Anvandare) -> None:
    """Let `sista` be the last day on which an employment may start under the rule."""
    with transaction.atomic():
        regel = Bonusregel.objects.select_for_update().get(pk=regel.pk)
        hinder = hinder_for_ratt(av.roller, Ratt.SKOTA_AVTAL)
        if sista < regel.fran:
            hinder.append("Slutdagen ligger före startdagen.")
        elif regel.till and regel.till - EN_DAG < sista:
            hinder.append("Regeln har redan slutat. Lägg upp en ny version i stället.")
        hinder = hinder or _hinder_for_slut(regel, sista + EN_DAG)
        if hinder:
            raise Hindrad(hinder)
        text = f"{av.get_username()} avslutade bonusregeln {regel.nyckel} till och med {datum_i_ord(sista)}."
        spar = Spar(av, "avsluta_bonusregel", f"bonusregel:{regel.nyckel}", text)
        registrera(rader={"bonusregler": [_avslutad(regel, sista + EN_DAG)]}, spar=spar)


def belopp_i_ord(regel: Bonusregel) -> str:
    """`30 000,00 kr, högst 200 000,00 kr per år`."""
    tak = f", högst {kronor(regel.arstak)} per år" if regel.arstak is not None else ""
    return f"{kronor(regel.belopp)}{tak}"
