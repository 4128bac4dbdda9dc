"""What a handläggare notes while a beslut waits to be carried out: offers, answers, and why it takes time."""

from datetime import date, datetime

from django.db import transaction

from beslut.models import Beslut
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord
from grund.tid import lokal_dag
from utforare.bestallningsregler import Drojsmalskod, Erbjudandesvar
from utforare.models import Bestallning, Drojsmal, Erbjudande


def erbjud(
    *, beslut: Beslut, datum: date, vad: str, av: Anvandare, nu: datetime, bestallning: Bestallning | None = None
) -> Erbjudande:
    """Note that the person has been offered something."""
    hinder = hinder_for_ratt(av.roller, Ratt.HANDLAGGA) + hinder_for_erbjudandets_dag(beslut, datum, idag=lokal_dag(nu))
    if bestallning and bestallning.beslut_id != beslut.pk:
        hinder.append("Beställningen hör till ett annat beslut.")
    if hinder:
        raise Hindrad(hinder)
    with transaction.atomic():
        nytt = Erbjudande.objects.create(
            beslut=beslut, bestallning=bestallning, datum=datum, vad=vad, registrerat_av=av
        )
        _skriv(beslut, av, "erbjud", f"Antecknade ett erbjudande {datum_i_ord(datum)}.")
    return nytt


def hinder_for_erbjudandets_dag(beslut: Beslut, datum: date, *, idag: date) -> list[str]:
    """Why the offer cannot have been made on the day."""
    if datum > idag:
        return ["Erbjudandets dag ligger i framtiden."]
    if datum < beslut.beslutsdatum:
        return [f"Erbjudandet ligger före beslutet, som fattades {datum_i_ord(beslut.beslutsdatum)}."]
    return []


def svara(
    *, erbjudande: Erbjudande, svar: Erbjudandesvar, svarsdatum: date, skal: str, av: Anvandare, nu: datetime
) -> None:
    """Note what the person answered. A no needs a reason, and does not stop the clock."""
    with transaction.atomic():
        ett = Erbjudande.objects.select_for_update(of=("self",)).select_related("beslut").get(pk=erbjudande.pk)
        if hinder := hinder_for_erbjudandesvar(ett, svar, svarsdatum, skal, av, idag=lokal_dag(nu)):
            raise Hindrad(hinder)
        ett.svar, ett.svarsdatum, ett.skal, ett.svar_registrerat_av = svar, svarsdatum, skal, av
        ett.save(update_fields=["svar", "svarsdatum", "skal", "svar_registrerat_av"])
        text = f"Antecknade att personen har {svar.label} till erbjudandet {datum_i_ord(ett.datum)}."
        _skriv(ett.beslut, av, "svara_erbjudande", text)


def hinder_for_erbjudandesvar(
    ett: Erbjudande, svar: Erbjudandesvar, svarsdatum: date, skal: str, av: Anvandare, *, idag: date
) -> list[str]:
    """Why the answer may not be noted."""
    hinder = hinder_for_ratt(av.roller, Ratt.HANDLAGGA)
    if ett.svar:
        hinder.append(f"Svaret är redan antecknat: {ett.get_svar_display()}.")
    if not ett.datum <= svarsdatum <= idag:
        hinder.append(f"Svaret ska ha kommit tidigast {datum_i_ord(ett.datum)} och senast i dag.")
    if svar == Erbjudandesvar.NEJ and not skal:
        hinder.append("Skriv varför personen tackade nej.")
    return hinder


def skriv_orsak(
    *,
    beslut: Beslut,
    kod: Drojsmalskod,
    text: str,
    av: Anvandare,
    nu: datetime,
    andra_insatser: str = "",
    konsekvens: str = "",
) -> Drojsmal:
    """Note why the beslut is not carried out. Earlier notes stay; the latest counts."""
    if hinder := hinder_for_ratt(av.roller, Ratt.HANDLAGGA):
        raise Hindrad(hinder)
    with transaction.atomic():
        ny = Drojsmal.objects.create(
            beslut=beslut,
            kod=kod,
            text=text,
            andra_insatser=andra_insatser,
            konsekvens=konsekvens,
            skriven=nu,
            skriven_av=av,
        )
        _skriv(beslut, av, "skriv_orsak", f"Skrev varför beslutet inte är verkställt: {kod.label}.")
    return ny


def _skriv(beslut: Beslut, av: Anvandare, handling: str, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"beslut:{beslut.nyckel}", text=text)
