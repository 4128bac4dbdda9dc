"""Controls of the log: draw, mark, finish (SoLPUL 10 §)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from beslut import loggkontroll as regler
from beslut.loggkontroll import Bedomt, Urval
from beslut.models import Kontrollbedomning, Kontrollrad, Loggkontroll
from beslut.models.loggkontroll import AVSLUTAD_TEXT
from beslut.regler import Lasningsutfall
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import antal_ord, tal
from grund.tid import lokal_dag

INGA = "Det finns inga läsningar att dra ur. Välj en annan period, eller färre villkor."


def dra_urval(*, urval: Urval, storlek: int, fro: int, av: Anvandare, nu: datetime) -> Loggkontroll:
    """Draw `storlek` of the readings (all, if there are fewer) with the seed `fro`. Raises Hindrad."""
    if hinder := regler.hinder_for_att_dra(urval, storlek, av, lokal_dag(nu)):
        raise Hindrad(hinder)
    with transaction.atomic():
        alla = list(regler.att_dra_ur(urval).values_list("pk", flat=True))
        if not alla:
            raise Hindrad([INGA])
        dragna = regler.dra(alla, storlek, fro)
        kontroll = _spara(urval, av, nu, fro=fro, antal=len(alla), storlek=len(dragna), sista_lasning=max(alla))
        Kontrollrad.objects.bulk_create(
            Kontrollrad(kontroll=kontroll, nummer=nummer, lasning_id=pk) for nummer, pk in enumerate(dragna, 1)
        )
        vad = f"{tal(len(dragna))} av {antal_ord(len(alla), 'läsning', 'läsningar')}, {regler.period_i_ord(urval)}"
        _skriv(kontroll, av, "dra_loggkontroll", f"{av.get_username()} drog {vad}, att kontrollera.", fro=fro)
    return kontroll


def bedom(*, kontroll: Loggkontroll, bedomda: Mapping[int, Bedomt], av: Anvandare, nu: datetime) -> int:
    """Mark readings by their number in the control; those that are said to be what they were are left. How many.

    Raises Hindrad when one of them is one's own, says nothing where it should, or the control is finished.
    """
    with transaction.atomic():
        _las(kontroll)
        rader = {rad.nummer: rad for rad in regler.rader(kontroll)}
        nya = {rader[nummer]: bedomt for nummer, bedomt in bedomda.items() if _ar_nytt(rader[nummer], bedomt)}
        if hinder := [
            f"Läsning {rad.nummer}: {orsak}"
            for rad, bedomt in nya.items()
            for orsak in [*regler.hinder_for_att_bedoma(rad, av), *regler.hinder_for_bedomt(rad, bedomt)]
        ]:
            raise Hindrad(hinder)
        Kontrollbedomning.objects.bulk_create(
            Kontrollbedomning(rad=rad, tidpunkt=nu, av=av, utfall=ett.utfall, anteckning=ett.anteckning.strip())
            for rad, ett in nya.items()
        )
        if nya:
            vad = antal_ord(len(nya), "läsning", "läsningar")
            _skriv(kontroll, av, "bedom_lasningar", f"{av.get_username()} bedömde {vad}.")
    return len(nya)


def avsluta(*, kontroll: Loggkontroll, slutsats: str, av: Anvandare, nu: datetime) -> None:
    """Finish the control: nothing of it changes any more, and the protocol can be made. Raises Hindrad."""
    with transaction.atomic():
        _las(kontroll)
        rader = regler.rader(kontroll)
        if hinder := regler.hinder_for_att_avsluta(rader, av):
            raise Hindrad(hinder)
        Loggkontroll.objects.filter(pk=kontroll.pk).update(avslutad=nu, avslutad_av=av, slutsats=slutsats.strip())
        antal = regler.fordelning(rader)[Lasningsutfall.EJ_I_ORDNING]
        vad = f"{tal(antal)} av {antal_ord(len(rader), 'läsning', 'läsningar')} var inte i ordning"
        _skriv(kontroll, av, "avsluta_loggkontroll", f"{av.get_username()} avslutade kontrollen: {vad}.")
    kontroll.refresh_from_db()


def _las(kontroll: Loggkontroll) -> None:
    """One at a time, and never after the end."""
    if Loggkontroll.objects.select_for_update(no_key=True).get(pk=kontroll.pk).avslutad:
        raise Hindrad([AVSLUTAD_TEXT])


def _ar_nytt(rad: Kontrollrad, bedomt: Bedomt) -> bool:
    return regler.sagt(rad) != (bedomt.utfall, bedomt.anteckning.strip())


def _spara(urval: Urval, av: Anvandare, nu: datetime, **tal_: int) -> Loggkontroll:
    return Loggkontroll.objects.create(
        skapad=nu,
        av=av,
        fran=urval.fran,
        till=urval.till,
        vems=urval.vems,
        bara_utanfor=urval.bara_utanfor,
        bara_skyddade=urval.bara_skyddade,
        **tal_,
    )


def _skriv(kontroll: Loggkontroll, av: Anvandare, handling: str, text: str, **data: int) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"loggkontroll:{kontroll.pk}", text=text, **data)
