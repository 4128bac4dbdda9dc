"""The end of a verkställighet: the utförare reports it and the handläggare confirms; a death ends it at once."""

from datetime import date, datetime

from django.db import connection, transaction

from grund.behorighet import Ratt, hinder_for_ratt
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord
from grund.tid import EN_DAG, lokal_dag
from utforare.actions.tillhorighet import rapporterar_for
from utforare.bestallningsregler import Slutstatus
from utforare.models import Slutanmalan, Verkstallighet
from utforare.regler import Slutorsak

_SLUTLAS = 4_711_007  # class of advisory locks: one for each verkställighet that is being ended


def anmal_slut(
    *, verk: Verkstallighet, sista_dag: date, orsak: Slutorsak, text: str, av: Anvandare, nu: datetime
) -> Slutanmalan:
    """Report that it has ended or will end. A death ends it here and now."""
    with transaction.atomic():
        last = _las(verk)
        dagen = hinder_for_sista_dag(last, sista_dag, orsak, idag=lokal_dag(nu))
        if hinder := hinder_for_slutanmalan(last, av, lokal_dag(nu)) or dagen:
            raise Hindrad(hinder)
        ny = Slutanmalan(verkstallighet=last, sista_dag=sista_dag, orsak=orsak, text=text, anmald=nu, anmald_av=av)
        if orsak == Slutorsak.AVLIDEN:
            ny.status, ny.provad = Slutstatus.BEKRAFTAD, nu
            _registrera_slut(last, sista_dag, orsak, av)
        ny.save(force_insert=True)
        _skriv(last, av, "anmal_slut", f"Anmälde att insatsen slutar {datum_i_ord(sista_dag)}: {orsak.label}.")
    return ny


def bekrafta_slut(*, anmalan: Slutanmalan, av: Anvandare, nu: datetime) -> None:
    """Confirm: the verkställighet ends. EjRegistrerad when something is reported after its last day."""
    with transaction.atomic():
        verk = _las(anmalan.verkstallighet)
        ett = Slutanmalan.objects.select_for_update().get(pk=anmalan.pk)
        if hinder := hinder_for_provning(ett, av) or hinder_for_slut(verk, av):
            raise Hindrad(hinder)
        _registrera_slut(verk, ett.sista_dag, Slutorsak(ett.orsak), av)
        _prova(ett, Slutstatus.BEKRAFTAD, "", av, nu)
        _skriv(verk, av, "bekrafta_slut", f"Bekräftade att insatsen slutar {datum_i_ord(ett.sista_dag)}.")


def avvisa_slut(*, anmalan: Slutanmalan, svar: str, av: Anvandare, nu: datetime) -> None:
    """Turn the report down, with a reason: the verkställighet goes on."""
    with transaction.atomic():
        verk = _las(anmalan.verkstallighet)
        ett = Slutanmalan.objects.select_for_update().get(pk=anmalan.pk)
        if hinder := hinder_for_provning(ett, av):
            raise Hindrad(hinder)
        _prova(ett, Slutstatus.AVVISAD, svar, av, nu)
        _skriv(verk, av, "avvisa_slut", "Avvisade anmälan om att insatsen slutar.")


def avsluta(*, verk: Verkstallighet, sista_dag: date, orsak: Slutorsak, av: Anvandare, nu: datetime) -> None:
    """End a verkställighet without a report from the utförare; a report that waits is settled by it."""
    with transaction.atomic():
        last = _las(verk)
        dagen = hinder_for_sista_dag(last, sista_dag, orsak, idag=lokal_dag(nu))
        if hinder := hinder_for_slut(last, av) or dagen:
            raise Hindrad(hinder)
        _registrera_slut(last, sista_dag, orsak, av)
        for ett in Slutanmalan.objects.select_for_update().filter(verkstallighet=last, status=Slutstatus.ANMALD):
            _prova(ett, Slutstatus.BEKRAFTAD, "", av, nu)


def hinder_for_slutanmalan(verk: Verkstallighet, av: Anvandare, idag: date) -> list[str]:
    """Why `av` may not report an end."""
    hinder = hinder_for_ratt(av.roller, Ratt.RAPPORTERA)
    if not rapporterar_for(av, verk.enhet_id, idag):
        hinder.append("Verkställigheten hör till en enhet som du inte rapporterar för.")
    if Slutanmalan.objects.filter(verkstallighet=verk, status=Slutstatus.ANMALD).exists():
        hinder.append("Slutet är redan anmält och väntar på handläggaren.")
    return hinder + _redan_slut(verk)


def hinder_for_slut(verk: Verkstallighet, av: Anvandare) -> list[str]:
    """Why `av` may not end it."""
    return hinder_for_ratt(av.roller, Ratt.HANDLAGGA) + _redan_slut(verk)


def hinder_for_provning(anmalan: Slutanmalan, av: Anvandare) -> list[str]:
    """Why `av` may not confirm or turn down the report."""
    hinder = hinder_for_ratt(av.roller, Ratt.HANDLAGGA)
    if anmalan.status != Slutstatus.ANMALD:
        hinder.append(f"Anmälan är redan {anmalan.get_status_display()}.")
    return hinder


def hinder_for_sista_dag(verk: Verkstallighet, sista_dag: date, orsak: Slutorsak, *, idag: date) -> list[str]:
    """Why it cannot end on the day."""
    if sista_dag < verk.fran:
        return [f"Sista dagen ligger före starten {datum_i_ord(verk.fran)}."]
    if orsak == Slutorsak.AVLIDEN and sista_dag > idag:
        return ["Dagen för dödsfallet ligger i framtiden."]
    return []


def _redan_slut(verk: Verkstallighet) -> list[str]:
    if verk.till is None:
        return []
    return [f"Verkställigheten har redan ett slut: {datum_i_ord(verk.till - EN_DAG)}."]


def _registrera_slut(verk: Verkstallighet, sista_dag: date, orsak: Slutorsak, av: Anvandare) -> None:
    rad = lagrad_rad("verkstalligheter", verk.nyckel) | {"till": sista_dag.isoformat(), "slutorsak": orsak.value}
    text = f"Insatsen slutar {datum_i_ord(sista_dag)}: {orsak.label}."
    spar = Spar(av, "avsluta_verkstallighet", f"verkstallighet:{verk.nyckel}", text)
    registrera(rader={"verkstalligheter": [rad]}, spar=spar)


def _prova(ett: Slutanmalan, status: Slutstatus, svar: str, av: Anvandare, nu: datetime) -> None:
    ett.status, ett.svar, ett.provad, ett.provad_av = status, svar, nu, av
    ett.save(update_fields=["status", "svar", "provad", "provad_av"])


def _las(verk: Verkstallighet) -> Verkstallighet:
    """The row as it is now, with those who end the same one waiting in line.

    By a lock of our own: a row held while the registration waits for an import would be waited for by that import.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashint8(%s))", [_SLUTLAS, verk.pk])
    return Verkstallighet.objects.select_related("enhet", "beslut__person").get(pk=verk.pk)


def _skriv(verk: Verkstallighet, av: Anvandare, handling: str, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"verkstallighet:{verk.nyckel}", text=text)
