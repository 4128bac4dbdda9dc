"""Each alarm: it is raised, not too early, and it stops."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from celery import current_app

from grund.insyn.schema import poster
from grund.tid import STOCKHOLM, Manad
from uppfoljning.driften.ord import JOBB, UPPGIFTER
from uppfoljning.driften.regler import (
    KODER,
    REGLER,
    Ansvar,
    Export,
    Jobblage,
    Lage,
    arbetsdagar_efter,
    larm,
)

NU = datetime(2026, 6, 11, 8, tzinfo=STOCKHOLM)
LUGNT = Lage(nu=NU, installerad=NU - timedelta(days=100), kopia=NU - timedelta(hours=5), provad=NU)
MAJ = Manad(2026, 5)
NATT = Jobblage("uppfoljning.tasks.natt", "Leta efter fel i data", None, NU - timedelta(hours=5))
SE_EFTER = Jobblage("x.se_efter", "Se efter", timedelta(seconds=10), NU)


def koder(lage: Lage) -> list[str]:
    return [ett.kod for ett in larm(lage)]


def export(gjord: datetime, *ej_hamtade: str) -> Lage:
    return replace(LUGNT, exporter=(Export(MAJ, gjord, ej_hamtade),))


def test_nothing_is_wrong_when_nothing_is() -> None:
    assert larm(replace(LUGNT, jobb=(NATT, SE_EFTER), exporter=(Export(MAJ, NU - timedelta(days=30), ()),))) == []


# 2026-06-06 is nationaldagen, on a Saturday: May's seventh working day is Tuesday 9 June.
FALL: list[tuple[str, Lage, Lage, Lage]] = [
    (
        "manad_ej_kord",
        replace(LUGNT, nu=datetime(2026, 6, 10, 0, 1, tzinfo=STOCKHOLM), okorda=(MAJ,), kopia=NU),
        replace(LUGNT, nu=datetime(2026, 6, 9, 23, 59, tzinfo=STOCKHOLM), okorda=(MAJ,), kopia=NU),
        LUGNT,
    ),
    (
        "export_ej_hamtad",
        export(datetime(2026, 6, 5, 10, tzinfo=STOCKHOLM), "Bokföringsorder (SIE 4I)"),
        export(datetime(2026, 6, 8, 10, tzinfo=STOCKHOLM), "Bokföringsorder (SIE 4I)"),
        export(datetime(2026, 6, 5, 10, tzinfo=STOCKHOLM)),
    ),
    (
        "kopia_gammal",
        replace(LUGNT, kopia=NU - timedelta(hours=26, seconds=1)),
        replace(LUGNT, kopia=NU - timedelta(hours=26)),
        replace(LUGNT, kopia=NU),
    ),
    (
        "kopia_gammal",
        replace(LUGNT, kopia=None),
        replace(LUGNT, kopia=None, installerad=NU - timedelta(hours=20)),
        LUGNT,
    ),
    (
        "kopieringen_misslyckas",
        replace(LUGNT, kopia_fel=NU - timedelta(hours=2)),
        replace(LUGNT, kopia_fel=NU - timedelta(hours=2, seconds=1)),  # it is told each hour that it goes on
        replace(LUGNT, kopia_fel=NU - timedelta(hours=1), kopia=NU),
    ),
    (
        "kopia_oprovad",
        replace(LUGNT, provad=NU - timedelta(days=40, seconds=1)),
        replace(LUGNT, provad=NU - timedelta(days=40)),
        LUGNT,
    ),
    (
        "kopia_oprovad",
        replace(LUGNT, provad=None),
        replace(LUGNT, provad=None, installerad=NU - timedelta(days=39)),
        LUGNT,
    ),
    (
        "jobb_sent",
        replace(LUGNT, jobb=(replace(NATT, lyckades=NU - timedelta(hours=27)),)),
        replace(LUGNT, jobb=(replace(NATT, lyckades=NU - timedelta(hours=25)),)),
        replace(LUGNT, jobb=(NATT,)),
    ),
    (
        "jobb_sent",
        replace(LUGNT, jobb=(replace(NATT, lyckades=None),)),
        replace(LUGNT, jobb=(replace(NATT, lyckades=None),), installerad=NU - timedelta(hours=3)),
        replace(LUGNT, jobb=(NATT,)),
    ),
    (
        "jobb_sent",
        replace(LUGNT, jobb=(replace(SE_EFTER, lyckades=NU - timedelta(minutes=11)),)),
        replace(LUGNT, jobb=(replace(SE_EFTER, lyckades=NU - timedelta(minutes=9)),)),
        replace(LUGNT, jobb=(SE_EFTER,)),
    ),
    ("uppgifter_misslyckade", replace(LUGNT, uppgiftsfel=2, aldsta_fel=NU), LUGNT, LUGNT),
    (
        "kon_star",
        replace(LUGNT, ko=4, stilla=901),
        replace(LUGNT, ko=4, stilla=899),
        replace(LUGNT, ko=0, stilla=901),
    ),
    ("kon_svarar_inte", replace(LUGNT, ko_svarar=False, arbetare=None, klocka=None), LUGNT, LUGNT),
    ("ingen_arbetare", replace(LUGNT, arbetare=121), replace(LUGNT, arbetare=119), LUGNT),
    ("ingen_klocka", replace(LUGNT, klocka=None), replace(LUGNT, klocka=119), LUGNT),
    ("disk_full", replace(LUGNT, ledigt_mb=1023), replace(LUGNT, ledigt_mb=1024), LUGNT),
    ("logg_bruten", replace(LUGNT, bruten=NU), LUGNT, LUGNT),
]


@pytest.mark.parametrize(("kod", "larmar", "tidigt", "slutar"), FALL)
def test_it_is_raised_not_too_early_and_it_stops(kod: str, larmar: Lage, tidigt: Lage, slutar: Lage) -> None:
    assert koder(larmar) == [kod]
    assert koder(tidigt) == []
    assert koder(slutar) == []


def test_every_code_is_tried_and_known() -> None:
    assert {kod for kod, *_ in FALL} == set(KODER)
    assert len(REGLER) == len(set(REGLER))


@pytest.mark.parametrize(("kod", "lage"), [(kod, lage) for kod, lage, *_ in FALL])
def test_it_says_what_and_what_to_do_in_sentences(kod: str, lage: Lage) -> None:
    (ett,) = larm(lage)
    for text in (ett.mening, ett.gor):
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")
    assert ett.ansvar is (Ansvar.ERSATTNING if kod in {"manad_ej_kord", "export_ej_hamtad"} else Ansvar.DRIFT)


def test_what_nobody_could_do_is_told_once() -> None:
    """Without a worker every job of seconds is late: that there is none says it."""
    sen = replace(SE_EFTER, lyckades=NU - timedelta(hours=1))
    assert koder(replace(LUGNT, jobb=(sen,), arbetare=3600.0)) == ["ingen_arbetare"]
    assert koder(replace(LUGNT, jobb=(replace(NATT, lyckades=None),), klocka=None)) == ["ingen_klocka", "jobb_sent"]


def test_a_file_is_spoken_of_as_one_and_several_as_several() -> None:
    gjord = datetime(2026, 6, 1, 10, tzinfo=STOCKHOLM)
    (en,) = larm(export(gjord, "Bokföringsorder"))
    (flera,) = larm(export(gjord, "Bokföringsorder", "Förväntade fakturor"))
    assert "är inte hämtad," in en.mening
    assert "är inte hämtade," in flera.mening


def test_a_log_that_does_not_hold_accuses_nobody_before_it_is_known_why() -> None:
    """The night's check also stops at rows that had waited for their seal while a worker was away."""
    (ett,) = larm(replace(LUGNT, bruten=NU))
    assert "kan ha" in ett.mening
    assert "kontrollera_logg" in ett.gor


def test_every_job_of_the_clock_and_every_task_has_words() -> None:
    current_app.loader.import_default_modules()
    vara = {namn for namn in current_app.tasks if not namn.startswith(("celery.", "tests."))}
    assert vara
    assert vara <= set(UPPGIFTER)
    assert {ett.nyckel for ett in poster()} <= set(JOBB)


def test_working_days_are_counted_past_holidays() -> None:
    fore_midsommar = datetime(2026, 6, 18, tzinfo=STOCKHOLM).date()
    assert arbetsdagar_efter(fore_midsommar, 1) == datetime(2026, 6, 22, tzinfo=STOCKHOLM).date()


def test_an_alarm_of_two_months_is_two() -> None:
    lage = replace(LUGNT, okorda=(Manad(2026, 4), MAJ))
    assert [ett.om for ett in larm(lage)] == ["2026-04", "2026-05"]
