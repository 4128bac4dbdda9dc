"""A verkställighet is interrupted for a time, and taken up again: by who carries it out, or the handläggare."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from grund.behorighet import Ratt, har_ratt
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord
from grund.tid import EN_DAG, lokal_dag
from utforare.actions.tillhorighet import rapporterar_for
from utforare.models import Uppehall, Verkstallighet
from utforare.regler import Uppehallsorsak

LANGST_FRAM = 366  # days: a day further away is a slip of the hand


def anmal_uppehall(
    *,
    verk: Verkstallighet,
    fran: date,
    sista: date | None,
    orsak: Uppehallsorsak,
    text: str,
    av: Anvandare,
    nu: datetime,
) -> Uppehall:
    """Note that nobody carries it out from `fran`, to and with `sista`; None = until it is taken up again."""
    idag = lokal_dag(nu)
    hinder = hinder_for_uppehall(verk, av, idag) or hinder_for_dagarna(verk, fran, sista, idag=idag)
    if hinder:
        raise Hindrad(hinder)
    nytt = Uppehall(verkstallighet=verk, fran=fran, till=sista and sista + EN_DAG, orsak=orsak, text=text.strip())
    nytt.anmalt, nytt.anmalt_av = nu, av
    if sista:
        nytt.upptaget, nytt.upptaget_av = nu, av
    with transaction.atomic():
        _spara(nytt)
        slut = f" till och med {datum_i_ord(sista)}" if sista else ""
        mening = f"Insatsen har uppehåll från {datum_i_ord(fran)}{slut}: {orsak.label}."
        _skriv(verk, av, "anmal_uppehall", mening)
    return nytt


def ateruppta(*, uppehall: Uppehall, dag: date, av: Anvandare, nu: datetime) -> None:
    """`dag` is the first day that it is carried out again. On the first day of the uppehåll: there was none."""
    with transaction.atomic():
        ett = Uppehall.objects.select_for_update(of=("self",)).select_related("verkstallighet").filter(pk=uppehall.pk)
        last = ett.first()
        if last is None:
            raise Hindrad(["Uppehållet är redan borttaget."])
        verk = last.verkstallighet
        if hinder := hinder_for_ateruppta(last, av, lokal_dag(nu)) or hinder_for_forsta_dag(last, dag, lokal_dag(nu)):
            raise Hindrad(hinder)
        if dag == last.fran:
            last.delete()
            _skriv(verk, av, "ta_bort_uppehall", f"Uppehållet från {datum_i_ord(dag)} blev inte av.")
            return
        last.till, last.upptaget, last.upptaget_av = dag, nu, av
        _spara(last)
        _skriv(verk, av, "ateruppta", f"Insatsen utförs igen från {datum_i_ord(dag)}.")


def hinder_for_uppehall(verk: Verkstallighet, av: Anvandare, idag: date) -> list[str]:
    """Why `av` may not note an uppehåll."""
    hinder = _hinder_for_roll(verk, av, idag)
    if verk.till is not None and verk.till <= idag:
        hinder.append(f"Insatsen slutade {datum_i_ord(verk.till - EN_DAG)}.")
    if Uppehall.objects.filter(verkstallighet=verk, till__isnull=True).exists():
        hinder.append("Insatsen har redan ett uppehåll. Skriv först när den återupptas.")
    return hinder


def hinder_for_dagarna(verk: Verkstallighet, fran: date, sista: date | None, *, idag: date) -> list[str]:
    """Why it cannot be those days."""
    if fran < verk.fran:
        return [f"Uppehållet ligger före starten {datum_i_ord(verk.fran)}."]
    if verk.till is not None and (fran >= verk.till or (sista is not None and sista >= verk.till)):
        return [f"Uppehållet ligger efter insatsens slut {datum_i_ord(verk.till - EN_DAG)}."]
    if sista is not None and sista < fran:
        return ["Sista dagen ligger före första."]
    if (max(fran, sista or fran) - idag).days > LANGST_FRAM:
        return ["Dagen ligger mer än ett år fram."]
    return []


def hinder_for_ateruppta(uppehall: Uppehall, av: Anvandare, idag: date) -> list[str]:
    """Why `av` may not say when it is taken up again."""
    hinder = _hinder_for_roll(uppehall.verkstallighet, av, idag)
    if uppehall.till is not None and uppehall.till <= idag:
        hinder.append(f"Uppehållet är redan slut: insatsen utförs igen sedan {datum_i_ord(uppehall.till)}.")
    return hinder


def hinder_for_forsta_dag(uppehall: Uppehall, dag: date, idag: date) -> list[str]:
    """Why it cannot be taken up again on the day. A day to come is a promise, and no fact."""
    if dag < uppehall.fran:
        return [f"Dagen ligger före uppehållets första dag, {datum_i_ord(uppehall.fran)}."]
    return (
        ["Dagen ligger i framtiden. Skriv när insatsen har börjat igen."] if dag > idag and dag != uppehall.fran else []
    )


def _hinder_for_roll(verk: Verkstallighet, av: Anvandare, idag: date) -> list[str]:
    """A handläggare, whose pages ask whose person it is; or somebody who works at the enhet."""
    if har_ratt(av.roller, Ratt.HANDLAGGA):
        return []
    if not har_ratt(av.roller, Ratt.RAPPORTERA):
        return ["Ett uppehåll anmäls av utföraren eller handläggaren."]
    if not rapporterar_for(av, verk.enhet_id, idag):
        return ["Verkställigheten hör till en enhet som du inte rapporterar för."]
    return []


def _spara(ett: Uppehall) -> None:
    """Hindrad with the database's own sentence."""
    try:
        with transaction.atomic():
            ett.save()
    except IntegrityError as fel:
        raise Hindrad([svenska(fel)]) from fel


def _skriv(verk: Verkstallighet, av: Anvandare, handling: str, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"verkstallighet:{verk.nyckel}", text=text)
