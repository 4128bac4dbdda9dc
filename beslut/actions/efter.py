"""What happens after a decision: the party gets it, and it is followed up."""

from datetime import date

from django.db import transaction

from beslut.koder import Delgivningssatt, Uppfoljningsresultat, Uppfoljningssatt
from beslut.models import Beslut, Delgivning, Uppfoljning
from beslut.regler import Utfall
from grund.behorighet import Ratt, hinder_for_ratt
from grund.datapaket.registrering import Spar, lagrad_rad, registrera
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare


def delge(*, beslut: Beslut, dag: date, satt: Delgivningssatt, av: Anvandare, idag: date) -> Delgivning:
    """Note when and how the party got the decision. Noted again: the later note stands, until there is an appeal."""
    hinder = hinder_for_ratt(av.roller, Ratt.HANDLAGGA)
    if dag < beslut.beslutsdatum:
        hinder.append("Personen kan inte ha fått beslutet innan det fattades.")
    if dag > idag:
        hinder.append("Dagen kan inte ligga efter dagens datum.")
    with transaction.atomic():
        Beslut.objects.select_for_update(no_key=True).get(pk=beslut.pk)
        if beslut.overklaganden.exists():
            hinder.append("Beslutet är överklagat. Dagen kan inte ändras, för den har avgjort om det kom in i tid.")
        if hinder:
            raise Hindrad(hinder)
        ny, _ = Delgivning.objects.update_or_create(beslut=beslut, defaults={"dag": dag, "satt": satt, "av": av})
        _skriv(beslut, av, "delge_beslut", f"Personen fick del av beslutet {dag}, {satt.label}.")
    return ny


def hinder_for_uppfoljning(beslut: Beslut) -> list[str]:
    """Why the decision cannot be followed up."""
    return ["Ett avslag ger inget att följa upp."] if beslut.utfall == Utfall.AVSLAG else []


def folj_upp(
    *,
    beslut: Beslut,
    dag: date,
    satt: Uppfoljningssatt,
    resultat: Uppfoljningsresultat,
    text: str,
    nasta: date | None,
    av: Anvandare,
    idag: date,
) -> Uppfoljning:
    """Note a follow-up and set the decision's next one. It changes nothing else of the decision, and no money."""
    hinder = [*hinder_for_ratt(av.roller, Ratt.HANDLAGGA), *hinder_for_uppfoljning(beslut)]
    if dag > idag:
        hinder.append("Uppföljningen kan inte ligga efter dagens datum.")
    if nasta and nasta <= dag:
        hinder.append("Nästa uppföljning ska ligga efter den här.")
    if hinder:
        raise Hindrad(hinder)
    with transaction.atomic():
        Beslut.objects.select_for_update(no_key=True).get(pk=beslut.pk)
        ny = Uppfoljning.objects.create(
            beslut=beslut, dag=dag, satt=satt, resultat=resultat, text=text, nasta=nasta, av=av
        )
        _skriv(beslut, av, "folj_upp", f"Beslutet följdes upp {dag}: {resultat.label}.")
        spar = Spar(av, "satt_uppfoljning", f"beslut:{beslut.nyckel}", f"Nästa uppföljning: {nasta or 'ingen'}.")
        rad = lagrad_rad("beslut", beslut.nyckel) | {"uppfoljning": str(nasta or "")}
        registrera(rader={"beslut": [rad]}, spar=spar)
    return ny


def _skriv(beslut: Beslut, av: Anvandare, handling: str, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"beslut:{beslut.nyckel}", text=text)
