"""What the core needs to decide an arbetsbonus (R50), read from the database. It decides nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from beslut.models import Person
from beslut.regler import Insats
from ersattning.kalkyl import bonus as kalkyl
from ersattning.models import Anstallning, Aterkravsprovning, Bonusregel, Bonusutfall, Korning
from ersattning.regler import FAST, Aterkravsbeslut
from grund.tid import Manad
from utforare.models import Verkstallighet


def las_regler() -> list[kalkyl.Regel]:
    """Every version of the terms."""
    return [som_regel(ett) for ett in Bonusregel.objects.order_by("pk")]


def som_regel(regel: Bonusregel) -> kalkyl.Regel:
    """A version of the terms as the core reads it."""
    return kalkyl.Regel(
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


def las_personer(*, bara: Iterable[int] | None = None, aven: Iterable[int] = ()) -> list[kalkyl.Bonusperson]:
    """Everybody with an employment, or only `bara`; and those in `aven`, with one or not. Three queries."""
    vilka = Anstallning.objects.all() if bara is None else Anstallning.objects.filter(person__in=list(bara))
    anstallningar, verksamheter = defaultdict(list), defaultdict(list)
    for ett in vilka.order_by("pk"):
        anstallningar[ett.person_id].append(som_anstallning(ett))
    personer = {*anstallningar, *aven, *(bara or ())}
    dagliga = Verkstallighet.objects.filter(
        beslut__insats=Insats.DAGLIG_VERKSAMHET, beslut__person__in=personer
    ).select_related("beslut", "enhet")
    for v in dagliga:
        verksamheter[v.beslut.person_id].append(
            kalkyl.Verksamhet(v.pk, v.nyckel, v.enhet.utforare_id, v.enhet_id, v.beslut_id, v.fran, v.till)
        )
    nycklar = Person.objects.filter(pk__in=personer).values_list("pk", "nyckel")
    return [
        kalkyl.Bonusperson(pk, nyckel, tuple(anstallningar.get(pk, ())), tuple(verksamheter.get(pk, ())))
        for pk, nyckel in nycklar
    ]


def som_anstallning(ett: Anstallning) -> kalkyl.Anstallning:
    """An employment as the core reads it."""
    return kalkyl.Anstallning(ett.pk, ett.nyckel, ett.fran, ett.till, ett.sysselsattningsgrad, ett.anstallningsform)


def las_kanda() -> dict[kalkyl.Nyckel, kalkyl.Kand]:
    """What settled months have paid or skipped for good."""
    return {
        (ett.regel_id, ett.person_id, ett.del_av_bonus): kalkyl.Kand(ett.forfallodag, ett.belopp, ett.betald)
        for ett in Bonusutfall.objects.filter(korning__status__in=FAST)
    }


def las_stoppade() -> set[kalkyl.Bonus]:
    """The bonuses that somebody has decided to take back: nothing more of them is paid."""
    aterkravda = Aterkravsprovning.objects.filter(beslut=Aterkravsbeslut.ATERKRAV)
    return set(aterkravda.values_list("regel_id", "person_id"))


def fasta_manader() -> frozenset[Manad]:
    """The settled months."""
    manader: Iterable[date] = Korning.objects.filter(status__in=FAST).values_list("manad", flat=True)
    return frozenset(Manad.av(dag) for dag in manader)
