"""The register of utförare and their enheter, by the import's own rules."""

from datetime import date

from grund.behorighet import Ratt, hinder_for_ratt
from grund.datapaket.registrering import Spar, registrera
from grund.hinder import Hindrad
from grund.models import Anvandare
from utforare.models import Enhet, Utforare
from utforare.nycklar import ny_nyckel


def spara_utforare(
    *, utforare: Utforare | None, namn: str, organisationsnummer: str, regi: str, av: Anvandare, idag: date
) -> Utforare:
    """Add a utförare (None), or change one. Raises Hindrad; EjRegistrerad names the column."""
    _krav(av)
    nyckel = utforare.nyckel if utforare else ny_nyckel(Utforare, "U", idag)
    text = f"{av.get_username()} {'ändrade' if utforare else 'lade upp'} utföraren {namn}."
    rad = {"utforare_id": nyckel, "namn": namn, "organisationsnummer": organisationsnummer, "regi": regi}
    registrera(rader={"utforare": [rad]}, spar=Spar(av, "spara_utforare", f"utforare:{nyckel}", text))
    return Utforare.objects.get(nyckel=nyckel)


def spara_enhet(
    *, utforare: Utforare, enhet: Enhet | None, namn: str, platser: int | None, av: Anvandare, idag: date
) -> Enhet:
    """Add an enhet of the utförare (None), or change one. Raises Hindrad; EjRegistrerad names the column."""
    _krav(av)
    nyckel = enhet.nyckel if enhet else ny_nyckel(Enhet, "E", idag)
    text = f"{av.get_username()} {'ändrade' if enhet else 'lade upp'} enheten {namn} hos {utforare.namn}."
    rad = {
        "enhet_id": nyckel,
        "utforare_id": utforare.nyckel,
        "namn": namn,
        "platser": "" if platser is None else str(platser),
    }
    registrera(rader={"enheter": [rad]}, spar=Spar(av, "spara_enhet", f"enhet:{nyckel}", text))
    return Enhet.objects.get(nyckel=nyckel)


def _krav(av: Anvandare) -> None:
    if hinder := hinder_for_ratt(av.roller, Ratt.SKOTA_AVTAL):
        raise Hindrad(hinder)
