"""Which enheter a user reports for, and from which day to which."""

from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from grund.behorighet import Ratt, har_ratt, hinder_for_ratt
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import datum_i_ord
from grund.tid import EN_DAG
from utforare.models import Enhet, Tillhorighet

SEDAN_LANGE = date(2000, 1, 1)  # before anything that the system knows of


def ge_enhet(
    *, anvandare: Anvandare, enhet: Enhet, fran: date, sista: date | None, av: Anvandare | None
) -> Tillhorighet:
    """Let `anvandare` report for the enhet from `fran`, to and with `sista`; None = until further notice."""
    with transaction.atomic():
        _las(anvandare)
        hinder = hinder_for_enheter(anvandare, [enhet]) + hinder_for_forvaltning(anvandare, av)
        if sista is not None and sista < fran:
            hinder.append("Sista dagen ligger före första.")
        if hinder:
            raise Hindrad(hinder)
        till = None if sista is None else sista + EN_DAG
        ny = Tillhorighet(anvandare=anvandare, enhet=enhet, utforare_id=enhet.utforare_id, fran=fran, till=till)
        _spara(ny)
        slut = f" till och med {datum_i_ord(sista)}" if sista else ""
        text = f"{anvandare} rapporterar för {enhet.namn} från {datum_i_ord(fran)}{slut}."
        _skriv(av, "ge_enhet", anvandare, text)
    return ny


def avsluta_tillhorighet(*, tillhorighet: Tillhorighet, sista: date, av: Anvandare | None) -> None:
    """`sista` becomes the last day. One that has not begun by then, was a mistake and is taken away."""
    with transaction.atomic():
        _las(tillhorighet.anvandare)
        ett = Tillhorighet.objects.select_related("enhet", "anvandare").filter(pk=tillhorighet.pk).first()
        if ett is None:
            raise Hindrad(["Kopplingen till enheten finns inte längre."])
        if hinder := hinder_for_forvaltning(ett.anvandare, av):
            raise Hindrad(hinder)
        if sista < ett.fran:
            ett.delete()
            text = f"{ett.anvandare} skulle inte rapportera för {ett.enhet.namn}."
        else:
            ett.till = sista + EN_DAG
            _spara(ett)
            text = f"{ett.anvandare} rapporterar för {ett.enhet.namn} till och med {datum_i_ord(sista)}."
        _skriv(av, "avsluta_enhet", ett.anvandare, text)


def satt_enheter(
    *, anvandare: Anvandare, enheter: Collection[Enhet], av: Anvandare | None, fran: date = SEDAN_LANGE
) -> None:
    """Let `anvandare` report for exactly these enheter from `fran`. Hindrad when it is no utförare, or they are of
    several."""
    with transaction.atomic():
        _las(anvandare)
        if hinder := hinder_for_enheter(anvandare, enheter) + hinder_for_forvaltning(anvandare, av):
            raise Hindrad(hinder)
        senare = Tillhorighet.objects.filter(Q(till__isnull=True) | Q(till__gt=fran), anvandare=anvandare)
        ska = {enhet.pk for enhet in enheter}
        har = set(senare.filter(fran__lte=fran, till__isnull=True).values_list("enhet_id", flat=True))
        if har == ska and senare.count() == len(har):
            return
        senare.filter(fran__gte=fran).exclude(enhet__in=ska & har).delete()
        senare.filter(fran__lt=fran).exclude(enhet__in=ska & har).update(till=fran)
        Tillhorighet.objects.bulk_create(
            Tillhorighet(anvandare=anvandare, enhet=enhet, utforare_id=enhet.utforare_id, fran=fran)
            for enhet in enheter
            if enhet.pk not in har
        )
        namn = ", ".join(sorted(enhet.namn for enhet in enheter)) or "ingen enhet"
        _skriv(av, "satt_enheter", anvandare, f"{anvandare} rapporterar för {namn}.")


def rapporterar_for(vem: Anvandare, enhet: int, idag: date) -> bool:
    """Whether the user works at the enhet on the day."""
    return Tillhorighet.objects.filter(anvandare=vem, enhet=enhet, period__contains=idag).exists()


def hinder_for_forvaltning(anvandare: Anvandare, av: Anvandare | None) -> list[str]:
    """Why `av` may not say where the user works: by the role, and never of oneself."""
    if av is None:
        return []
    hinder = hinder_for_ratt(av.roller, Ratt.FORVALTA_ANVANDARE)
    if av.pk == anvandare.pk:
        hinder.append("Du kan inte ge dig själv enheter. Be en annan systemförvaltare.")
    return hinder


def hinder_for_enheter(anvandare: Anvandare, enheter: Collection[Enhet]) -> list[str]:
    """Why the user may not report for these enheter."""
    hinder = []
    if enheter and not har_ratt(anvandare.roller, Ratt.RAPPORTERA):
        hinder.append(f"{anvandare} har inte rollen utförare.")
    if len({enhet.utforare_id for enhet in enheter}) > 1:
        hinder.append("Enheterna hör till olika utförare. En användare rapporterar för en utförare.")
    return hinder


def _las(anvandare: Anvandare) -> None:
    Anvandare.objects.select_for_update(no_key=True).get(pk=anvandare.pk)


def _spara(ett: Tillhorighet) -> None:
    """Hindrad with the constraint's own sentence."""
    try:
        with transaction.atomic():
            ett.save()
    except IntegrityError as fel:
        raise Hindrad([svenska(fel)]) from fel


def _skriv(av: Anvandare | None, handling: str, anvandare: Anvandare, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"anvandare:{anvandare.username}", text=text)
