"""Drawing readings at random to look at, and the rules of the control (SoLPUL 10 §; grund.behorighet for who may)."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim

from beslut.models import Kontrollbedomning, Kontrollrad, Lasning, Loggkontroll
from beslut.regler import Lasningsutfall
from grund.behorighet import Ratt, hinder_for_ratt
from grund.models import Anvandare
from grund.text import antal_ord, dagar_i_ord, datum_i_ord
from grund.tid import EN_DAG, dygnets_start

STORST = 200  # more than somebody looks through with care


@dataclass(frozen=True, slots=True)
class Urval:
    """What to draw from: the days `[fran, till)`, one user's readings or everybody's, and narrower still."""

    fran: date
    till: date
    vems: Anvandare | None = None
    bara_utanfor: bool = False
    bara_skyddade: bool = False


@dataclass(frozen=True, slots=True)
class Bedomt:
    """What somebody says of a reading. `sett`: the mark and the note that they saw when they said it, if known."""

    utfall: str
    anteckning: str = ""
    sett: tuple[str, str] | None = None


def dra(nycklar: Sequence[int], storlek: int, fro: int) -> list[int]:
    """`storlek` of `nycklar` at random, in their order: the same for the same seed, whoever draws and when."""
    valda = set(random.Random(fro).sample(sorted(nycklar), min(storlek, len(nycklar))))
    return [nyckel for nyckel in nycklar if nyckel in valda]


def att_dra_ur(urval: Urval) -> QuerySet[Lasning]:
    """The readings that answer to the choice, in order of time."""
    dagar = {"tidpunkt__gte": dygnets_start(urval.fran), "tidpunkt__lt": dygnets_start(urval.till)}
    alla = Lasning.objects.filter(**dagar).order_by("tidpunkt", "pk")
    if urval.vems:
        alla = alla.filter(anvandare=urval.vems)
    if urval.bara_utanfor:
        alla = alla.filter(utanfor_uppdrag=True)
    return alla.filter(person__skyddad=True) if urval.bara_skyddade else alla


def urval_i(kontroll: Loggkontroll) -> Urval:
    """What the control was drawn from."""
    return Urval(kontroll.fran, kontroll.till, kontroll.vems, kontroll.bara_utanfor, kontroll.bara_skyddade)


def dragna_om(kontroll: Loggkontroll) -> list[int]:
    """The draw made again: primary keys of readings, as the control's rows have them."""
    fanns = att_dra_ur(urval_i(kontroll)).filter(pk__lte=kontroll.sista_lasning)
    return dra(list(fanns.values_list("pk", flat=True)), kontroll.storlek, kontroll.fro)


def rader(kontroll: Loggkontroll) -> list[Kontrollrad]:
    """The drawn readings in order, each with the latest `utfall`, `anteckning`, `bedomd` and `bedomare`. One query."""
    senaste = Kontrollbedomning.objects.filter(rad=OuterRef("pk")).annotate(vem=_NAMN).order_by("-pk")
    urval = Kontrollrad.objects.filter(kontroll=kontroll).select_related("lasning__anvandare", "lasning__person")
    return list(
        urval.annotate(
            **{namn: Subquery(senaste.values(falt)[:1]) for namn, falt in _SENASTE.items()},
        ).order_by("nummer")
    )


_NAMN = Coalesce(NullIf(Trim(Concat("av__first_name", Value(" "), "av__last_name")), Value("")), "av__username")
_SENASTE = {"utfall": "utfall", "anteckning": "anteckning", "bedomd": "tidpunkt", "bedomare": "vem"}


def tidigare(kontroll: Loggkontroll) -> Mapping[int, list[Kontrollbedomning]]:
    """Marks that have been changed, by row, the latest first; those that count are not among them."""
    svar: dict[int, list[Kontrollbedomning]] = {}
    for ett in Kontrollbedomning.objects.filter(rad__kontroll=kontroll).select_related("av").order_by("-pk"):
        svar.setdefault(ett.rad_id, []).append(ett)
    return {rad: alla[1:] for rad, alla in svar.items()}


def hinder_for_att_dra(urval: Urval, storlek: int, av: Anvandare, idag: date) -> list[str]:
    """Why `av` may not draw this sample."""
    hinder = hinder_for_ratt(av.roller, Ratt.KONTROLLERA_LASNINGAR)
    if urval.till <= urval.fran:
        hinder.append("Slutdagen ligger före startdagen.")
    if urval.till > idag + EN_DAG:
        hinder.append("Perioden kan inte sluta efter i dag.")
    if not 1 <= storlek <= STORST:
        hinder.append(f"Dra minst 1 och högst {STORST} läsningar.")
    return hinder


def hinder_for_att_bedoma(rad: Kontrollrad, av: Anvandare) -> list[str]:
    """Why `av` may not mark the drawn reading."""
    hinder = hinder_for_ratt(av.roller, Ratt.KONTROLLERA_LASNINGAR)
    if rad.lasning.anvandare_id == av.pk:
        hinder.append("Läsningen är din egen. Den bedöms av någon annan.")
    return hinder


def hinder_for_bedomt(rad: Kontrollrad, bedomt: Bedomt) -> list[str]:
    """Why it may not be said: somebody else has said something meanwhile, or what is wrong is not said."""
    if bedomt.sett is not None and bedomt.sett != sagt(rad):
        return ["Någon annan har bedömt den sedan du öppnade sidan. Ladda om sidan och se vad som är sagt."]
    if bedomt.utfall == Lasningsutfall.I_ORDNING or bedomt.anteckning.strip():
        return []
    if bedomt.utfall == Lasningsutfall.FRAGA:
        return ["Skriv vad du vill fråga om."]
    return ["Skriv vad som inte är i ordning och vad som görs åt det."]


def hinder_for_att_avsluta(alla: Sequence[Kontrollrad], av: Anvandare) -> list[str]:
    """Why `av` may not finish the control: every reading is to be in order, or not. `alla` from `rader`."""
    hinder = hinder_for_ratt(av.roller, Ratt.KONTROLLERA_LASNINGAR)
    egna = sum(1 for rad in alla if not _utfall(rad) and rad.lasning.anvandare_id == av.pk)
    kvar = sum(1 for rad in alla if not _utfall(rad)) - egna
    fragor = sum(1 for rad in alla if _utfall(rad) == Lasningsutfall.FRAGA)
    if kvar:
        hinder.append(f"{antal_ord(kvar, 'läsning är inte bedömd', 'läsningar är inte bedömda')}.")
    if egna:
        vad = antal_ord(egna, "av dina egna läsningar", "av dina egna läsningar")
        hinder.append(f"{vad} återstår. De bedöms av någon annan.")
    if fragor:
        vad = antal_ord(fragor, "läsning är", "läsningar är")
        hinder.append(f"{vad} märkta Att fråga om. Bedöm dem när du har fått svar.")
    return hinder


def period_i_ord(urval: Urval) -> str:
    """`1–31 maj 2026`; over the turn of a year both ends say which year."""
    sista = urval.till - EN_DAG
    if urval.fran.year == sista.year:
        return f"{dagar_i_ord(urval.fran, sista)} {sista.year}"
    return f"{datum_i_ord(urval.fran)}–{datum_i_ord(sista)}"


def urval_i_ord(urval: Urval) -> str:
    """What was drawn from: `alla läsningar`, `marias läsningar utanför uppdraget`."""
    vems = f"läsningar av {urval.vems.get_username()}" if urval.vems else "alla läsningar"
    delar = [vems, "utanför uppdraget" if urval.bara_utanfor else ""]
    delar.append("av personer med skyddade uppgifter" if urval.bara_skyddade else "")
    return " ".join(filter(None, delar))


def fordelning(alla: Sequence[Kontrollrad]) -> dict[str, int]:
    """How many readings have each mark; "" = none yet."""
    return {utfall: sum(1 for rad in alla if _utfall(rad) == utfall) for utfall in [*Lasningsutfall.values, ""]}


def kontroller() -> QuerySet[Loggkontroll]:
    """All controls, the latest first."""
    return Loggkontroll.objects.select_related("av", "vems", "avslutad_av").order_by(
        F("avslutad").desc(nulls_first=True), "-pk"
    )


def sagt(rad: Kontrollrad) -> tuple[str, str]:
    """The mark and the note that count; both empty when there are none."""
    return _utfall(rad), getattr(rad, "anteckning", None) or ""


def _utfall(rad: Kontrollrad) -> str:
    return getattr(rad, "utfall", None) or ""
