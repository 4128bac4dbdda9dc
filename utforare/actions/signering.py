"""Signing a month: someone at the enhet certifies what is reported, and how much it was."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord, manad_i_ord, stor_forsta
from grund.tid import Manad
from utforare.actions.las import las_enhet
from utforare.models import Enhet, Signering
from utforare.planering import ar_last
from utforare.rapportering import Enhetslage, enhetens_lage, innehall


def signera(
    *, enhet: Enhet, manad: Manad, avtryck: str, tomma_ar_ratt: bool, av: Anvandare, idag: date, nu: datetime
) -> Signering:
    """Sign the month as it was seen: `avtryck` is that of the page. `tomma_ar_ratt`: missing days should be empty."""
    with transaction.atomic():
        las_enhet(enhet)
        lage, har = enhetens_lage(enhet, manad, idag), innehall(enhet, manad)
        hinder = hinder_for_signering(lage, idag)
        if not hinder and lage.saknade and not tomma_ar_ratt:
            hinder = ["Bekräfta att dagarna som saknar registrering ska vara tomma, eller fyll i dem."]
        if not hinder and har.avtryck != avtryck:
            hinder = ["Något har ändrats sedan du öppnade sidan. Titta igenom månaden igen och signera sedan."]
        if hinder:
            raise Hindrad(hinder)
        signering = Signering.objects.create(
            enhet=enhet,
            manad=manad.fran,
            av=av,
            tidpunkt=nu,
            narvarodagar=har.narvarodagar,
            franvarodagar=har.franvarodagar,
            utforda_besok=har.utforda_besok,
            avbokade_besok=har.avbokade_besok,
            minuter=har.minuter,
            saknade_dagar=lage.saknade,
            avtryck=har.avtryck,
        )
        sent = " efter låsdagen" if ar_last(manad, settings.LASDAG, idag) else ""
        text = f"{av.get_full_name() or av} signerade {manad_i_ord(manad)} för {enhet.namn}{sent}."
        skriv_handelse(av=av, handling="signera_manad", objekt=f"enhet:{enhet.nyckel}", text=text, avtryck=har.avtryck)
        return signering


def hinder_for_signering(lage: Enhetslage, idag: date) -> list[str]:
    """Why the month may not be signed yet. Days without a row are no hindrance: whoever signs says that it is right."""
    namn = stor_forsta(manad_i_ord(lage.manad))
    if lage.signering:
        return [f"{namn} är redan signerad."]
    if not lage.personer:
        return [f"Ingen har haft insatser på enheten i {manad_i_ord(lage.manad)}."]
    hinder = []
    if idag < lage.manad.till:
        hinder.append(f"{namn} är inte slut. Den kan signeras från och med {datum_i_ord(lage.manad.till)}.")
    if lage.orapporterade_besok:
        besok = antal_ord(lage.orapporterade_besok, "planerat besök", "planerade besök")
        hinder.append(f"{besok} är varken rapporterade eller avbokade.")
    if lage.utan_orsak:
        dagar = antal_ord(lage.utan_orsak, "frånvarodag", "frånvarodagar")
        hinder.append(f"{dagar} saknar orsak.")
    return hinder
