"""Reads nivåbedömningar on their way, and why a step with one may not be taken (an empty list means yes)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, Prefetch, Q, QuerySet, When

from beslut import instrument, tillgang
from beslut.models import (
    Beslut,
    Instrumentgrans,
    Instrumentomrade,
    Nivaarende,
    Nivabedomning,
    Nivaovertagande,
    Nivaprovning,
    Nivasvar,
)
from beslut.models import Person as Personmodell
from beslut.models.nivaarende import AVGJORDA, HOS_BEDOMAREN, OPPNA, Arendelage
from beslut.nivapoang import Poang, berakna
from beslut.regler import Bedomningsstatus, Insats, Utfall
from grund.behorighet import Ratt, hinder_for_ratt
from grund.models import Anvandare
from grund.text import datum_i_ord
from grund.tid import lokal_dag

MOTIV_MINST = 5  # letters
LANGST_BORT = 3660  # days: ten years; beyond that it is a slip of the hand


@dataclass(frozen=True, slots=True)
class Forra:
    """The level that holds, and the answers that it rests on; none where it came from another system."""

    bedomning: Nivabedomning
    arende: Nivaarende | None
    svar: dict[str, Nivasvar]


def arenden() -> QuerySet[Nivaarende]:
    """Nivåbedömningar with all that their pages show. A fixed number of queries."""
    return Nivaarende.objects.select_related("person", "instrument", "bedomare", "bedomning").prefetch_related(
        Prefetch("instrument__omraden", Instrumentomrade.objects.order_by("ordning", "id")),
        Prefetch("instrument__granser", Instrumentgrans.objects.order_by("minst")),
        Prefetch("svar", Nivasvar.objects.select_related("omrade")),
        Prefetch("provningar", Nivaprovning.objects.select_related("av").order_by("-tidpunkt", "-pk")),
    )


def i_lista() -> QuerySet[Nivaarende]:
    """Nivåbedömningar as lists show them, the oldest first."""
    return (
        Nivaarende.objects.select_related("person", "bedomare", "synpunkt")
        .prefetch_related(Prefetch("provningar", Nivaprovning.objects.select_related("av").order_by("-tidpunkt")))
        .order_by("inskickad", "skapad", "pk")
    )


def mina(vem: Anvandare, idag: date) -> QuerySet[Nivaarende]:
    """Those of the handläggare's persons, and those that they make themselves."""
    alla = i_lista().filter(Q(person__in=tillgang.mina(vem, idag)) | Q(bedomare=vem)).filter(synliga_for(vem))
    return oppna_forst(alla)


def oppna_forst(urval: QuerySet[Nivaarende]) -> QuerySet[Nivaarende]:
    """Those on their way, the oldest first, before the decided, the latest first."""
    avgjort = Q(lage__in=AVGJORDA)
    ordning = (
        Case(When(avgjort, then=1), default=0),
        Case(When(avgjort, then=None), default=F("skapad")),
        F("inskickad").desc(),
        "pk",
    )
    return urval.order_by(*ordning)


def hos_mig(vem: Anvandare) -> QuerySet[Nivaarende]:
    """Those that wait for `vem`, who makes them: sent back first, then drafts."""
    return i_lista().filter(bedomare=vem, lage__in=HOS_BEDOMAREN).order_by("lage", "skapad", "pk")


def synliga_for(vem: Anvandare) -> Q:
    """A draft that was never sent in is for the one who makes it."""
    return ~Q(lage=Arendelage.UTKAST) | Q(bedomare=vem)


def svar_per_kod(arende: Nivaarende) -> dict[str, Nivasvar]:
    """The answers by the area's kod."""
    return {ett.omrade.kod: ett for ett in arende.svar.all()}


def poang(arende: Nivaarende) -> Poang:
    """What the answers come to as they are now."""
    return berakna(arende.instrument.skala(), {kod: ett.svar for kod, ett in svar_per_kod(arende).items()})


def forra(person_id: int, insats: str, fore: Nivaarende | None = None) -> Forra | None:
    """The latest godkänd assessment, but for the one that `fore` itself led to."""
    urval = Nivabedomning.objects.filter(person=person_id, insats=insats, status=Bedomningsstatus.GODKAND)
    if fore and fore.bedomning_id:
        urval = urval.exclude(pk=fore.bedomning_id)
    bedomning = urval.order_by("-fran", "-godkand", "-nyckel").first()
    if bedomning is None:
        return None
    arende = arenden().filter(bedomning=bedomning.pk).first()
    return Forra(bedomning, arende, svar_per_kod(arende) if arende else {})


def bedomarnamn(vem: Anvandare) -> str:
    """As the import format's bedomd_av and godkand_av have it: readable, and never the same for two users."""
    namn = vem.get_full_name()
    return (
        f"{namn[: 97 - len(vem.username)]} ({vem.username})" if namn and len(vem.username) < 60 else vem.username[:100]
    )


def gallande_beslut(person: Personmodell, insats: str, idag: date) -> Beslut | None:
    """The decision with bifall that gives the person the insats today."""
    urval = Beslut.objects.filter(person=person, insats=insats, period__contains=idag, fran__isnull=False)
    return urval.exclude(utfall=Utfall.AVSLAG).order_by("-fran").first()


def bedombara(personer: Iterable[int], idag: date) -> QuerySet[Beslut]:
    """Decisions in force on insatser that have an instrument today: whose level can be assessed."""
    insatser = instrument.insatser_med_instrument(idag)
    urval = Beslut.objects.filter(person__in=personer, insats__in=insatser, period__contains=idag, fran__isnull=False)
    return urval.exclude(utfall=Utfall.AVSLAG).select_related("person")


# ---- why not ----------------------------------------------------------------------------------------------------


def hinder_for_ny(person: Personmodell, insats: str, av: Anvandare, idag: date) -> list[str]:
    """Why no nivåbedömning may be begun."""
    hinder = hinder_for_ratt(av.roller, Ratt.BEDOMA_NIVA)
    namn = Insats(insats).label
    if instrument.pa_dag(insats, idag) is None:
        hinder.append(f"Det finns inget instrument för {namn} i dag. Avtalssamordnaren tar ett i bruk.")
    if gallande_beslut(person, insats, idag) is None:
        hinder.append(f"Personen har inget gällande beslut om {namn}.")
    oppet = Nivaarende.objects.filter(person=person, insats=insats, lage__in=OPPNA).select_related("bedomare").first()
    if oppet:
        hinder.append(f"Det finns redan en pågående nivåbedömning för {namn}, hos {_vem(oppet.bedomare)}.")
    return hinder


def hinder_for_andring(arende: Nivaarende, av: Anvandare) -> list[str]:
    """Why `av` may not change the answers."""
    hinder = hinder_for_ratt(av.roller, Ratt.BEDOMA_NIVA)
    if arende.bedomare_id != av.pk:
        hinder.append(f"Bedömningen görs av {_vem(arende.bedomare)}. Bara den som gör bedömningen ändrar den.")
    if arende.lage not in HOS_BEDOMAREN:
        hinder.append(f"Bedömningen är {arende.get_lage_display()} och ändras inte.")
    return hinder


def hinder_for_inskick(arende: Nivaarende, av: Anvandare, idag: date) -> list[str]:
    """Why the nivåbedömning may not be sent in as it is."""
    hinder = hinder_for_andring(arende, av)
    svar = poang(arende)
    if not svar.niva:
        hinder.append(svar.skal)
    saknar = [ett.omrade.namn for ett in arende.svar.all() if ett.svar and not ett.skal.strip()]
    if saknar:
        hinder.append(f"Skriv skäl för varje område som inte är 0. Skäl saknas för: {', '.join(saknar)}.")
    if arende.onskad_fran is None:
        hinder.append("Ange från vilken dag nivån ska gälla.")
    elif abs((arende.onskad_fran - idag).days) > LANGST_BORT:
        hinder.append("Dagen som nivån ska gälla från ligger mer än tio år bort.")
    if not arende.sammanfattning.strip():
        hinder.append("Skriv en sammanfattning.")
    if gallande_beslut(arende.person, arende.insats, idag) is None:
        hinder.append("Personen har inte längre något gällande beslut om insatsen.")
    return hinder


def hinder_for_provning(arende: Nivaarende, av: Anvandare) -> list[str]:
    """Why `av` may not decide on the nivåbedömning: never one's own, and only while it waits."""
    hinder = hinder_for_ratt(av.roller, Ratt.PROVA_NIVA) + hinder_for_egen(arende, av)
    if not tillgang.far_se(av, arende.person):
        hinder.append("Personens uppgifter är skyddade. Bedömningen prövas av någon som får se dem.")
    if arende.lage != Arendelage.INSKICKAD:
        hinder.append(_redan(arende))
    return hinder


def hinder_for_egen(arende: Nivaarende, av: Anvandare) -> list[str]:
    """That `av` has made it, or a part of it before somebody took it over."""
    if arende.bedomare_id == av.pk:
        return ["Du har själv gjort bedömningen. Någon annan prövar den."]
    if Nivaovertagande.objects.filter(Q(fran=av) | Q(till=av), arende=arende).exists():
        return ["Du har gjort en del av bedömningen, innan någon annan tog över. Någon annan prövar den."]
    return []


def hinder_for_dagen(arende: Nivaarende, fran: date) -> list[str]:
    """Why the level cannot be approved from the day: too far from the one that was asked for, a slip of the hand."""
    onskad = arende.onskad_fran
    if onskad is None or abs((fran - onskad).days) <= LANGST_BORT:
        return []
    return [f"Dagen ligger mer än tio år från den som önskades, {datum_i_ord(onskad)}."]


def hinder_for_synpunkt(arende: Nivaarende, av: Anvandare) -> list[str]:
    """Why the utförare may not contest the decision. Whose person it is, is the page's to know."""
    hinder = hinder_for_ratt(av.roller, Ratt.RAPPORTERA)
    if arende.lage not in AVGJORDA:
        hinder.append("En synpunkt lämnas när bedömningen är godkänd eller avvisad.")
    if hasattr(arende, "synpunkt"):
        hinder.append("Utföraren har redan lämnat en synpunkt på bedömningen. Det görs en gång.")
    return hinder


def hinder_for_svar(arende: Nivaarende, av: Anvandare) -> list[str]:
    """Why `av` may not answer the utförare's synpunkt."""
    hinder = hinder_for_ratt(av.roller, Ratt.PROVA_NIVA)
    synpunkt = getattr(arende, "synpunkt", None)
    if synpunkt is None:
        return [*hinder, "Det finns ingen synpunkt att besvara."]
    if synpunkt.svar:
        hinder.append("Synpunkten är redan besvarad.")
    if synpunkt.av_id == av.pk:
        hinder.append("Du har själv lämnat synpunkten. Någon annan besvarar den.")
    if not tillgang.far_se(av, arende.person):
        hinder.append("Personens uppgifter är skyddade. Synpunkten besvaras av någon som får se dem.")
    return hinder


def _vem(anvandare: Anvandare) -> str:
    return anvandare.get_full_name() or anvandare.username


def _redan(arende: Nivaarende) -> str:
    """Who decided already, so that the one who came second knows."""
    senaste = arende.provningar.select_related("av").order_by("-tidpunkt", "-pk").first()
    if senaste is None or arende.lage == Arendelage.UTKAST:
        return "Bedömningen är inte inskickad."
    dag = _dag(senaste.tidpunkt)
    return f"Bedömningen är redan {arende.get_lage_display()}, av {_vem(senaste.av)} {dag}."


def _dag(tidpunkt: datetime) -> str:
    return datum_i_ord(lokal_dag(tidpunkt))
