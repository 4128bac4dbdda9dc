"""Claims for arbetsbonus: sent in with an intyg, and what the rules ask of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from beslut.regler import Insats
from ersattning import intyg as papper
from ersattning.intyg import Intyg
from ersattning.kalkyl.bonus import GLAPP_DAGAR
from ersattning.models import Bonusansokan, Bonusregel
from ersattning.regler import Anstallningsform
from grund.fel import svenska
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.pengar import kronor
from grund.text import antal_ord, datum_i_ord, och, procent, tal
from grund.tid import EN_DAG
from utforare.models import Enhet, Verkstallighet
from utforare.tillgang import synliga


@dataclass(frozen=True, slots=True)
class Uppgifter:
    """What the claim says of the job."""

    arbetsgivare: str
    fran: date
    sysselsattningsgrad: Decimal
    anstallningsform: str


def ansok(
    *, verk: Verkstallighet, uppgifter: Uppgifter, intyg: Intyg, av: Anvandare, idag: date, nu: datetime
) -> Bonusansokan:
    """Send in a claim. Nothing else is written: an anställning is made when the claim is decided."""
    if hinder := hinder_for_ansokan(verk, uppgifter.fran, idag):
        raise Hindrad(hinder)
    sokvag, sha256 = papper.spara(intyg)
    try:
        with transaction.atomic():
            return _skriv(verk, uppgifter, intyg, sokvag, sha256, av, nu)
    except IntegrityError as brott:
        papper.plats(sokvag).unlink(missing_ok=True)
        raise Hindrad([svenska(brott)]) from brott


def _skriv(
    verk: Verkstallighet, uppgifter: Uppgifter, intyg: Intyg, sokvag: str, sha256: str, av: Anvandare, nu: datetime
) -> Bonusansokan:
    ansokan = Bonusansokan.objects.create(
        person_id=verk.beslut.person_id,
        enhet=verk.enhet,
        verkstallighet_nyckel=verk.nyckel,
        arbetsgivare=uppgifter.arbetsgivare,
        fran=uppgifter.fran,
        sysselsattningsgrad=uppgifter.sysselsattningsgrad,
        anstallningsform=uppgifter.anstallningsform,
        av=av,
        tidpunkt=nu,
        sokvag=sokvag,
        sha256=sha256,
        storlek=len(intyg.innehall),
    )
    text = f"Ansökan om arbetsbonus skickades in: anställning från {datum_i_ord(uppgifter.fran)}."
    skriv_handelse(av=av, handling="ansok_om_bonus", objekt=f"verkstallighet:{verk.nyckel}", text=text)
    return ansokan


def hinder_for_ansokan(verk: Verkstallighet, fran: date, idag: date) -> list[str]:
    """Why there can be no claim at all. Whether the terms are met is for the municipality to decide."""
    if verk.beslut.insats != Insats.DAGLIG_VERKSAMHET:
        return ["Arbetsbonus gäller daglig verksamhet enligt LSS."]
    if fran > idag:
        return ["Anställningen har inte börjat. Skicka ansökan från och med första arbetsdagen."]
    if fran < verk.fran:
        return [f"Personen började hos er {datum_i_ord(verk.fran)}, efter att anställningen började."]
    if verk.till and (fran - (verk.till - EN_DAG)).days > GLAPP_DAGAR:  # R50 (a)
        slut = f"Daglig verksamhet slutade {datum_i_ord(verk.till - EN_DAG)}."
        return [f"{slut} Anställningen måste börja inom {GLAPP_DAGAR} dagar efter det."]
    return []


def valbara(vem: Anvandare, idag: date) -> QuerySet[Verkstallighet]:
    """Those for whom the user may send a claim: in daglig verksamhet at their enheter, now or lately."""
    urval = synliga(vem, idag).filter(beslut__insats=Insats.DAGLIG_VERKSAMHET, fran__lte=idag)
    return urval if vem.ser_skyddade else urval.filter(beslut__person__skyddad=False)


def ansokningar(enheter: Iterable[Enhet] | None = None) -> QuerySet[Bonusansokan]:
    """Claims of these enheter, or all, the latest first."""
    urval = Bonusansokan.objects.select_related("person", "enhet__utforare", "av").order_by("-tidpunkt", "-pk")
    urval = urval.prefetch_related("steg__av")
    return urval if enheter is None else urval.filter(enhet__in=enheter)


def far_lasa_intyg(vem: Anvandare, idag: date) -> QuerySet[Bonusansokan]:
    """Claims whose paper a utförare may open: while it may see the person, and no longer."""
    synlig = synliga(vem, idag).filter(enhet=OuterRef("enhet"), beslut__person=OuterRef("person"))
    return ansokningar().filter(Exists(synlig))


def pagar(ansokan: Bonusansokan, idag: date) -> bool:
    """Whether the person still has daglig verksamhet: a job may be a reason to try that decision anew (LSS 9 § 10)."""
    return Verkstallighet.objects.filter(
        beslut__person=ansokan.person_id, beslut__insats=Insats.DAGLIG_VERKSAMHET, period__contains=idag
    ).exists()


def villkor(idag: date) -> list[list[str]]:
    """What each version of the terms that holds today asks for, as sentences (R50)."""
    galler = Bonusregel.objects.filter(Q(till__isnull=True) | Q(till__gt=idag), fran__lte=idag).order_by(
        "fran", "nyckel"
    )
    return [villkor_i_ord(regel) for regel in galler]


def villkor_i_ord(regel: Bonusregel) -> list[str]:
    """What one version of the terms asks for, as sentences."""
    former = [Anstallningsform(form).label for form in regel.anstallningsformer]
    andel = regel.andel_vid_start if regel.andel_vid_start is not None else Decimal(1)
    rader = [
        f"Bonusen är {kronor(regel.belopp)} och betalas en gång per person.",
        f"Anställningsformen är {och(former, 'eller')}." if former else "",
        f"Sysselsättningsgraden är minst {tal(regel.minst_sysselsattningsgrad, 2, minst=0)} procent."
        if regel.minst_sysselsattningsgrad
        else "",
        f"Personen har varit i daglig verksamhet minst {_manader(regel.tidigast_manader)} innan anställningen."
        if regel.tidigast_manader
        else "",
        f"Anställningen börjar senast {_manader(regel.senast_manader)} efter första dagen i daglig verksamhet."
        if regel.senast_manader
        else "",
        _delarna(andel, regel.kvalificering_manader),
        f"Kommunen betalar högst {kronor(regel.arstak)} per kalenderår." if regel.arstak is not None else "",
    ]
    return [rad for rad in rader if rad]


def _delarna(andel: Decimal, kvalificering: int | None) -> str:
    if not kvalificering:
        return ""
    if not andel:
        return f"Hela bonusen betalas efter {_manader(kvalificering)} i arbetet."
    return f"{procent(andel)} betalas vid start, resten efter {_manader(kvalificering)} i arbetet."


def _manader(antal: int) -> str:
    return antal_ord(antal, "månad", "månader")
