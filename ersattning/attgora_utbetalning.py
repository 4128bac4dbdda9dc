"""Settled months that nobody has marked as utbetalda: what is next with them."""

from datetime import date

from django.urls import reverse

from ersattning.models import Fil, Korning
from ersattning.models.fil import UTBETALNINGSFILER
from ersattning.regler import Status
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import manad_i_ord
from grund.tid import Manad

VISAS = 8


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """For those who pay. `alla` changes nothing: the month is shared."""
    del idag, alla
    if not har_ratt(vem.roller, Ratt.BETALA_MANAD):
        return []
    kvar = list(Korning.objects.filter(status=Status.FASTSTALLD).order_by("manad"))
    if not kvar:
        return []
    gjorda = set(Fil.objects.filter(korning__in=kvar, slag__in=UTBETALNINGSFILER).values_list("korning_id", flat=True))
    return [
        Uppgiftsgrupp(
            "utbetalning",
            "Fastställda månader att betala ut",
            "Att betala ut",
            "Underlaget görs en gång. Den som fastställde månaden markerar den inte som utbetald.",
            [_uppgift(ett, vem, gjord=ett.pk in gjorda) for ett in kvar[:VISAS]],
            len(kvar),
            alla=reverse("ersattning:korningar"),
        )
    ]


def _uppgift(korning: Korning, vem: Anvandare, *, gjord: bool) -> Uppgift:
    manad = Manad.av(korning.manad)
    adress = reverse("ersattning:utbetalning", args=[manad])
    egen = korning.faststalld_av_id == vem.pk
    return Uppgift(
        nar=manad_i_ord(manad),
        vem=f"Utbetalning {manad_i_ord(manad)}",
        adress=adress,
        vad="Bokföringsorder och förväntade fakturor",
        lage="Underlaget är gjort" if gjord else "Underlaget är inte gjort",
        lage_under="någon annan markerar den" if gjord and egen else "",
        nasta="Visa" if gjord and egen else "Markera som utbetald" if gjord else "Gör underlaget",
        nasta_adress=adress,
    )
