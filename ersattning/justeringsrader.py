"""R51 in the database: the rows that a körning gets of godkända justeringar, and what is not in it."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import Exists, OuterRef

from ersattning import queries
from ersattning.kalkyl.justering import bars_av
from ersattning.models import Ersattningsrad, Justering, Korning
from ersattning.regler import REGELVERSION, Justeringslage, Radenhet, Radtyp
from grund.pengar import kronor
from grund.text import antal_ord, manad_i_ord
from grund.tid import Manad


def lagg_till(korning: Korning) -> None:
    """Store the körning's rows of justeringar. What is a row already, in whichever körning, is not made one again."""
    Ersattningsrad.objects.bulk_create([_rad(korning, ett) for ett in _utan_rad(korning, Justeringslage.GODKAND)])


def inte_med(korning: Korning) -> list[str]:
    """That godkända justeringar are not in the körning, and where they go instead; empty when all are in it."""
    return [] if korning.ar_fast else inte_med_i_ord(korning, _utan_rad(korning, Justeringslage.GODKAND))


def vantande(korning: Korning) -> tuple[list[Justering], list[Justering]]:
    """What the körning would carry if it was calculated now and does not: the godkända, and the proposed. One query
    where there are none."""
    if korning.ar_fast:
        return [], []
    alla = _utan_rad(korning, Justeringslage.GODKAND, Justeringslage.FORESLAGEN)
    godkanda = [ett for ett in alla if ett.status == Justeringslage.GODKAND]
    return godkanda, [ett for ett in alla if ett.status == Justeringslage.FORESLAGEN]


def inte_med_i_ord(korning: Korning, alla: Sequence[Justering]) -> list[str]:
    """The sentence about these godkända; none of none."""
    if not alla:
        return []
    summa, manad = sum((ett.belopp for ett in alla), Decimal(0)), Manad.av(korning.manad)
    antal = antal_ord(len(alla), "godkänd justering", "godkända justeringar")
    vad = f"{antal} på {kronor(summa)} är inte med i {manad_i_ord(manad)}."
    return [f"{vad} Räkna om månaden för att få med det; annars betalas det med {manad_i_ord(manad.plus(1))}."]


def _utan_rad(korning: Korning, *lagen: Justeringslage) -> list[Justering]:
    """Those in these states that are no row, and that the körning carries."""
    har_rad = Exists(Ersattningsrad.objects.filter(justering=OuterRef("pk")))
    urval = list(Justering.objects.filter(~har_rad, status__in=lagen, manad__lte=korning.manad).order_by("pk"))
    senast, manad = queries.senast_faststallda() if urval else None, Manad.av(korning.manad)
    return [ett for ett in urval if bars_av(ett.avser, manad, senast)]


def _rad(korning: Korning, ett: Justering) -> Ersattningsrad:
    antal = 1 if ett.belopp > 0 else -1
    return Ersattningsrad(
        korning=korning,
        avser_manad=ett.manad,
        typ=Radtyp.JUSTERING,
        utforare_id=ett.utforare_id,
        enhet_id=ett.enhet_id,
        verkstallighet_id=ett.verkstallighet_id,
        verkstallighet_nyckel=ett.verkstallighet_nyckel,
        person_id=ett.person_id,
        beslut_id=ett.beslut_id,
        insats=ett.insats,
        artikel=ett.slag,
        fran=ett.avser.fran,
        till=ett.avser.till,
        antal=antal,
        antal_taljare=antal,
        antal_namnare=1,
        enhet_for_antal=Radenhet.STYCK,
        a_pris=abs(ett.belopp),
        faktor=1,
        belopp=ett.belopp,
        underlag=ett.nyckel,
        regelversion=REGELVERSION,
        grund=[{"justering": ett.pk}],
        justering=ett,
    )
