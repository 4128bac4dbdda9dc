"""Bonuses that are paid and questioned, and the decision of a named person: take back, or let stand (R50; KL 6:38)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from beslut.models import Person
from beslut.regler import Insats
from beslut.tillgang import far_se
from ersattning.bonusunderlag import las_personer, som_regel
from ersattning.kalkyl.bonusuppfoljning import Narvarodag, Skal, skal_att_prova
from ersattning.models import Anstallning, Aterkravsprovning, Aterkravsrad, Bonusregel, Ersattningsrad, Korning
from ersattning.regler import FAST, Aterkravsbeslut, Bonusdel, Radtyp
from grund.behorighet import Ratt, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.pengar import kronor
from grund.tid import lagg_till_manader
from utforare.models import Narvaro
from utforare.regler import Narvarokod

ANDRAT = "Det har hänt något mer sedan du öppnade sidan. Läs den igen och besluta sedan."


@dataclass(frozen=True, slots=True)
class Fall:
    """A paid bonus: its settled rows (start before rest), what has happened after, and what has been decided.

    `oppna`: the skäl that nobody has decided about; none, and there is nothing to do. The first row's primary key is
    the case's.
    """

    regel: Bonusregel
    person: Person
    start: date
    rader: tuple[Ersattningsrad, ...]
    anstallning: Anstallning | None
    skal: tuple[Skal, ...]
    provningar: tuple[Aterkravsprovning, ...]

    @property
    def pk(self) -> int:
        return self.rader[0].pk

    @property
    def betalt(self) -> Decimal:
        return sum((rad.belopp for rad in self.rader), Decimal("0.00"))

    @property
    def aterkrav(self) -> Aterkravsprovning | None:
        return next((ett for ett in self.provningar if ett.beslut == Aterkravsbeslut.ATERKRAV), None)

    @property
    def oppna(self) -> tuple[Skal, ...]:
        if self.aterkrav:
            return ()
        avgjorda = {nyckel for ett in self.provningar for nyckel in ett.skal}
        return tuple(ett for ett in self.skal if ett.nyckel not in avgjorda)

    @property
    def sett(self) -> list[str]:
        """What a decision is of: the open skäl, and the rows that are paid."""
        return [*(ett.nyckel for ett in self.oppna), *(f"rad:{rad.pk}" for rad in self.rader)]

    def delar(self, val: str) -> tuple[Ersattningsrad, ...]:
        """The rows that a choice of the form stands for."""
        return self.rader if val == ALLT else tuple(r for r in self.rader if _del(r) == Bonusdel.START)


ALLT, STARTDELEN = "allt", "start"


def _del(rad: Ersattningsrad) -> str:
    return str(rad.grund[0]["del"])


def fallen(rad_pk: int | None = None) -> list[Fall]:
    """Every bonus that a settled month has paid, or that of one row; the latest start first. A handful of queries."""
    rader = Ersattningsrad.objects.filter(typ=Radtyp.BONUS, korning__status__in=FAST)
    rader = rader.select_related("korning", "person", "enhet", "utforare")
    if rad_pk is not None:
        rader = rader.filter(person__in=rader.filter(pk=rad_pk).values("person"))
    grupper: defaultdict[tuple[int, int], list[Ersattningsrad]] = defaultdict(list)
    for rad in rader.order_by("fran", "pk"):
        grupper[int(rad.grund[0]["regel"]), rad.person_id].append(rad)
    if rad_pk is not None:
        grupper = defaultdict(list, {k: alla for k, alla in grupper.items() if any(r.pk == rad_pk for r in alla)})
    return sorted(_bygg(grupper), key=lambda ett: (ett.start, ett.pk), reverse=True)


def _bygg(grupper: dict[tuple[int, int], list[Ersattningsrad]]) -> Iterable[Fall]:
    ider = {person for _, person in grupper}
    regler, personer = Bonusregel.objects.in_bulk({regel for regel, _ in grupper}), las_personer(bara=ider)
    per_person = {ett.id: ett for ett in personer}
    nycklar = {str(rad.grund[0]["anstallning"]) for alla in grupper.values() for rad in alla}
    anstallningar = {ett.nyckel: ett for ett in Anstallning.objects.filter(nyckel__in=nycklar)}
    provningar = defaultdict(list)
    for ett in Aterkravsprovning.objects.filter(person__in=ider).select_related("av").order_by("pk"):
        provningar[ett.regel_id, ett.person_id].append(ett)
    starter = {nyckel: _start(alla, regler[nyckel[0]], anstallningar) for nyckel, alla in grupper.items()}
    narvaro = _narvaro(ider, min(starter.values(), default=date.max))
    for nyckel, alla in grupper.items():
        regel, start = regler[nyckel[0]], starter[nyckel]
        skal = skal_att_prova(per_person[nyckel[1]], som_regel(regel), start, narvaro[nyckel[1]])
        jobb = anstallningar.get(str(alla[0].grund[0]["anstallning"]))
        yield Fall(regel, alla[0].person, start, tuple(alla), jobb, tuple(skal), tuple(provningar[nyckel]))


def _start(rader: Sequence[Ersattningsrad], regel: Bonusregel, anstallningar: dict[str, Anstallning]) -> date:
    """The employment's first day when the bonus was decided: the start part's due day, or so long before the rest's."""
    forst = rader[0]
    if _del(forst) == Bonusdel.START:
        return forst.fran
    jobb = anstallningar.get(str(forst.grund[0]["anstallning"]))
    return jobb.fran if jobb else lagg_till_manader(forst.fran, -(regel.kvalificering_manader or 0))


def _narvaro(personer: Iterable[int], efter: date) -> defaultdict[int, list[Narvarodag]]:
    """Their närvaro in daglig verksamhet after a day."""
    dagar = Narvaro.objects.filter(
        kod=Narvarokod.NARVARO,
        datum__gt=efter,
        verkstallighet__beslut__insats=Insats.DAGLIG_VERKSAMHET,
        verkstallighet__beslut__person__in=list(personer),
    )
    svar: defaultdict[int, list[Narvarodag]] = defaultdict(list)
    falt = ("verkstallighet__beslut__person", "datum", "verkstallighet__nyckel")
    for person, dag, verk in dagar.values_list(*falt):
        svar[person].append(Narvarodag(dag, verk))
    return svar


def att_ta_stallning_till() -> list[Fall]:
    """Those with something that nobody has decided about."""
    return [ett for ett in fallen() if ett.oppna]


def hinder_for_beslut(fall: Fall, av: Anvandare) -> list[str]:
    """Why `av` may not decide of it."""
    hinder = hinder_for_ratt(av.roller, Ratt.PROVA_BONUS)
    if not far_se(av, fall.person):
        hinder.append("Personens uppgifter är skyddade. Någon som får se dem beslutar.")
    if fall.aterkrav:
        hinder.append("Bonusen är redan återkrävd.")
    elif not fall.oppna:
        hinder.append("Inget har hänt som behöver ett beslut.")
    return hinder


def besluta(
    *, rad_pk: int, tas_tillbaka: str, motiv: str, sedda: Sequence[str], av: Anvandare, nu: datetime
) -> Aterkravsprovning:
    """`tas_tillbaka`: ALLT, STARTDELEN, or empty = it stands. `sedda`: what the page showed (Fall.sett).

    What is taken back comes as krediteringar in the next open körning, and what is not paid yet never is (R50). The
    open körningar are held meanwhile: one that pays the rest is either settled before, and seen, or not at all.
    """
    with transaction.atomic():
        person = Ersattningsrad.objects.get(pk=rad_pk).person_id
        Person.objects.select_for_update(no_key=True).get(pk=person)
        list(Korning.objects.exclude(status__in=FAST).order_by("manad").select_for_update(no_key=True))
        fall = hamta(rad_pk)
        if fall is None:
            raise Hindrad(["Bonusen är inte fastställd."])
        hinder = hinder_for_beslut(fall, av)
        if not hinder and sorted(sedda) != sorted(fall.sett):
            hinder = [ANDRAT]
        if not hinder and tas_tillbaka and not fall.delar(tas_tillbaka):
            hinder = ["Den delen är inte betald."]
        if hinder:
            raise Hindrad(hinder)
        return _skriv(fall, fall.delar(tas_tillbaka) if tas_tillbaka else (), motiv, av, nu)


def _skriv(fall: Fall, rader: Sequence[Ersattningsrad], motiv: str, av: Anvandare, nu: datetime) -> Aterkravsprovning:
    provning = Aterkravsprovning.objects.create(
        regel=fall.regel,
        person=fall.person,
        beslut=Aterkravsbeslut.ATERKRAV if rader else Aterkravsbeslut.LAT_STA,
        skal=[ett.nyckel for ett in fall.oppna],
        motiv=motiv,
        av=av,
        tidpunkt=nu,
    )
    Aterkravsrad.objects.bulk_create([Aterkravsrad(provning=provning, rad=rad) for rad in rader])
    belopp = sum((rad.belopp for rad in rader), Decimal("0.00"))
    gjorde = f"återkrävde {kronor(belopp)} av en arbetsbonus" if rader else "lät en arbetsbonus stå kvar"
    skriv_handelse(
        av=av,
        handling="aterkrav_bonus" if rader else "lat_bonus_sta",
        objekt=f"bonusrad:{fall.pk}",
        text=f"{av.get_username()} {gjorde}.",
        belopp=str(belopp),
    )
    return provning


def hamta(rad_pk: int) -> Fall | None:
    """The case that the settled bonus row belongs to."""
    return next(iter(fallen(rad_pk)), None)
