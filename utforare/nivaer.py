"""Reads an enhet's persons with their levels, and the nivåbedömningar of theirs. An enhet at a time (SoLPUF 21 §)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from beslut import instrument, nivaarenden, nivavisning, tillgang
from beslut.models import Nivaarende, Nivabedomning
from beslut.models.nivaarende import HOS_BEDOMAREN, OPPNA
from beslut.ord import insats_i_ord, niva_i_ord
from beslut.regler import Bedomningsstatus
from grund.models import Anvandare
from grund.text import TANKSTRECK, datum_i_ord, stor_forsta, svensk_ordning
from grund.tid import EN_DAG, STOCKHOLM, lokal_dag
from utforare.models import Enhet, Tillhorighet, Verkstallighet
from utforare.tillgang import synliga


@dataclass(frozen=True, slots=True)
class Brukare:
    """A person at the enhet with the level that holds. `kan_bedomas`: a new nivåbedömning may be begun.

    `hos`: who else has begun one that is not sent in.
    """

    verk: Verkstallighet
    person: str
    insats: str
    niva: str
    fran: date | None
    kan_bedomas: bool
    oppna: bool
    hos: str = ""


def arenden_pa(enhet: Enhet, vem: Anvandare, idag: date) -> QuerySet[Nivaarende]:
    """Nivåbedömningar of what is carried out at the enhet."""
    egna = nivaarenden.i_lista().filter(hos(vem, idag, enhet=enhet), nivaarenden.synliga_for(vem))
    return nivaarenden.oppna_forst(egna)


def hos(vem: Anvandare, idag: date, **var: Enhet) -> Exists:
    """Of what is carried out at the user's enheter. What was begun after it ended is the next utförare's."""
    borjad = TruncDate(ExpressionWrapper(OuterRef("skapad"), DateTimeField()), tzinfo=STOCKHOLM)
    verk = synliga(vem, idag).filter(Q(till__isnull=True) | Q(till__gte=borjad), **var)
    return Exists(verk.filter(beslut__person=OuterRef("person"), beslut__insats=OuterRef("insats")))


def hinder_for_ny(verk: Verkstallighet, idag: date) -> list[str]:
    """Why the utförare begins no nivåbedömning: the person is somebody else's by now."""
    if verk.till is None or verk.till > idag:
        return []
    return [f"Insatsen hos er slutade {datum_i_ord(verk.till - EN_DAG)}. Den som utför den nu bedömer nivån."]


def hinder_for_overtagande(arende: Nivaarende, vem: Anvandare, idag: date) -> list[str]:
    """Why the utförare may not go on with it: what a handläggare, or another utförare, has written but not sent in is
    theirs. One goes on with a colleague's: of somebody who has worked, since it was begun, for the utförare that one
    works for today. What either of them did for another before that opens nothing."""
    mina = Tillhorighet.objects.filter(anvandare=vem, period__contains=idag).values("utforare")
    sedan = (lokal_dag(arende.skapad), idag + EN_DAG)
    kollegor = Tillhorighet.objects.filter(utforare__in=mina, period__overlap=sedan)
    if kollegor.filter(anvandare=arende.bedomare_id).exists():
        return []
    return ["Bedömningen görs av någon utanför er verksamhet. Kommunen tar över eller avslutar den."]


def antal_per_enhet(enheter: Sequence[Enhet], vem: Anvandare, idag: date) -> list[tuple[Enhet, int]]:
    """How many of `arenden_pa` are on their way at each. One query."""
    oppna = Nivaarende.objects.filter(nivaarenden.synliga_for(vem), lage__in=OPPNA)
    antal = oppna.aggregate(
        **{f"enhet_{ett.pk}": Count("pk", filter=hos(vem, idag, enhet=ett), distinct=True) for ett in enheter}
    )
    return [(ett, antal[f"enhet_{ett.pk}"]) for ett in enheter]


def brukare(enhet: Enhet, vem: Anvandare, idag: date) -> list[Brukare]:
    """Those that the enhet supports today and that have a level or may be given one, in Swedish order. Four queries."""
    verk = list(synliga(vem, idag).filter(enhet=enhet, period__contains=idag))
    med_instrument = set(instrument.insatser_med_instrument(idag))
    nivaer = _nivaer(verk)
    oppna = Nivaarende.objects.filter(lage__in=OPPNA, person__in=[ett.beslut.person_id for ett in verk])
    upptagna = {(ett.person_id, ett.insats): _hos(ett, vem) for ett in oppna.select_related("bedomare")}
    bedoms = [
        ett
        for ett in verk
        if (ett.beslut.person_id, ett.beslut.insats) in nivaer or ett.beslut.insats in med_instrument
    ]
    rader = [_brukare(ett, vem, nivaer, upptagna, med_instrument) for ett in bedoms]
    return sorted(rader, key=lambda rad: svensk_ordning(rad.person))


def _nivaer(verk: Sequence[Verkstallighet]) -> dict[tuple[int, str], Nivabedomning]:
    """The latest godkänd level of each person and insats."""
    urval = Nivabedomning.objects.filter(
        person__in=[ett.beslut.person_id for ett in verk], status=Bedomningsstatus.GODKAND
    ).order_by("fran", "godkand", "nyckel")
    return {(ett.person_id, ett.insats): ett for ett in urval}


def _brukare(
    verk: Verkstallighet,
    vem: Anvandare,
    nivaer: dict[tuple[int, str], Nivabedomning],
    upptagna: dict[tuple[int, str], str],
    med_instrument: set[str],
) -> Brukare:
    beslut = verk.beslut
    niva, far_se = nivaer.get((beslut.person_id, beslut.insats)), tillgang.far_se(vem, beslut.person)
    fri = (beslut.person_id, beslut.insats) not in upptagna
    return Brukare(
        verk=verk,
        person=tillgang.namn(vem, beslut.person),
        insats=insats_i_ord(beslut.insats),
        niva=stor_forsta(niva_i_ord(niva.niva)) if niva else TANKSTRECK,
        fran=niva.fran if niva else None,
        kan_bedomas=far_se and fri and beslut.insats in med_instrument,
        oppna=far_se,
        hos=upptagna.get((beslut.person_id, beslut.insats), "") if far_se else "",
    )


def _hos(ett: Nivaarende, vem: Anvandare) -> str:
    """Who else has it, while it is not sent in."""
    return nivavisning.vem(ett.bedomare) if ett.lage in HOS_BEDOMAREN and ett.bedomare_id != vem.pk else ""
