"""Ordering: a handläggare sends, takes back; the utförare accepts or declines, and begins.

Each step is conditional on a row lock, so that of two who answer at once the second is told what the first said.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from beslut.models import Beslut
from grund.behorighet import Ratt, hinder_for_ratt
from grund.datapaket.registrering import Spar, registrera
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord, tidpunkt_i_ord
from grund.tid import EN_DAG, lokal_dag
from utforare import valbara
from utforare.actions.tillhorighet import rapporterar_for
from utforare.bestallningsregler import (
    INGEN_MANGD,
    OPPNA,
    Bestallningsstatus,
    Mangd,
    hinder_for_bestallning,
    varningar_for_bestallning,
)
from utforare.models import Bestallning, Enhet, Verkstallighet

_S = Bestallningsstatus


class Olast(Hindrad):
    """There are warnings that the one who orders has not read. `orsaker` are all that there are now."""


def bestall(
    *,
    beslut: Beslut,
    enhet: Enhet,
    onskad_start: date,
    av: Anvandare,
    nu: datetime,
    omfattning: str = "",
    mangd: Mangd = INGEN_MANGD,
    meddelande: str = "",
    lasta: Collection[str] = (),
) -> Bestallning:
    """Send an order. Hindrad with reasons; Olast when some warning is not among those that are `lasta`."""
    if hinder := hinder_for_ratt(av.roller, Ratt.HANDLAGGA):
        raise Hindrad(hinder)
    with transaction.atomic():
        last = Beslut.objects.select_for_update(no_key=True, of=("self",)).select_related("person").get(pk=beslut.pk)
        fakta = valbara.fakta(last, enhet, start=onskad_start, idag=lokal_dag(nu), omfattning=omfattning, mangd=mangd)
        if hinder := hinder_for_bestallning(fakta):
            raise Hindrad(hinder)
        varningar = varningar_for_bestallning(fakta)
        if set(varningar) - set(lasta):
            raise Olast(varningar)
        ny = Bestallning.objects.create(
            beslut=last,
            enhet=enhet,
            omfattning=omfattning,
            antal=mangd.antal,
            antal_enhet=mangd.enhet,
            onskad_start=onskad_start,
            meddelande=meddelande,
            skickad=nu,
            skickad_av=av,
        )
        text = f"Beställde av {enhet.namn}, {enhet.utforare.namn}, med start {datum_i_ord(onskad_start)}."
        _skriv(ny, av, "bestall", text, varningar=varningar)
    return ny


def aterkalla(*, bestallning: Bestallning, orsak: str, av: Anvandare, nu: datetime) -> None:
    """Take back an order that has not begun."""
    with transaction.atomic():
        ett = _las(bestallning)
        if hinder := hinder_for_aterkallande(ett, av):
            raise Hindrad(hinder)
        ett.status, ett.orsak, ett.avslutad, ett.avslutad_av = _S.ATERKALLAD, orsak, nu, av
        ett.save(update_fields=["status", "orsak", "avslutad", "avslutad_av"])
        _skriv(ett, av, "aterkalla_bestallning", "Återkallade beställningen.")


def acceptera(*, bestallning: Bestallning, start: date, plats: str, av: Anvandare, nu: datetime) -> None:
    """Accept, with the day when it begins and where."""
    with transaction.atomic():
        ett = _las(bestallning)
        idag = lokal_dag(nu)
        hinder = hinder_for_svar(ett, av, idag) or hinder_for_startdag(ett, start, idag=idag)
        if hinder:
            raise Hindrad(hinder)
        ett.status, ett.start, ett.plats, ett.besvarad, ett.besvarad_av = _S.ACCEPTERAD, start, plats, nu, av
        ett.save(update_fields=["status", "start", "plats", "besvarad", "besvarad_av"])
        _skriv(ett, av, "acceptera_bestallning", f"Accepterade beställningen med start {datum_i_ord(start)}.")


def avboj(*, bestallning: Bestallning, orsak: str, av: Anvandare, nu: datetime) -> None:
    """Decline, with the reason."""
    with transaction.atomic():
        ett = _las(bestallning)
        if hinder := hinder_for_svar(ett, av, lokal_dag(nu)):
            raise Hindrad(hinder)
        ett.status, ett.orsak, ett.besvarad, ett.besvarad_av = _S.AVBOJD, orsak, nu, av
        ett.save(update_fields=["status", "orsak", "besvarad", "besvarad_av"])
        _skriv(ett, av, "avboj_bestallning", "Avböjde beställningen.")


def borja(*, bestallning: Bestallning, start: date, av: Anvandare, nu: datetime) -> Verkstallighet:
    """Begin: the verkställighet is registered with a key of its own. EjRegistrerad or Hindrad with reasons."""
    with transaction.atomic():
        ett = _las(bestallning)
        idag = lokal_dag(nu)
        hinder = hinder_for_borjan(ett, av, idag) or hinder_for_forsta_dag(ett, start, idag=idag)
        if hinder:
            raise Hindrad(hinder)
        nyckel = f"IK-V{start.year}-{ett.pk:05}"
        text = f"Insatsen började {datum_i_ord(start)} vid {ett.enhet.namn}, efter beställning {ett.nyckel}."
        spar = Spar(av, "borja_verkstallighet", f"verkstallighet:{nyckel}", text)
        registrera(rader={"verkstalligheter": [_rad(ett, nyckel, start)]}, spar=spar)
        ett.verkstallighet = Verkstallighet.objects.get(nyckel=nyckel)
        ett.status, ett.avslutad, ett.avslutad_av = _S.PABORJAD, nu, av
        ett.save(update_fields=["status", "verkstallighet", "avslutad", "avslutad_av"])
        _skriv(ett, av, "borja_bestallning", f"Började utföra beställningen {datum_i_ord(start)}.")
    return ett.verkstallighet


def _rad(ett: Bestallning, nyckel: str, start: date) -> dict[str, str]:
    return {
        "verkstallighet_id": nyckel,
        "beslut_id": ett.beslut.nyckel,
        "enhet_id": ett.enhet.nyckel,
        "bestalld": lokal_dag(ett.skickad).isoformat(),
        "omfattning": ett.omfattning,
        "bestallt_antal": "" if ett.antal is None else f"{ett.antal.normalize():f}",
        "bestallt_enhet": ett.antal_enhet,
        "fran": start.isoformat(),
    }


def hinder_for_aterkallande(ett: Bestallning, av: Anvandare) -> list[str]:
    """Why the order may not be taken back."""
    hinder = hinder_for_ratt(av.roller, Ratt.HANDLAGGA)
    return hinder if ett.status in OPPNA else [*hinder, lage_i_ord(ett)]


def hinder_for_svar(ett: Bestallning, av: Anvandare, idag: date) -> list[str]:
    """Why `av` may not answer the order."""
    hinder = _hinder_for_utforare(ett, av, idag)
    return hinder if ett.status == _S.SKICKAD else [*hinder, lage_i_ord(ett)]


def hinder_for_borjan(ett: Bestallning, av: Anvandare, idag: date) -> list[str]:
    """Why `av` may not begin what is ordered."""
    hinder = _hinder_for_utforare(ett, av, idag)
    if ett.status == _S.SKICKAD:
        return [*hinder, "Beställningen är inte accepterad än."]
    if ett.status != _S.ACCEPTERAD:
        return [*hinder, lage_i_ord(ett)]
    return hinder + (["Personen är avliden."] if ett.beslut.person.avliden else [])


def hinder_for_startdag(ett: Bestallning, start: date, *, idag: date) -> list[str]:
    """Why the insats cannot be agreed to begin on `start`."""
    if ett.beslut.person.avliden:
        return ["Personen är avliden."]
    if start < idag:
        return [f"Startdagen {datum_i_ord(start)} har redan varit."]
    return _utanfor_beslutet(ett, start)


def hinder_for_forsta_dag(ett: Bestallning, start: date, *, idag: date) -> list[str]:
    """Why the insats cannot have begun on `start`."""
    if start > idag:
        return ["Insatsen kan inte ha börjat i framtiden. Registrera starten den dag den börjar."]
    if ett.besvarad and start < lokal_dag(ett.besvarad):
        svar = datum_i_ord(lokal_dag(ett.besvarad))
        return [f"Startdagen ligger före den dag då beställningen accepterades, {svar}."]
    return _utanfor_beslutet(ett, start)


def _utanfor_beslutet(ett: Bestallning, start: date) -> list[str]:
    fran, till = ett.beslut.fran, ett.beslut.till
    if fran and start < fran:
        return [f"Startdagen ligger före beslutet, som gäller från {datum_i_ord(fran)}."]
    if till and start >= till:
        return [f"Startdagen ligger efter beslutet, som gäller till och med {datum_i_ord(till - EN_DAG)}."]
    return []


def _hinder_for_utforare(ett: Bestallning, av: Anvandare, idag: date) -> list[str]:
    hinder = hinder_for_ratt(av.roller, Ratt.RAPPORTERA)
    if not rapporterar_for(av, ett.enhet_id, idag):
        hinder.append("Beställningen är till en enhet som du inte rapporterar för.")
    return hinder


def lage_i_ord(ett: Bestallning) -> str:
    """`Beställningen är redan accepterad av Petra Öhman 3 juni 2026 kl. 10.12.`"""
    svarade = ett.status in {_S.ACCEPTERAD, _S.AVBOJD}
    vem, nar = (ett.besvarad_av, ett.besvarad) if svarade else (ett.avslutad_av, ett.avslutad)
    av = f" av {vem.get_full_name() or vem.username}" if vem else ""
    return f"Beställningen är redan {ett.get_status_display()}{av}{f' {tidpunkt_i_ord(nar)}' if nar else ''}."


def _las(bestallning: Bestallning) -> Bestallning:
    """The order as it is now, held to the end of the transaction."""
    urval = Bestallning.objects.select_for_update(of=("self",))
    return urval.select_related("beslut__person", "enhet__utforare", "besvarad_av", "avslutad_av").get(
        pk=bestallning.pk
    )


def _skriv(ett: Bestallning, av: Anvandare, handling: str, text: str, **data: object) -> None:
    skriv_handelse(
        av=av, handling=handling, objekt=f"bestallning:{ett.pk}", text=text, beslut=ett.beslut.nyckel, **data
    )
