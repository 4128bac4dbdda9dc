"""Omprövning och uppföljning of the made-up municipality, counted anew; an earlier day comes out as it did."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from beslut.actions.efter import folj_upp
from beslut.koder import Uppfoljningsresultat, Uppfoljningssatt
from beslut.models import Beslut
from beslut.ord import insats_i_ord
from grund.arbetsbok import Slag
from grund.models import Anvandare
from tests.uppfoljning.omrakning.omprovning_och_uppfoljning import rakna_om
from uppfoljning.rapport.innehall import Lasare, Rapport, Tabell
from uppfoljning.rapporter.omprovning_och_uppfoljning.typ import OMPROVNING_OCH_UPPFOLJNING

pytestmark = pytest.mark.django_db
IDAG, MANADER = {}, {"steg": "manad"}
KVARTALET, NYAR = {"dag": "2026-03-31"}, {"dag": "2025-12-31", "steg": "manad"}


def _gor(urval: dict[str, str], idag: date, *, offentlig: bool = False) -> Rapport:
    form = OMPROVNING_OCH_UPPFOLJNING.form(urval, idag=idag)  # type: ignore[call-arg]
    assert form.is_valid(), form.errors
    return OMPROVNING_OCH_UPPFOLJNING.gor(form, idag, Lasare(offentlig))


def _som_omraknat(rapport: Rapport) -> dict[str, object]:
    """The report in the shape of the count."""
    tabeller = {ett.nyckel: [rad.celler for rad in ett.rader] for ett in rapport.tabeller}
    svar: dict[str, object] = {ett.nyckel: ett.av or ett.varde for ett in rapport.nyckeltal}
    for nyckel in ("sena", "snart"):
        svar[nyckel] = {rad[0]: (rad[1], rad[2], rad[3], rad[5]) for rad in tabeller[nyckel]}
    for nyckel in ("ej-klara", "kommande"):
        svar[nyckel] = {rad[0]: (rad[1], rad[2], rad[3], rad[6]) for rad in tabeller[nyckel]}
    svar["utan-beslut"] = {rad[0]: (rad[1], rad[2], rad[3], _enheter(rad[6])) for rad in tabeller["utan-beslut"]}
    svar["insatser"] = {rad[0]: rad[1:7] for rad in tabeller.get("insatser", [])}
    svar["handlaggare"] = {rad[0]: rad[1:] for rad in tabeller.get("handlaggare", [])}
    svar["senhet"] = tabeller.get("senhet", [])
    svar["trend"] = [rad[1:3] for rad in tabeller["trend"]]
    return svar


def _enheter(text: object) -> list[str]:
    return re.split(", | och ", str(text))


def _vantat(om: dict[str, object]) -> dict[str, object]:
    """The count in the shape of the report."""
    svar = dict(om)
    for nyckel in ("sena", "snart"):
        rader = om[nyckel].items()  # type: ignore[attr-defined]
        svar[nyckel] = {namn: (insats_i_ord(i), vem, senast, forra) for namn, (senast, forra, i, vem) in rader}
    for nyckel in ("ej-klara", "kommande"):
        rader = om[nyckel].items()  # type: ignore[attr-defined]
        svar[nyckel] = {namn: (insats_i_ord(i), vem, sista, nr or "") for namn, (sista, nr, i, vem) in rader}
    rader = om["utan-beslut"].items()  # type: ignore[attr-defined]
    svar["utan-beslut"] = {
        namn: (insats_i_ord(i), vem, slut, sorted(enheter)) for namn, (slut, enheter, i, vem) in rader
    }
    svar["insatser"] = {insats_i_ord(insats): antal for insats, antal in om["insatser"].items()}  # type: ignore[attr-defined]
    return svar


def _jamfor(urval: dict[str, str], idag: date) -> None:
    rapport, om = _gor(urval, idag), rakna_om(urval, idag)
    assert _som_omraknat(rapport) == _vantat(om)
    for tabell in rapport.tabeller:
        _summor_och_andelar(tabell)


def _summor_och_andelar(tabell: Tabell) -> None:
    """Sums are those of the rows, and a share is that of the two numbers before it."""
    for plats, kolumn in enumerate(tabell.kolumner):
        if tabell.summa and kolumn.summera:
            assert tabell.summa.celler[plats] == sum(rad.celler[plats] for rad in tabell.rader)  # type: ignore[misc]
        if kolumn.slag is Slag.ANDEL:
            for rad in (*tabell.rader, *((tabell.summa,) if tabell.summa else ())):
                alla, foljda = rad.celler[plats - 2 : plats]
                assert rad.celler[plats] == (Decimal(foljda) / alla if alla else None)  # type: ignore[arg-type,operator]


@pytest.mark.parametrize("urval", [IDAG, MANADER, KVARTALET, NYAR])
def test_every_figure_and_cell_is_what_a_slow_count_gives(demovarld: date, urval: dict[str, str]) -> None:
    _jamfor(urval, demovarld)


def test_days_are_told_from_the_rules(demovarld: date) -> None:
    rapport = _gor(IDAG, demovarld)
    tabeller = {ett.nyckel: ett.rader for ett in rapport.tabeller}
    assert tabeller["sena"]
    assert tabeller["kommande"]
    for rad in tabeller["sena"]:
        assert rad.celler[4] == (demovarld - rad.celler[3]).days > 0  # type: ignore[operator]
    for rad in (*tabeller["ej-klara"], *tabeller["kommande"]):
        till = rad.celler[3] + timedelta(days=1)  # type: ignore[operator]
        assert (rad.celler[4], rad.celler[5]) == (till - timedelta(days=30), (till - demovarld).days)


def test_a_follow_up_made_today_changes_today_and_no_earlier_day(demovarld: date) -> None:
    """The follow-up puts another day in the place of the one that was late, but it was late then."""
    maria = Anvandare.objects.get(username="maria")
    fore, da = _gor(IDAG, demovarld), _gor(KVARTALET, demovarld)
    sena = [rad.celler[0] for rad in next(t for t in fore.tabeller if t.nyckel == "sena").rader][:3]
    for nyckel in sena:
        folj_upp(
            beslut=Beslut.objects.get(nyckel=nyckel),
            dag=demovarld,
            satt=Uppfoljningssatt.MOTE,
            resultat=Uppfoljningsresultat.FORTSATT,
            text="Stödet fungerar.",
            nasta=demovarld + timedelta(days=365),
            av=maria,
            idag=demovarld,
        )
    efter = _gor(IDAG, demovarld)
    assert efter.nyckeltal[0].varde == fore.nyckeltal[0].varde - 3  # type: ignore[operator]
    assert _gor(KVARTALET, demovarld) == da
    _jamfor(IDAG, demovarld)
    _jamfor(KVARTALET, demovarld)


def test_in_public_it_is_of_a_whole_quarter_and_names_nobody(demovarld: date) -> None:
    publik = _gor(IDAG, demovarld, offentlig=True)
    assert publik.per == date(2026, 3, 31)
    assert publik == _gor(KVARTALET, demovarld, offentlig=True) == _gor(MANADER, demovarld, offentlig=True)
    assert publik.personer == frozenset()
    assert not any(ett.enskilda for ett in publik.tabeller)
    text = repr(publik)
    assert "Wik" not in text
    assert not any(nyckel in text for nyckel in Beslut.objects.values_list("nyckel", flat=True))
    intern = {ett.nyckel: ett for ett in _gor(KVARTALET, demovarld).nyckeltal}
    for ett in publik.nyckeltal:
        hur = intern[ett.nyckel].varde
        assert ett.varde == (round(hur, 2) if isinstance(hur, Decimal) else hur)
        assert ett.av is None  # those who are late are nearly the same: the difference would be few
