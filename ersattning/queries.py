"""Reads of körningar: how far one has come, and why a step may not be taken (an empty list means yes)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from ersattning.bonusunderlag import las_stoppade
from ersattning.models import Avvikelse, Bonusutfall, Delkorning, Ersattningsrad, Korning
from ersattning.regler import FAST, Status
from grund.behorighet import RATTER, Ratt, hinder_for_ratt
from grund.models import Andring, Anvandare, Handelse
from grund.sortering import pa_svenska
from grund.text import tidpunkt_i_ord
from grund.tid import Manad

ARBETSLAS = 4_711_003  # key of the advisory lock that a task shares while it calculates
MISSLYCKAD = "berakning_misslyckades"


@dataclass(frozen=True, slots=True)
class Framsteg:
    """How far a körning has come: parts done of all, and rows so far."""

    klara: int
    alla: int
    rader: int


def hamta_korning(manad: Manad) -> Korning | None:
    """The körning of the month, if there is one."""
    return Korning.objects.filter(manad=manad.fran).first()


def personer_i(korning: Korning, utforare_id: int | None = None) -> list[int]:
    """Whom the körning has rows about, or avvikelser, by primary key: for the log of who has read its files."""
    rader = Ersattningsrad.objects.filter(korning=korning)
    avvikelser = Avvikelse.objects.filter(korning=korning)
    if utforare_id:
        rader, avvikelser = rader.filter(utforare=utforare_id), avvikelser.filter(utforare=utforare_id)
    funna = {pk for pk in rader.values_list("person_id", flat=True) if pk}
    return sorted(funna.union(avvikelser.values_list("verkstallighet__beslut__person_id", flat=True)))


def senast_faststallda() -> Manad | None:
    """The latest settled month."""
    korning = Korning.objects.filter(status__in=FAST).order_by("-manad").first()
    return Manad.av(korning.manad) if korning else None


def framsteg(korning: Korning) -> Framsteg:
    """Parts done and rows stored so far."""
    delar = Delkorning.objects.filter(korning=korning)
    tal = delar.aggregate(alla=Count("id"), klara=Count("klar"), rader=Sum("antal_rader"))
    return Framsteg(tal["klara"], tal["alla"], tal["rader"] or 0)


def visa_arbete() -> None:
    """Let `nagon_arbetar` know, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ARBETSLAS])


def nagon_arbetar() -> bool:
    """Whether a task is calculating, for any month. Row locks do not tell: to look at them is to take them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ARBETSLAS])
        ((ledigt,),) = cursor.fetchall()
    return not ledigt


def misslyckanden(korning: Korning) -> list[str]:
    """What tasks of this omgång have told of faults that trying again does not cure."""
    handelser = Handelse.objects.filter(objekt=f"korning:{korning}", handling=MISSLYCKAD, data__omgang=korning.omgang)
    return list(handelser.values_list("text", flat=True))


def totalbelopp(korning: Korning) -> Decimal:
    """The month's total: the sum of the rounded rows (R0)."""
    return Ersattningsrad.objects.filter(korning=korning).aggregate(s=Sum("belopp"))["s"] or Decimal(0)


def hinder_for_korning(manad: Manad, av: Anvandare | None) -> list[str]:
    """Why the month may not be calculated: it, or a later one, is settled. `av` None = the system itself."""
    hinder = hinder_for_ratt(av.roller, Ratt.KORA_MANAD) if av else []
    senast = senast_faststallda()
    if senast is None or manad > senast:
        return hinder
    korning = hamta_korning(manad)
    if korning and korning.ar_fast:
        blir = f"Ändringar i underlaget blir rättelser när {senast.plus(1)} körs."
        return [f"{manad} är {korning.get_status_display()} och räknas inte om. {blir}"]
    return [f"{senast} är redan fastställd och månader fastställs i ordning, så {manad} kan inte köras."]


def granskning_som_faller(korning: Korning | None) -> list[str]:
    """Whose review a new calculation of the month would undo, as a sentence; empty when it would undo none."""
    if korning is None or korning.status != Status.GRANSKAD or not korning.granskad or not korning.granskad_av:
        return []
    vem = korning.granskad_av.get_full_name() or korning.granskad_av.get_username()
    nar = tidpunkt_i_ord(korning.granskad)
    return [f"{vem} granskade {korning} {nar}. Räknas månaden om gäller den granskningen inte längre."]


def _lage(korning: Korning) -> str:
    if korning.status == Status.BERAKNAS:
        return f"{korning} är inte färdigberäknad. Vänta, eller kör månaden igen om beräkningen avbröts."
    return f"{korning} är {korning.get_status_display()}."


def hinder_for_granskning(korning: Korning, av: Anvandare) -> list[str]:
    """Why `av` may not mark the month as reviewed."""
    hinder = hinder_for_ratt(av.roller, Ratt.GRANSKA_MANAD)
    if korning.status != Status.BERAKNAD:
        hinder.append(f"{_lage(korning)} Bara en beräknad månad kan granskas.")
    return hinder


def hinder_for_faststallande(korning: Korning, av: Anvandare) -> list[str]:
    """Why `av` may not settle the month (R40, R41)."""
    hinder = hinder_for_ratt(av.roller, Ratt.FASTSTALLA_MANAD)
    if korning.status != Status.GRANSKAD:
        hinder.append(f"{_lage(korning)} Månaden måste vara granskad för att fastställas.")
    if av.pk in {korning.beraknad_av_id, korning.granskad_av_id}:
        hinder.append(f"{av.get_username()} har beräknat eller granskat {korning} och får inte fastställa den.")
    return hinder + _hinder_for_ordning(Manad.av(korning.manad)) + _hinder_for_bonus(korning)


def kan_faststalla(korning: Korning) -> list[Anvandare]:
    """Those who may settle the month as far as roles and four eyes go (R41)."""
    roller = [str(roll) for roll in RATTER[Ratt.FASTSTALLA_MANAD]]
    inte = [pk for pk in (korning.beraknad_av_id, korning.granskad_av_id) if pk]
    med_ratt = Anvandare.objects.filter(is_active=True, roller__overlap=roller).exclude(pk__in=inte)
    return list(med_ratt.order_by(*pa_svenska("first_name", "username")))


def _hinder_for_bonus(korning: Korning) -> list[str]:
    """R50: no payment twice, none of a bonus that is taken back or by terms that have changed, and no cap passed: also
    when an earlier month was settled, or the decision was taken, after this one was calculated.
    """
    fasta = Bonusutfall.objects.filter(korning__status__in=FAST)
    egna = list(Bonusutfall.objects.filter(korning=korning).select_related("regel"))
    kanda = set(fasta.values_list("regel_id", "person_id", "del_av_bonus"))
    dubbla = any((ett.regel_id, ett.person_id, ett.del_av_bonus) in kanda for ett in egna)
    stoppade = las_stoppade() if egna else set()
    if any((ett.regel_id, ett.person_id) in stoppade for ett in egna if ett.betald):
        return [f"{korning} betalar en arbetsbonus som har återkrävts efter beräkningen. Kör om månaden."]
    if Andring.objects.filter(
        pk__gt=korning.andring_nr, slag="regel", objekt_id__in={e.regel_id for e in egna}
    ).exists():
        return [f"Villkoren för en arbetsbonus i {korning} har ändrats efter beräkningen. Kör om månaden."]
    if not dubbla and not any(_over_tak(ett, egna, fasta) for ett in egna if ett.betald):
        return []
    return [
        f"Bonusen i {korning} räknades innan en tidigare månad fastställdes och stämmer inte längre. Kör om månaden."
    ]


def _over_tak(ett: Bonusutfall, egna: list[Bonusutfall], fasta: QuerySet[Bonusutfall]) -> bool:
    """Whether the rule's year holds more than its cap, with what is settled and what the körning would add."""
    tak, ar = ett.regel.arstak, ett.forfallodag.year
    fast = fasta.filter(regel=ett.regel, forfallodag__year=ar, betald=True).aggregate(s=Sum("belopp"))["s"] or 0
    eget = sum(b.belopp for b in egna if b.betald and b.regel_id == ett.regel_id and b.forfallodag.year == ar)
    return tak is not None and fast + eget > tak


def _hinder_for_ordning(manad: Manad) -> list[str]:
    """Months are settled in order, without gaps."""
    senast = senast_faststallda()
    if senast is not None and manad != senast.plus(1):
        return [f"Månader fastställs i ordning. Nästa att fastställa är {senast.plus(1)}."]
    tidigare = Korning.objects.filter(manad__lt=manad.fran).exclude(status__in=FAST).order_by("manad").first()
    return [f"Månader fastställs i ordning. {tidigare} är inte fastställd."] if tidigare else []
