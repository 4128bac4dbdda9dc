"""The avvikelse about arbetsbonus: the year's cap did not hold it (R50)."""

from decimal import Decimal

from ersattning.forklaring import mal
from ersattning.forklaring.avvikelsefakta import Avvikelseunderlag
from ersattning.forklaring.avvikelsesvar import Svar
from ersattning.forklaring.ord import galler
from ersattning.forklaring.typer import Grund
from ersattning.models import Bonusutfall
from ersattning.regler import FAST
from grund.pengar import kronor
from grund.text import antal_ord, datum_i_ord


def bonus_arstak(u: Avvikelseunderlag) -> Svar:
    """Which rule, how much of its year was used before, and that a skipped payment is skipped for good."""
    a, belopp = u.avvikelse, Decimal(u.avvikelse.varde)
    utfall = _utfall(u, belopp)
    hande = [f"En arbetsbonus på {kronor(belopp)} förföll {datum_i_ord(a.fran)}, men ryms inte under årets tak."]
    kedja = []
    if utfall and (tak := utfall.regel.arstak) is not None:
        regel, (antal, anvant) = utfall.regel, _anvant(utfall)
        betalt = f"{antal_ord(antal, 'betalning', 'betalningar')} på sammanlagt {kronor(anvant)}"
        hande.append(
            f"Regeln {regel.nyckel} ger högst {kronor(tak)} för {a.fran.year}. Före den här hade {betalt} gått"
            f" åt, så det fanns {kronor(tak - anvant)} kvar."
        )
        text = f"Högst {kronor(tak)} per kalenderår."
        kedja.append(
            Grund("Bonusregel", f"{regel.nyckel}, {galler(regel.fran, regel.till)}", text, mal.regel("R50"), ("R50",))
        )
    gor = [
        "Stämmer taket behöver inget göras. Säg till utföraren, som annars väntar på pengarna.",
        "Är taket fel: rätta bonusregeln och kör månaden igen innan den fastställs.",
    ]
    pengar = [
        f"{kronor(belopp)} betalas inte. När månaden är fastställd prövas betalningen inte igen.",
        "En mindre betalning senare under året kan rymmas.",
    ]
    return Svar(hande, pengar, gor, kedja)


def _utfall(u: Avvikelseunderlag, belopp: Decimal) -> Bonusutfall | None:
    a = u.avvikelse
    urval = Bonusutfall.objects.filter(
        korning=a.korning_id, person=a.person_id, forfallodag=a.fran, betald=False, belopp=belopp
    )
    return urval.select_related("regel", "person", "korning").first()


def _anvant(utfall: Bonusutfall) -> tuple[int, Decimal]:
    """What had gone before it: settled by earlier months, and paid before it in the same körning."""
    urval = Bonusutfall.objects.filter(
        regel=utfall.regel_id, forfallodag__year=utfall.forfallodag.year, betald=True
    ).select_related("korning", "person")
    fore = [ett for ett in urval if _kom_fore(ett, utfall)]
    return len(fore), sum((ett.belopp for ett in fore), Decimal("0.00"))


def _kom_fore(ett: Bonusutfall, utfall: Bonusutfall) -> bool:
    if ett.korning_id != utfall.korning_id:
        return ett.korning.status in FAST and ett.korning.manad < utfall.korning.manad
    return (ett.forfallodag, ett.person.nyckel) < (utfall.forfallodag, utfall.person.nyckel)
