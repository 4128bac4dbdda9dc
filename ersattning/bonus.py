"""R50 in the database: stores what the core has decided of the bonus of a körning, and what is taken back."""

from datetime import timedelta

from django.db.models import Sum

from beslut.regler import Insats
from ersattning.bonusunderlag import fasta_manader, las_kanda, las_personer, las_regler, las_stoppade
from ersattning.kalkyl import bonus as kalkyl
from ersattning.lagring import kreditera
from ersattning.models import Aterkravsrad, Avvikelse, Bonusutfall, Ersattningsrad, Korning
from ersattning.queries import senast_faststallda
from ersattning.regler import FAST, REGELVERSION, Artikel, Avvikelsekod, Radenhet, Radtyp
from grund.pengar import fast, kronor
from grund.text import manad_i_ord
from grund.tid import Manad


def berakna_bonus(korning: Korning) -> None:
    """Store the körning's bonus rows, what became of each payment, and what decisions take back."""
    aldre = fasta_manader() if korning.bar_rattelser else frozenset()
    utfall = kalkyl.manadens_utfall(
        las_personer(), las_regler(), las_kanda(), Manad.av(korning.manad), aldre, las_stoppade()
    )
    Ersattningsrad.objects.bulk_create([_rad(korning, ett.betalning) for ett in utfall if ett.betald])
    Avvikelse.objects.bulk_create([_avvikelse(korning, ett.betalning) for ett in utfall if not ett.betald])
    Bonusutfall.objects.bulk_create([_utfall(korning, ett) for ett in utfall])
    if korning.bar_rattelser:
        kreditera(korning.pk, att_ta_tillbaka())


def att_ta_tillbaka() -> list[int]:
    """The settled bonus rows (ids) that a decision takes back, and no settled month has taken back yet."""
    tagna = Ersattningsrad.objects.filter(
        artikel=Artikel.ARBETSBONUS, krediterar__isnull=False, korning__status__in=FAST
    ).values("krediterar")
    kvar = Aterkravsrad.objects.exclude(rad__in=tagna).order_by("rad")
    return list(kvar.values_list("rad", flat=True))


def inte_med(korning: Korning) -> list[str]:
    """That the körning, which is the next to be settled, was calculated before bonuses that it should take back."""
    manad = Manad.av(korning.manad)
    ska = [] if korning.ar_fast else att_ta_tillbaka()
    if not ska or (senast := senast_faststallda()) is None or manad != senast.plus(1):
        return []
    med = set(Ersattningsrad.objects.filter(korning=korning, krediterar__in=ska).values_list("krediterar", flat=True))
    kvar = [pk for pk in ska if pk not in med]
    if not kvar:
        return []
    summa = Ersattningsrad.objects.filter(pk__in=kvar).aggregate(summa=Sum("belopp"))["summa"]
    vad = f"Återkrav av arbetsbonus på {kronor(summa)} är inte med i {manad_i_ord(manad)}."
    return [f"{vad} Räkna om månaden för att få med det; annars tas det tillbaka med {manad_i_ord(manad.plus(1))}."]


def _utfall(korning: Korning, ett: kalkyl.Utfall) -> Bonusutfall:
    betalning = ett.betalning
    return Bonusutfall(
        korning=korning,
        regel_id=betalning.regel.id,
        person_id=betalning.person.id,
        del_av_bonus=betalning.del_av_bonus,
        forfallodag=betalning.forfallodag,
        belopp=betalning.belopp,
        betald=ett.betald,
    )


def _rad(korning: Korning, betalning: kalkyl.Betalning) -> Ersattningsrad:
    verk, dag = betalning.verksamhet, betalning.forfallodag
    return Ersattningsrad(
        korning=korning,
        avser_manad=betalning.manad.fran,
        typ=Radtyp.BONUS,
        utforare_id=verk.utforare_id,
        enhet_id=verk.enhet_id,
        verkstallighet_id=verk.id,
        verkstallighet_nyckel=verk.nyckel,
        person_id=betalning.person.id,
        beslut_id=verk.beslut_id,
        insats=Insats.DAGLIG_VERKSAMHET,
        artikel=Artikel.ARBETSBONUS,
        fran=dag,
        till=dag + timedelta(days=1),
        antal=1,
        antal_taljare=1,
        antal_namnare=1,
        enhet_for_antal=Radenhet.STYCK,
        a_pris=betalning.belopp,
        faktor=1,
        belopp=betalning.belopp,
        regelversion=REGELVERSION,
        grund=[_grund(betalning)],
    )


def _grund(betalning: kalkyl.Betalning) -> dict[str, str | int]:
    return {
        "regel": betalning.regel.id,
        "del": betalning.del_av_bonus,
        "anstallning": betalning.anstallning.nyckel,
        "kedjans_forsta_dag": betalning.forsta_dag.isoformat(),
    }


def _avvikelse(korning: Korning, betalning: kalkyl.Betalning) -> Avvikelse:
    verk, dag = betalning.verksamhet, betalning.forfallodag
    return Avvikelse(
        korning=korning,
        manad=betalning.manad.fran,
        kod=Avvikelsekod.BONUS_ARSTAK,
        utforare_id=verk.utforare_id,
        verkstallighet_id=verk.id,
        verkstallighet_nyckel=verk.nyckel,
        person_id=betalning.person.id,
        fran=dag,
        till=dag + timedelta(days=1),
        varde=fast(betalning.belopp, 2),
    )
