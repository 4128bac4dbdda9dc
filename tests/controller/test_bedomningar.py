"""What is made of an avvikelse stands when the month is calculated anew, as long as the avvikelse is the same."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from ersattning import actions
from ersattning.bedomningar import antal_obedomda, bedom, historia, med_bedomning
from ersattning.models import Avvikelse, Avvikelsebedomning, Korning
from ersattning.regler import Bedomning
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.tid import Manad
from tests.controller.conftest import EXEMPEL
from tests.kedja import direkt

pytestmark = pytest.mark.django_db


@pytest.fixture
def oktober() -> Korning:
    direkt.las_in(EXEMPEL / "7-kanter" / "paket")
    return direkt.kor("2024-10")


def _av(korning: Korning, kod: str) -> list[int]:
    return list(Avvikelse.objects.filter(korning=korning, kod=kod).order_by("pk").values_list("pk", flat=True))


def _bedom(pks: list[int], av: Anvandare, val: Bedomning = Bedomning.GODTAS, text: str = "Båda är rätt.") -> int:
    return len(bedom(avvikelser=pks, bedomning=val, anteckning=text, av=av, nu=timezone.now()))


def test_an_assessment_survives_that_the_month_is_calculated_anew(oktober: Korning, klara: Anvandare) -> None:
    alla = antal_obedomda(oktober)
    assert alla == 13
    assert _bedom(_av(oktober, "overlappande_besok"), klara) == 2
    assert antal_obedomda(direkt.kor("2024-10")) == alla - 2
    assert "bedömde 2\N{NO-BREAK SPACE}avvikelser" in Handelse.objects.get(handling="bedom_avvikelser").text


def test_the_same_said_twice_is_noted_once_and_a_new_view_is_added(oktober: Korning, klara: Anvandare) -> None:
    (pk,) = _av(oktober, "besok_utan_tid")
    assert [_bedom([pk], klara), _bedom([pk], klara)] == [1, 0]
    assert _bedom([pk], klara, Bedomning.ATGARDAS, "Utföraren är tillfrågad.") == 1
    senast, forst = historia(Avvikelse.objects.get(pk=pk))
    assert (senast.bedomning, forst.bedomning) == (Bedomning.ATGARDAS, Bedomning.GODTAS)
    (ett,) = med_bedomning(Avvikelse.objects.filter(pk=pk))
    assert (ett.bedomning, ett.bedomd) == (Bedomning.ATGARDAS, True)


def test_one_that_has_grown_since_is_to_be_looked_at_again(oktober: Korning, klara: Anvandare) -> None:
    (pk,) = _av(oktober, "verkstalld_utan_beslut")
    _bedom([pk], klara)
    ett = Avvikelse.objects.get(pk=pk)
    Avvikelse.objects.filter(pk=pk).update(till=ett.till + timedelta(days=1))
    (ett,) = med_bedomning(Avvikelse.objects.filter(pk=pk))
    assert not ett.bedomd
    assert len(historia(ett)) == 1


def test_what_was_put_right_and_came_back_is_to_be_looked_at_again(oktober: Korning, klara: Anvandare) -> None:
    _bedom(_av(oktober, "besok_utan_tid"), klara, Bedomning.RATTAD, "Rättat i källan.")
    kvar = antal_obedomda(oktober)
    assert antal_obedomda(direkt.kor("2024-10")) == kvar + 1


def test_one_kind_at_a_time_of_what_is_still_there(oktober: Korning, klara: Anvandare, rut: Anvandare) -> None:
    blandat = [*_av(oktober, "besok_utan_tid"), *_av(oktober, "omfattning_saknas")]
    with pytest.raises(Hindrad, match="ett slag"):
        _bedom(blandat, klara)
    with pytest.raises(Hindrad, match="minst en"):
        _bedom([], klara)
    with pytest.raises(Hindrad, match="krävs"):
        _bedom(blandat[:1], rut)
    direkt.kor("2024-10")
    with pytest.raises(Hindrad, match="räknats om"):
        _bedom(blandat[:1], klara)
    assert not Avvikelsebedomning.objects.exists()


def test_one_month_at_a_time(oktober: Korning, klara: Anvandare) -> None:
    ett, annat = Avvikelse.objects.filter(pk__in=_av(oktober, "overlappande_besok"))
    annat.korning = Korning.objects.create(manad=Manad(2024, 11).fran, startad=timezone.now())
    annat.save(update_fields=["korning"])
    with pytest.raises(Hindrad, match="en månad i taget"):
        _bedom([ett.pk, annat.pk], klara)


def test_what_was_said_is_never_changed_and_needs_a_note(oktober: Korning, klara: Anvandare) -> None:
    _bedom(_av(oktober, "besok_utan_tid"), klara)
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Avvikelsebedomning.objects.update(anteckning="Annat.")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Avvikelsebedomning.objects.all().delete()
    with pytest.raises(Hindrad, match="Skriv vad som är gjort"):
        _bedom(_av(oktober, "omfattning_saknas"), klara, text=" ")


def test_a_review_with_some_unassessed_has_to_be_confirmed_and_the_event_remembers(
    oktober: Korning, klara: Anvandare
) -> None:
    manad, nu = Manad(2024, 10), timezone.now()
    with pytest.raises(Hindrad, match=r"13.avvikelser är obedömda"):
        actions.granska_manad(manad=manad, av=klara, nu=nu, utan_underlag=True, trots_obedomda=False)
    actions.granska_manad(manad=manad, av=klara, nu=nu, utan_underlag=True, trots_obedomda=True)
    assert "13\N{NO-BREAK SPACE}avvikelser är obedömda." in Handelse.objects.get(handling="granska_manad").text
