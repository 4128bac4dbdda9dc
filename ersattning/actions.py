"""Every change of a körning's state (R40, R41). Keyword-only, atomic, each with its Handelse."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from ersattning import korplan, queries
from ersattning.bedomningar import antal_obedomda, obedomt
from ersattning.bonus import berakna_bonus
from ersattning.bonus import inte_med as inte_aterkravt
from ersattning.fakturaprovning import prova_faststalld
from ersattning.filer.actions import ta_bort_preliminara
from ersattning.justeringsrader import inte_med, lagg_till
from ersattning.kalkyl.person import rakna_person
from ersattning.lagring import (
    Personavvikelse,
    Personrad,
    skriv_avvikelser,
    skriv_rader,
    skriv_rattade_avvikelser,
    skriv_rattelser,
)
from ersattning.manadsunderlag import luckor, notera
from ersattning.models import Avvikelse, Bonusutfall, Delkorning, Ersattningsrad, Korning, Manadssumma, Manadsunderlag
from ersattning.regler import Radtyp, Status
from ersattning.summering import summera
from ersattning.underlag import las_manadsbok, las_personer
from grund.disken import orsak
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.tid import Manad


def starta_korning(*, manad: Manad, av: Anvandare | None, nu: datetime, slapp_granskning: bool = True) -> Korning:
    """Begin a calculation of the month, replacing an earlier one that is not settled.

    Hindrad when the month, or a later one, is settled, and when it is reviewed unless `slapp_granskning`: the review
    falls with the figures. The parts are stored; sending them to workers is the caller's.
    """
    with transaction.atomic():
        andring_nr = korplan.sista_andring()
    with transaction.atomic():
        korning, _ = Korning.objects.get_or_create(manad=manad.fran, defaults={"startad": nu, "omgang": 0})
        # Not FOR UPDATE: a task of an earlier körning, whose end _tom waits for, must be able to refer to the row.
        korning = Korning.objects.select_for_update(no_key=True).get(pk=korning.pk)
        granskning = queries.granskning_som_faller(korning)
        if hinder := queries.hinder_for_korning(manad, av) + ([] if slapp_granskning else granskning):
            raise Hindrad(hinder)
        senast = queries.senast_faststallda()
        _tom(korning)
        ta_bort_preliminara(korning)
        korning.status, korning.omgang = Status.BERAKNAS, korning.omgang + 1
        korning.andring_nr, korning.bar_rattelser = andring_nr, senast is not None and manad == senast.plus(1)
        korning.startad, korning.beraknad, korning.beraknad_av = nu, None, av
        korning.granskad = korning.granskad_av = None
        korning.save()
        _lagg_upp_delar(korning, manad)
        skriv_handelse(
            av=av,
            handling="starta_korning",
            objekt=f"korning:{manad}",
            text=" ".join([_startad(manad, av), *granskning]),
        )
    return korning


def _startad(manad: Manad, av: Anvandare | None) -> str:
    return f"{av.get_username()} startade beräkningen av {manad}." if av else f"Beräkningen av {manad} startade."


def _tom(korning: Korning) -> None:
    """Take away what an earlier calculation gave. Parts first: a task at work holds its part locked to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1min'")  # a task takes seconds, but its computer may be gone
    for modell in (Delkorning, Ersattningsrad, Avvikelse, Bonusutfall, Manadssumma, Manadsunderlag):
        modell.objects.filter(korning=korning)._raw_delete("default")


def _lagg_upp_delar(korning: Korning, manad: Manad) -> None:
    delar = list(korplan.manadens_delar(manad))
    if korning.bar_rattelser:
        delar += korplan.rattelsedelar()
    Delkorning.objects.bulk_create(
        [
            Delkorning(korning=korning, nummer=nummer, avser_manad=ett.avser.fran, personer=list(ett.personer))
            for nummer, ett in enumerate(delar)
        ],
        batch_size=100,
    )


def rakna_del(*, delkorning_id: int, nu: datetime) -> Korning | None:
    """Calculate one part and store what it gives, in one transaction. Done already, or in other hands: None."""
    with transaction.atomic():
        delen = (
            Delkorning.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("korning")
            .filter(pk=delkorning_id, klar__isnull=True)
            .first()
        )
        if delen is None:
            return None
        queries.visa_arbete()
        delen.antal_rader = _rakna_och_skriv(delen)
        delen.klar = nu
        delen.save(update_fields=["antal_rader", "klar"])
    return delen.korning


def _rakna_och_skriv(delen: Delkorning) -> int:
    korning, avser = delen.korning, Manad.av(delen.avser_manad)
    bok = las_manadsbok(avser, (korning.pk, korning.omgang, korning.startad))
    rader, avvikelser = [], []
    with utan_skrapsamling():
        for person in las_personer(avser, delen.personer):
            resultat = rakna_person(person, bok)
            rader += [Personrad(person.id, rad) for rad in resultat.rader]
            avvikelser += [Personavvikelse(person.id, avvikelse) for avvikelse in resultat.avvikelser]
    if delen.avser_manad == korning.manad:
        skriv_avvikelser(korning.pk, avser, ((avvikelse, True) for avvikelse in avvikelser))
        return skriv_rader(korning.pk, avser, Radtyp.ORDINARIE, rader)
    skriv_rattade_avvikelser(korning.pk, avser, delen.personer, avvikelser)
    return skriv_rattelser(korning.pk, avser, delen.personer, rader)


@contextmanager
def utan_skrapsamling() -> Iterator[None]:
    """No cyclic garbage collection meanwhile: a part makes many small objects and no cycles."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def avsluta_korning(*, korning_id: int, nu: datetime) -> bool:
    """When every part is done: add bonus (R50) and justeringar (R51), and call the month beräknad.

    True if this call did it.
    """
    with transaction.atomic():
        korning = Korning.objects.select_for_update().filter(pk=korning_id, status=Status.BERAKNAS).first()
        if korning is None or korning.delar.filter(klar__isnull=True).exists():
            return False
        queries.visa_arbete()
        berakna_bonus(korning)
        lagg_till(korning)
        korning.status, korning.beraknad = Status.BERAKNAD, nu
        korning.save()
        summera(korning)
        notera(korning)
        skriv_handelse(
            av=korning.beraknad_av,
            handling="berakna_manad",
            objekt=f"korning:{korning}",
            text=f"{korning} är beräknad, omgång {korning.omgang}.",
            belopp=str(queries.totalbelopp(korning)),
        )
    with connection.cursor() as cursor:  # the planner must know of the new rows before anyone reads them
        cursor.execute("SELECT ersattning_analysera()")
    return True


def anteckna_misslyckad(*, korning_id: int, fel: Exception) -> None:
    """Leave an event, once, for whoever waits: tasks have no other way to tell that they failed. No person data."""
    with transaction.atomic():
        beraknas = Korning.objects.select_for_update(no_key=True).filter(pk=korning_id, status=Status.BERAKNAS)
        korning = beraknas.first()
        if korning is None or queries.misslyckanden(korning):
            return
        skriv_handelse(
            av=None,
            handling=queries.MISSLYCKAD,
            objekt=f"korning:{korning}",
            text=f"{korning} kunde inte beräknas: {orsak(fel)}.",
            omgang=korning.omgang,
        )


def granska_manad(
    *,
    manad: Manad,
    av: Anvandare,
    nu: datetime,
    omgang: int | None = None,
    utan_underlag: bool = False,
    trots_obedomda: bool = True,
) -> Korning:
    """Mark a calculated month as reviewed. Hindrad with the reasons when it may not be.

    `omgang` is the one whose figures `av` has seen: another is refused. None = the present one. `utan_underlag` is that
    `av` knows what utförare have registered nothing (ersattning/manadsunderlag.py) and goes on anyway;
    `trots_obedomda` the same of avvikelser that nobody has assessed.
    """
    with transaction.atomic():
        korning = _last_korning(manad, omgang)
        saknas, kvar = luckor(korning), obedomt(antal_obedomda(korning))
        hinder = queries.hinder_for_granskning(korning, av) or [
            *_hinder_for_underlag(saknas, godtas=utan_underlag),
            *_hinder_for_obedomda(kvar, godtas=trots_obedomda),
        ]
        if hinder:
            raise Hindrad(hinder)
        korning.status, korning.granskad, korning.granskad_av = Status.GRANSKAD, nu, av
        korning.save()
        skriv_handelse(
            av=av,
            handling="granska_manad",
            objekt=f"korning:{manad}",
            text=" ".join([f"{av.get_username()} granskade {manad}.", *_godtagna(saknas), *kvar, *_inte_med(korning)]),
        )
    return korning


def faststall_manad(
    *, manad: Manad, av: Anvandare, nu: datetime, omgang: int | None = None, utan_underlag: bool = False
) -> Korning:
    """Settle a reviewed month for good (R40), by someone else than who calculated or reviewed it (R41).

    `omgang` and `utan_underlag` as for granska_manad.
    """
    with transaction.atomic():
        korning = _last_korning(manad, omgang)
        saknas = luckor(korning)
        if hinder := queries.hinder_for_faststallande(korning, av) or _hinder_for_underlag(
            saknas, godtas=utan_underlag
        ):
            raise Hindrad(hinder)
        utanfor = _inte_med(korning)
        ta_bort_preliminara(korning)
        korning.status, korning.faststalld, korning.faststalld_av = Status.FASTSTALLD, nu, av
        korning.save()
        skriv_handelse(
            av=av,
            handling="faststall_manad",
            objekt=f"korning:{manad}",
            text=" ".join([f"{av.get_username()} fastställde {manad}.", *_godtagna(saknas), *utanfor]),
            belopp=str(queries.totalbelopp(korning)),
        )
        prova_faststalld(korning=korning, av=av, nu=nu)  # invoices that have waited for the month
    return korning


def _hinder_for_underlag(saknas: list[str], *, godtas: bool) -> list[str]:
    if not saknas or godtas:
        return []
    return [*saknas, "Bekräfta att månaden ska gå vidare ändå: med rutan på sidan, eller --utan-underlag i kommandot."]


def _hinder_for_obedomda(kvar: list[str], *, godtas: bool) -> list[str]:
    return [*kvar, "Bedöm dem, eller bekräfta på sidan att granskningen är klar ändå."] if kvar and not godtas else []


def _inte_med(korning: Korning) -> list[str]:
    """What has been decided after the calculation, and goes to the next month."""
    return [*inte_med(korning), *inte_aterkravt(korning)]


def _godtagna(saknas: list[str]) -> list[str]:
    return ["Godtog att underlag saknas:", *saknas] if saknas else []


def _last_korning(manad: Manad, omgang: int | None) -> Korning:
    korning = Korning.objects.select_for_update().filter(manad=manad.fran).first()
    if korning is None:
        raise Hindrad([f"{manad} är inte körd. Kör månaden först: kor_manad {manad}."])
    if omgang not in {None, korning.omgang}:
        raise Hindrad([f"{manad} har räknats om sedan du såg siffrorna. Titta på de nya och försök igen."])
    return korning
