"""R50 in the database: gathers what the core needs to decide the bonus of a körning, and stores what it decided."""

from collections import defaultdict
from datetime import timedelta
from fractions import Fraction

from beslut.models import Person
from beslut.regler import Insats
from ersattning.kalkyl import bonus as kalkyl
from ersattning.models import Anstallning, Avvikelse, Bonusregel, Bonusutfall, Ersattningsrad, Korning
from ersattning.regler import FAST, REGELVERSION, Artikel, Avvikelsekod, Radenhet, Radtyp
from grund.pengar import fast
from grund.tid import Manad
from utforare.models import Verkstallighet


def berakna_bonus(korning: Korning) -> None:
    """Store the körning's bonus rows, and what became of each payment."""
    utfall = kalkyl.manadens_utfall(
        _las_personer(), _las_regler(), _las_kanda(), Manad.av(korning.manad), _fasta_manader(korning)
    )
    Ersattningsrad.objects.bulk_create([_rad(korning, ett.betalning) for ett in utfall if ett.betald])
    Avvikelse.objects.bulk_create([_avvikelse(korning, ett.betalning) for ett in utfall if not ett.betald])
    Bonusutfall.objects.bulk_create([_utfall(korning, ett) for ett in utfall])


def _fasta_manader(korning: Korning) -> frozenset[Manad]:
    """The settled months whose late payments this körning carries: all, if it is the one that carries corrections."""
    if not korning.bar_rattelser:
        return frozenset()
    return frozenset(Manad.av(dag) for dag in Korning.objects.filter(status__in=FAST).values_list("manad", flat=True))


def _las_regler() -> list[kalkyl.Regel]:
    return [
        kalkyl.Regel(
            id=regel.pk,
            belopp=regel.belopp,
            tidigast_manader=regel.tidigast_manader,
            senast_manader=regel.senast_manader,
            kvalificering_manader=regel.kvalificering_manader or 0,
            andel_vid_start=Fraction(regel.andel_vid_start or 0),
            anstallningsformer=frozenset(regel.anstallningsformer),
            minst_sysselsattningsgrad=regel.minst_sysselsattningsgrad,
            arstak=regel.arstak,
            fran=regel.fran,
            till=regel.till,
        )
        for regel in Bonusregel.objects.order_by("pk")
    ]


def _las_personer() -> list[kalkyl.Bonusperson]:
    anstallningar, verksamheter = defaultdict(list), defaultdict(list)
    for ett in Anstallning.objects.order_by("pk"):
        anstallningar[ett.person_id].append(
            kalkyl.Anstallning(ett.pk, ett.nyckel, ett.fran, ett.till, ett.sysselsattningsgrad, ett.anstallningsform)
        )
    dagliga = Verkstallighet.objects.filter(
        beslut__insats=Insats.DAGLIG_VERKSAMHET, beslut__person__in=list(anstallningar)
    )
    for v in dagliga.select_related("beslut", "enhet"):
        verksamheter[v.beslut.person_id].append(
            kalkyl.Verksamhet(v.pk, v.nyckel, v.enhet.utforare_id, v.enhet_id, v.beslut_id, v.fran, v.till)
        )
    nycklar = Person.objects.filter(pk__in=list(anstallningar)).values_list("pk", "nyckel")
    return [kalkyl.Bonusperson(pk, nyckel, tuple(anstallningar[pk]), tuple(verksamheter[pk])) for pk, nyckel in nycklar]


def _las_kanda() -> dict[tuple[int, int, str], kalkyl.Kand]:
    """What settled months have paid or skipped for good."""
    return {
        (ett.regel_id, ett.person_id, ett.del_av_bonus): kalkyl.Kand(ett.forfallodag, ett.belopp, ett.betald)
        for ett in Bonusutfall.objects.filter(korning__status__in=FAST)
    }


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
