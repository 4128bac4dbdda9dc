"""What of a prognos may be told in public: nothing that rests on a few persons, beside what rests on many."""

from datetime import date
from decimal import Decimal

from ersattning.models import Prognosrad
from ersattning.prognos.resultat import i_offentligheten, sma_insatser
from ersattning.regler import FYLLNADSORDNING, Prognoskalla


def _rad(
    insats: str, manad: int, personer: int, belopp: str = "100", kalla: str = "utfall", **mer: object
) -> Prognosrad:
    kronor = Decimal(belopp)
    falt = {"forlangt": kronor} | mer
    return Prognosrad(
        manad=date(2026, manad, 1), insats=insats, utforare_id=1, kalla=kalla, personer=personer, belopp=kronor, **falt
    )


STORA = [_rad(insats, manad, 9) for insats in ("LSS-9", "LSS-10", "LSS-2") for manad in (1, 2, 3)]


def test_an_insats_of_many_is_told_of_by_itself() -> None:
    assert sma_insatser(STORA) == frozenset()


def test_one_small_month_that_has_been_hides_the_year_which_other_documents_could_be_taken_from() -> None:
    sma = sma_insatser([*STORA, *(_rad("LSS-6", manad, antal) for manad, antal in ((1, 9), (2, 4), (3, 9)))])
    assert "LSS-6" in sma
    assert len(sma) == 2


def test_money_without_persons_is_somebodys_who_is_there_no_more() -> None:
    assert "LSS-4" in sma_insatser([*STORA, _rad("LSS-4", 2, 0, "-1234")])
    assert sma_insatser([*STORA, _rad("LSS-4", 2, 0, "0", Prognoskalla.PROGNOS)]) == frozenset()


def test_what_fills_up_is_the_same_in_every_document() -> None:
    (andra,) = sma_insatser([*STORA, _rad("LSS-6", 1, 1)]) - {"LSS-6"}
    assert andra == next(insats for insats in FYLLNADSORDNING if insats in {"LSS-9", "LSS-10", "LSS-2"})


def test_a_public_row_tells_nothing_of_rattelser_or_of_what_is_known_ahead() -> None:
    blev = i_offentligheten(_rad("LSS-9", 1, 9, "900", ovrigt=Decimal(-100)))
    assert (blev.belopp, blev.forlangt, blev.ovrigt) == (1000, 1000, 0)
    kommer = i_offentligheten(
        _rad("LSS-9", 9, 9, "900", Prognoskalla.PROGNOS, forlangt=Decimal(950), starter=Decimal(50), slut=Decimal(-20))
    )
    assert (kommer.belopp, kommer.forlangt, kommer.starter, kommer.slut) == (950, 950, 0, 0)
