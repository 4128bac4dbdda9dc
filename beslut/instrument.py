"""Reads instruments: which one is used for an insats on a day, and why a draft may not be taken into use."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from beslut.models import Instrument, Instrumentgrans, Instrumentomrade
from beslut.nivapoang import HOGST, Grans
from beslut.regler import Insats
from grund.behorighet import Ratt, hinder_for_ratt
from grund.models import Anvandare
from grund.text import datum_i_ord, och, tal


@dataclass(frozen=True, slots=True)
class Omradesutkast:
    """An area as it is filled in."""

    kod: str
    namn: str
    vikt: Decimal
    hjalp: str = ""


@dataclass(frozen=True, slots=True)
class Instrumentutkast:
    """All that a draft says, areas in their order."""

    namn: str
    insatser: Sequence[str]
    hogst_utan_tal: int
    beskrivning: str = ""
    omraden: Sequence[Omradesutkast] = field(default_factory=list)
    granser: Sequence[Grans] = field(default_factory=list)


_DELAR = (
    Prefetch("omraden", Instrumentomrade.objects.order_by("ordning", "id")),
    Prefetch("granser", Instrumentgrans.objects.order_by("minst")),
)


def med_delar() -> QuerySet[Instrument]:
    """Instruments with their areas and limits. Three queries, whatever the number."""
    return Instrument.objects.prefetch_related(*_DELAR)


def versioner() -> list[Instrument]:
    """Every version, those of one instrument together, the latest first."""
    return list(med_delar().select_related("i_bruk_av").order_by("namn", "-version"))


def pa_dag(insats: str, dag: date) -> Instrument | None:
    """The instrument that is used for the insats on the day."""
    return med_delar().filter(fran__isnull=False, period__contains=dag, insatser__contains=[insats]).first()


def insatser_med_instrument(dag: date) -> list[str]:
    """The insatser whose level can be assessed here on the day."""
    listor = Instrument.objects.filter(fran__isnull=False, period__contains=dag).values_list("insatser", flat=True)
    finns = {insats for lista in listor for insats in lista}
    return [insats for insats in Insats.values if insats in finns]


def hinder_for_bruk(instrument: Instrument, fran: date, av: Anvandare | None, idag: date) -> list[str]:
    """Why the draft may not be used from `fran` on. `av` None = the system itself."""
    hinder = hinder_for_ratt(av.roller, Ratt.PROVA_NIVA) if av else []
    if not instrument.ar_utkast:
        return [*hinder, f"{instrument} är redan tagen i bruk."]
    if fran < idag:
        hinder.append("En version tas i bruk från i dag eller senare.")
    return hinder + hinder_for_innehall(instrument) + _hinder_for_ordning(instrument, fran)


def hinder_for_innehall(instrument: Instrument) -> list[str]:
    """What the draft lacks for every sum to give a level, and every level to be possible."""
    omraden, granser = list(instrument.omraden.all()), list(instrument.granser.all())
    hinder = []
    if not omraden:
        hinder.append("Instrumentet har inga områden.")
    if not granser or min(grans.minst for grans in granser) > 0:
        hinder.append("Den lägsta gränsen ska vara 0 poäng, så att varje summa ger en nivå.")
    mest = sum(HOGST * ett.vikt for ett in omraden)
    if onabara := [grans.niva for grans in granser if grans.minst > mest]:
        hinder.append(f"Nivå {och(onabara)} kan inte nås: områdena ger högst {tal(mest, 2, minst=0)} poäng.")
    return hinder


def _hinder_for_ordning(instrument: Instrument, fran: date) -> list[str]:
    """Versions follow each other, and an insats has one instrument at a time."""
    i_bruk = Instrument.objects.filter(fran__isnull=False).exclude(pk=instrument.pk)
    senare = i_bruk.filter(namn=instrument.namn, fran__gte=fran).order_by("-fran").first()
    if senare and senare.fran:
        return [f"{senare} används från {datum_i_ord(senare.fran)}. Välj en senare dag."]
    andras = (
        i_bruk.exclude(namn=instrument.namn)
        .filter(Q(till__isnull=True) | Q(till__gt=fran), insatser__overlap=instrument.insatser)
        .first()
    )
    if andras is None:
        return []
    gemensamma = [str(Insats(ett).label) for ett in instrument.insatser if ett in andras.insatser]
    return [f"{andras} används redan för {och(gemensamma)}. En insats har ett instrument i taget."]


def som_utkast(instrument: Instrument) -> Instrumentutkast:
    """All that the version says, to make another from."""
    return Instrumentutkast(
        namn=instrument.namn,
        insatser=instrument.insatser,
        hogst_utan_tal=instrument.hogst_utan_tal,
        beskrivning=instrument.beskrivning,
        omraden=[Omradesutkast(ett.kod, ett.namn, ett.vikt, ett.hjalp) for ett in instrument.omraden.all()],
        granser=[Grans(ett.minst, ett.niva) for ett in instrument.granser.all()],
    )
