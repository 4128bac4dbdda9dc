"""R30 in words: which end earned the days, how many the avtal gives, and what stopped them."""

from datetime import date, timedelta

from ersattning.forklaring.lasning import Radunderlag, avtal_pa_dag
from ersattning.forklaring.ord import dagar_i_rad
from grund.text import antal_ord, datum_i_ord
from grund.tid import EN_DAG
from utforare.models import Avtal, Verkstallighet
from utforare.regler import Slutorsak


def avslutsmeningar(u: Radunderlag) -> list[str]:
    """Why days after the end are paid."""
    verk, dagar = u.kring.verk, u.dagar
    svar = [f"Dagarna efter slutet betalas som närvaro: {dagar_i_rad(dagar)}."]
    if verk is None or verk.till is None:
        return [*svar, "Verkställighetens slut går inte längre att läsa."]
    sista = verk.till - EN_DAG
    orsak = Slutorsak(verk.slutorsak).label
    svar.insert(0, f"Verkställigheten slutade {datum_i_ord(sista)} ({orsak}).")
    avtal = _vid_slutet(verk, u)
    if avtal is None or not avtal.avslut_dagar:
        return svar
    svar.append(_ger(avtal, verk.slutorsak))
    return [*svar, *_slut(u, verk, avtal.avslut_dagar)]


def _vid_slutet(verk: Verkstallighet, u: Radunderlag) -> Avtal | None:
    """The avtal of the last day: of those that the row rests on, else by R2."""
    assert verk.till is not None  # noqa: S101  the caller has looked
    sista = verk.till - EN_DAG
    for avtal in u.kring.avtal.values():
        if avtal.fran <= sista and (avtal.till is None or sista < avtal.till):
            return avtal
    return avtal_pa_dag(u.rad.utforare_id, u.rad.insats, u.rad.vems.person, sista)


def _ger(avtal: Avtal, slutorsak: str) -> str:
    ger = antal_ord(avtal.avslut_dagar or 0, "dag", "dagar")
    if not avtal.avslut_orsaker:
        return f"Avtalet ger {ger} efter ett slut, vilken orsaken än är."
    return f"Avtalet ger {ger} efter ett slut av orsaken {Slutorsak(slutorsak).label}."


def _slut(u: Radunderlag, verk: Verkstallighet, avslut_dagar: int) -> list[str]:
    """How far the days reach: all that the avtal gives, on into the next month, or until another takes over."""
    assert verk.till is not None  # noqa: S101  the caller has looked
    sista_givna, sista = verk.till + timedelta(days=avslut_dagar - 1), u.dagar[-1]
    borjan = "" if verk.till >= u.kring.manad.fran else " De första av dem låg i en tidigare månad."
    if sista >= sista_givna:
        return [f"Den sista av dem är {datum_i_ord(sista_givna)}.{borjan}"]
    if sista == u.kring.manad.sista:
        return [f"De räcker till {datum_i_ord(sista_givna)}. Resten hör till nästa månad.{borjan}"]
    nasta = _tar_over(u, verk, sista_givna)
    if nasta and nasta.fran == sista + EN_DAG:
        return [f"De slutar {datum_i_ord(sista)}, dagen före personens nästa verkställighet på enheten.{borjan}"]
    return [f"De senare dagarna till och med {datum_i_ord(sista_givna)} ger ingen ersättning på den här raden."]


def _tar_over(u: Radunderlag, verk: Verkstallighet, sista: date) -> Verkstallighet | None:
    urval = Verkstallighet.objects.filter(
        beslut__person_id=u.rad.vems.person,
        beslut__insats=u.rad.insats,
        enhet_id=u.rad.vems.enhet,
        fran__gte=verk.till,
        fran__lte=sista,
    )
    return urval.exclude(pk=verk.pk).order_by("fran").first()
