"""Every change of a simulering. Nothing of what is paid, and nothing of what it is paid for, is written here."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from ersattning import korplan
from ersattning.actions import utan_skrapsamling
from ersattning.kalkyl.simulering import simulera
from ersattning.kalkyl.vistelser import med_vistelser
from ersattning.models import (
    Korning,
    Simulering,
    Simuleringsbrist,
    Simuleringsbudget,
    Simuleringsdel,
    Simuleringssumma,
    Simuleringsvariant,
    Simuleringsvolym,
)
from ersattning.queries import visa_arbete
from ersattning.regler import REGELVERSION, Kanslighet, Simuleringslage
from ersattning.simulering import queries
from ersattning.simulering.bestallda import las_bestallda
from ersattning.simulering.lagring import lagg_till
from ersattning.simulering.planer import las_planer
from ersattning.simulering.underlag import (
    PERSONER_PER_DEL,
    las_bocker,
    las_fran,
    las_personer,
    las_varianter,
    omfang,
    personer,
    prognosens_dag,
)
from ersattning.simulering.val import PUNKTER, med_punkt
from grund.disken import orsak
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import stor_forsta
from grund.tid import Manad
from utforare.models import Utforare

SOM_DET_AR = "Som det är"
FORSTA_PUNKT = 100  # points of the sensitivity chart are numbered from here, apart from the variants to compare


@dataclass(frozen=True, slots=True)
class Fraga:
    """What a simulering asks. `kanslighet_av` is the number of the variant that the chart starts from."""

    namn: str
    forsta: Manad
    sista: Manad
    insats: str = ""
    utforare: Sequence[Utforare] = ()
    beskrivning: str = ""
    kanslighet: str = ""
    kanslighet_av: int = 0


@dataclass(frozen=True, slots=True)
class Variantval:
    """A variant's name, and what it changes (ersattning.simulering.val)."""

    namn: str
    val: dict[str, Any]


def skapa_simulering(
    *, fraga: Fraga, varianter: Sequence[Variantval], av: Anvandare | None, nu: datetime
) -> Simulering:
    """A new simulering with its variants, not yet calculated."""
    with transaction.atomic():
        ny = Simulering(skapad=nu, skapad_av=av)
        _satt(ny, fraga)
        alla = [Variantval(SOM_DET_AR, {}), *varianter]
        Simuleringsvariant.objects.bulk_create(
            Simuleringsvariant(simulering=ny, nummer=nummer, namn=ett.namn, val=ett.val)
            for nummer, ett in enumerate(alla)
        )
        _notera(ny, "skapa_simulering", f"{_vem(av)} lade upp simuleringen ”{ny.namn}”.", av)
    return ny


def andra_simulering(*, simulering: Simulering, fraga: Fraga, av: Anvandare | None) -> Simulering:
    """Ask something else. Hindrad once it is calculated: then it is copied."""
    with transaction.atomic():
        egen = _last(simulering)
        _vagra(queries.hinder_for_andring(egen))
        _satt(egen, fraga)
        _notera(egen, "andra_simulering", f"{_vem(av)} ändrade simuleringen ”{egen.namn}”.", av)
    return egen


def _satt(simulering: Simulering, fraga: Fraga) -> None:
    _vagra(queries.hinder_for_manader(fraga.forsta, fraga.sista))
    _vagra(queries.hinder_for_texter(fraga.namn, fraga.beskrivning))
    for falt in ("namn", "beskrivning", "insats", "kanslighet", "kanslighet_av"):
        setattr(simulering, falt, getattr(fraga, falt))
    simulering.fran, simulering.till = fraga.forsta.fran, fraga.sista.till
    simulering.save()
    simulering.utforare.set(fraga.utforare)


def spara_variant(
    *, simulering: Simulering, nummer: int | None, variant: Variantval, av: Anvandare | None
) -> Simuleringsvariant:
    """Change the variant with the number, or add one (None)."""
    with transaction.atomic():
        egen = _last(simulering)
        _vagra(queries.hinder_for_andring(egen) or queries.hinder_for_variant(egen, nummer))
        _vagra(queries.hinder_for_texter(variant.namn, json.dumps(variant.val, ensure_ascii=False)))
        if nummer is None:
            nummer = queries.nasta_nummer(egen)
        rad, _ = Simuleringsvariant.objects.update_or_create(
            simulering=egen, nummer=nummer, defaults={"namn": variant.namn, "val": variant.val}
        )
        _notera(egen, "andra_simulering", f"{_vem(av)} sparade varianten ”{rad.namn}” i ”{egen.namn}”.", av)
    return rad


def ta_bort_variant(*, simulering: Simulering, nummer: int, av: Anvandare | None) -> None:
    """Take a variant away. One that is gone already is no harm."""
    with transaction.atomic():
        egen = _last(simulering)
        _vagra(queries.hinder_for_andring(egen) or queries.hinder_for_variant(egen, nummer))
        borta, _ = egen.varianter.filter(nummer=nummer, nummer__gt=0).delete()
        if egen.kanslighet_av == nummer:
            egen.kanslighet_av = 0
            egen.save(update_fields=["kanslighet_av"])
        if borta:
            _notera(egen, "andra_simulering", f"{_vem(av)} tog bort en variant ur ”{egen.namn}”.", av)


def kopiera_simulering(*, simulering: Simulering, namn: str, av: Anvandare | None, nu: datetime) -> Simulering:
    """The same question once more, to be changed."""
    fraga = Fraga(
        namn=namn,
        forsta=simulering.manader[0],
        sista=simulering.manader[-1],
        insats=simulering.insats,
        utforare=list(simulering.utforare.all()),
        beskrivning=simulering.beskrivning,
        kanslighet=simulering.kanslighet,
    )
    egna = simulering.varianter.filter(nummer__gt=0, punkt=None).order_by("nummer")
    with transaction.atomic():
        ny = skapa_simulering(fraga=fraga, varianter=[Variantval(ett.namn, ett.val) for ett in egna], av=av, nu=nu)
        nummer = [0, *(ett.nummer for ett in egna)]
        if simulering.kanslighet_av in nummer:
            ny.kanslighet_av = nummer.index(simulering.kanslighet_av)
            ny.save(update_fields=["kanslighet_av"])
        Simuleringsbudget.objects.bulk_create(
            Simuleringsbudget(simulering=ny, insats=ett.insats, belopp=ett.belopp) for ett in simulering.budgetar.all()
        )
    return ny


def ta_bort_simulering(*, simulering: Simulering, av: Anvandare | None) -> None:
    """Take it away with its result. Hindrad while it is calculated."""
    with transaction.atomic():
        egen = _last(simulering)
        _vagra(queries.hinder_for_borttagning(egen))
        _notera(egen, "ta_bort_simulering", f"{_vem(av)} tog bort simuleringen ”{egen.namn}”.", av)
        _tom(egen)
        egen.delete()


def satt_budget(*, simulering: Simulering, budget: dict[str, Decimal | None], av: Anvandare | None) -> None:
    """Hold the result against these budgets by insats; None = no budget."""
    with transaction.atomic():
        egen = _last(simulering)
        egen.budgetar.filter(insats__in=list(budget)).delete()
        Simuleringsbudget.objects.bulk_create(
            Simuleringsbudget(simulering=egen, insats=insats, belopp=belopp)
            for insats, belopp in budget.items()
            if belopp is not None
        )
        _notera(egen, "andra_simulering", f"{_vem(av)} skrev in budget i ”{egen.namn}”.", av)


def starta_simulering(*, simulering: Simulering, av: Anvandare | None, nu: datetime) -> Simulering:
    """Begin to calculate. The parts are stored; sending them to workers is the caller's."""
    with transaction.atomic():
        andring_nr = korplan.sista_andring()
    with transaction.atomic():
        egen = _last(simulering)
        _vagra(queries.hinder_for_rakning(egen, av))
        _tom(egen)
        egen.status, egen.omgang = Simuleringslage.RAKNAS, egen.omgang + 1
        egen.startad, egen.raknad, egen.andring_nr = nu, None, andring_nr
        egen.grund = _korningar(egen)
        _lagg_punkter(egen)
        egen.avtryck = avtryck(egen)
        egen.save()
        _lagg_delar(egen)
        _notera(egen, f"starta_{egen.slag}", f"{_vem(av)} startade {egen.slag}en ”{egen.namn}”.", av)
    return egen


def _tom(simulering: Simulering) -> None:
    """Take away what an earlier calculation gave. Parts first: a task at work holds its part locked to its end."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1min'")
    simulering.delar.all()._raw_delete("default")
    for modell in (Simuleringssumma, Simuleringsbrist):
        modell.objects.filter(variant__simulering=simulering).delete()
    Simuleringsvolym.objects.filter(simulering=simulering).delete()
    simulering.varianter.filter(punkt__isnull=False).delete()


def _korningar(simulering: Simulering) -> list[dict[str, Any]]:
    korningar = Korning.objects.filter(manad__gte=simulering.fran, manad__lt=simulering.till).order_by("manad")
    return [
        {"manad": str(ett), "status": ett.status, "omgang": ett.omgang, "andring_nr": ett.andring_nr}
        for ett in korningar
    ]


def _lagg_punkter(simulering: Simulering) -> None:
    """The sensitivity chart's points, each a variant of its own."""
    if not simulering.kanslighet:
        return
    slag = Kanslighet(simulering.kanslighet)
    grund = simulering.varianter.filter(nummer=simulering.kanslighet_av).values_list("val", flat=True).first() or {}
    Simuleringsvariant.objects.bulk_create(
        Simuleringsvariant(
            simulering=simulering,
            nummer=FORSTA_PUNKT + plats,
            namn=f"{punkt} %",
            val=med_punkt(grund, slag, punkt),
            punkt=punkt,
        )
        for plats, punkt in enumerate(PUNKTER[slag])
    )


def avtryck(simulering: Simulering) -> str:
    """A fingerprint of the question and of what it is built on: the same gives the same result."""
    varianter = simulering.varianter.order_by("nummer").values_list("nummer", "val")
    delar = {
        "fraga": [str(simulering.fran), str(simulering.till), simulering.insats],
        "utforare": sorted(simulering.utforare.values_list("nyckel", flat=True)),
        "varianter": list(varianter),
        "grund": simulering.grund,
        "andring": simulering.andring_nr,
        "regler": REGELVERSION,
    }
    return sha256(json.dumps(delar, sort_keys=True).encode()).hexdigest()


def _lagg_delar(simulering: Simulering) -> None:
    forsta = las_fran(simulering.manader[0], [ett for _, ett in las_varianter(simulering)])
    alla = personer(simulering, forsta)
    Simuleringsdel.objects.bulk_create(
        Simuleringsdel(simulering=simulering, nummer=nummer, personer=alla[start : start + PERSONER_PER_DEL])
        for nummer, start in enumerate(range(0, len(alla), PERSONER_PER_DEL))
    )


def rakna_del(*, del_id: int, nu: datetime) -> Simulering | None:
    """Calculate one part and add what it gives, in one transaction. Done, cancelled or in other hands: None."""
    with transaction.atomic():
        delen = (
            Simuleringsdel.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("simulering")
            .filter(pk=del_id, klar__isnull=True, simulering__status=Simuleringslage.RAKNAS)
            .first()
        )
        if delen is None:
            return None
        visa_arbete()
        _rakna_och_lagg(delen)
        delen.klar = nu
        delen.save(update_fields=["klar"])
    return delen.simulering


def _rakna_och_lagg(delen: Simuleringsdel) -> None:
    simulering = delen.simulering
    assert simulering.startad is not None  # noqa: S101  it is being calculated
    varianter = las_varianter(simulering)
    egna = [ett for _, ett in varianter]
    bocker = las_bocker(simulering.pk, (simulering.omgang, simulering.startad))
    idag = prognosens_dag(simulering)
    aven = las_bestallda(idag, delen.personer) if idag else {}
    with utan_skrapsamling():
        forsta = las_fran(simulering.manader[0], egna)
        alla, efterhand = las_personer(simulering.manader, forsta, delen.personer, aven)
        if idag:
            alla = {
                manad: [med_vistelser(ett, idag, simulering.till) for ett in en_manads]
                for manad, en_manads in alla.items()
            }
        planer = las_planer(next(iter(alla.values()), []), idag) if idag else {}
        prognos_fran = Manad.av(simulering.prognos_fran) if simulering.prognos_fran else None
        utfall = simulera(alla, egna, bocker, omfang(simulering), efterhand, planer, prognos_fran)
    lagg_till(simulering.pk, [pk for pk, _ in varianter], utfall)


def avsluta_simulering(*, simulering_id: int, nu: datetime) -> bool:
    """When every part is done: call it klar. True if this call did it."""
    with transaction.atomic():
        egen = Simulering.objects.select_for_update().filter(pk=simulering_id, status=Simuleringslage.RAKNAS).first()
        if egen is None or egen.delar.filter(klar__isnull=True).exists():
            return False
        egen.status, egen.raknad = Simuleringslage.KLAR, nu
        egen.save(update_fields=["status", "raknad"])
        _notera(
            egen,
            f"rakna_{egen.slag}",
            f"{stor_forsta(egen.slag)}en ”{egen.namn}” är räknad, omgång {egen.omgang}.",
            None,
        )
    return True


def avbryt_simulering(*, simulering: Simulering, av: Anvandare | None) -> None:
    """Stop it: parts that nobody has begun are never calculated. Hindrad when it is not being calculated."""
    with transaction.atomic():
        egen = _last(simulering)
        _vagra(queries.hinder_for_avbrott(egen))
        egen.status = Simuleringslage.AVBRUTEN
        egen.save(update_fields=["status"])
        _notera(egen, f"avbryt_{egen.slag}", f"{_vem(av)} avbröt {egen.slag}en ”{egen.namn}”.", av)


def anteckna_misslyckad(*, simulering_id: int, fel: Exception) -> None:
    """Say, once, that a fault stopped it. No person data."""
    with transaction.atomic():
        egen = Simulering.objects.select_for_update().filter(pk=simulering_id, status=Simuleringslage.RAKNAS).first()
        if egen is None:
            return
        egen.status = Simuleringslage.MISSLYCKAD
        egen.save(update_fields=["status"])
        text = f"{stor_forsta(egen.slag)}en ”{egen.namn}” kunde inte räknas: {orsak(fel)}."
        _notera(egen, f"{egen.slag}_misslyckades", text, None)


def _last(simulering: Simulering) -> Simulering:
    """The row, locked. Not FOR UPDATE: a task must be able to refer to it."""
    egen = Simulering.objects.select_for_update(no_key=True).filter(pk=simulering.pk).first()
    if egen is None:
        raise Hindrad(["Simuleringen är borttagen."])
    return egen


def _vagra(hinder: list[str]) -> None:
    if hinder:
        raise Hindrad(hinder)


def _vem(av: Anvandare | None) -> str:
    return av.get_username() if av else "Systemet"


def _notera(simulering: Simulering, handling: str, text: str, av: Anvandare | None) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"{simulering.slag}:{simulering.pk}", text=text)
