"""The share of staff with adequate education, against the goal. Pure but for addresses.

Staff are persons too: in public a group of one to four with or without education is not told of, and then neither is
the other regi, which would give it away beside the sum.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.urls import reverse

from beslut.ord import insats_i_ord
from grund.arbetsbok import Kolumn, Slag
from grund.text import antal_ord, stor_forsta
from uppfoljning.rapport.fordelning import FARRE
from uppfoljning.rapport.innehall import Del, Nyckeltal, Rad, Tabell
from uppfoljning.rapporter.avtalsuppfoljning.queries import Enhetsrad, Underlag
from uppfoljning.undertryckning import MINST
from utforare.regler import Regi

_RUBRIK = "Adekvat utbildning"
_PAGAR = "Året pågår. Andelen visas när det har slutat, så att två filer inte kan jämföras."


def delar(underlag: Underlag, *, offentlig: bool) -> Iterator[Del]:
    """The part, when something is told of the year's staff."""
    med = [ett for ett in underlag.enheter if ett.anstallda]
    if not med:
        yield Del("kompetens", _RUBRIK, ("Inga uppgifter om utbildning är inlästa för året.",))
    elif offentlig and underlag.dag.year == underlag.ar and (underlag.dag.month, underlag.dag.day) < (12, 31):
        yield Del("kompetens", _RUBRIK, (_PAGAR,))
    elif offentlig and _for_fa(med):
        yield Del("kompetens", _RUBRIK, (FARRE,))
    elif offentlig:
        yield Del("kompetens", _RUBRIK, (), (_tal(med, adress=""),), tabeller=tuple(_offentliga(med)))
    else:
        yield _internt(underlag, med)


def _for_fa(enheter: Sequence[Enhetsrad]) -> bool:
    """Whether those with education, or those without, are one to four."""
    adekvat, anstallda = _summa(enheter)
    return 0 < adekvat < MINST or 0 < anstallda - adekvat < MINST


def _summa(enheter: Sequence[Enhetsrad]) -> tuple[int, int]:
    """With adequate education, of all."""
    return sum(ett.adekvat or 0 for ett in enheter), sum(ett.anstallda or 0 for ett in enheter)


def _celler(enheter: Sequence[Enhetsrad]) -> tuple[int, int, Decimal | None]:
    adekvat, anstallda = _summa(enheter)
    return anstallda, adekvat, Decimal(adekvat) / anstallda if anstallda else None


def _tal(med: Sequence[Enhetsrad], *, adress: str) -> Nyckeltal:
    adekvat, anstallda = _summa(med)
    return Nyckeltal("utbildning_andel", Decimal(adekvat) / anstallda, Slag.ANDEL, (adekvat, anstallda), adress)


_KOLUMNER = (
    Kolumn("Anställda", Slag.HELTAL),
    Kolumn("Med adekvat utbildning", Slag.HELTAL),
    Kolumn("Andel", Slag.ANDEL),
)


def _offentliga(med: Sequence[Enhetsrad]) -> Iterator[Tabell]:
    per_regi = [(regi, [ett for ett in med if ett.regi == regi]) for regi in Regi]
    if any(_for_fa(hos) or not hos for _, hos in per_regi):
        return
    rader = tuple(Rad((stor_forsta(regi.label), *_celler(hos))) for regi, hos in per_regi)
    yield Tabell("utbildning-regi", "Egen och privat regi", (Kolumn("Regi"), *_KOLUMNER), rader)


def _internt(underlag: Underlag, med: Sequence[Enhetsrad]) -> Del:
    med_mal = [(ett, ett.mal(underlag.listor)) for ett in med]
    under = [ett for ett, mal in med_mal if mal is not None and _andel(ett) < mal]
    adress = "#kompetens"
    saknas = sum(ett.anstallda is None for ett in underlag.enheter if ett.insatser)
    meningar = (f"{stor_forsta(antal_ord(saknas, 'enhet', 'enheter'))} saknar uppgift för året.",) if saknas else ()
    prova = sum(mal is not None for _, mal in med_mal)
    return Del(
        "kompetens",
        _RUBRIK,
        meningar,
        (
            _tal(med, adress=adress),
            Nyckeltal("utbildning_under_mal", len(under), av=(len(under), prova) if prova else None, adress=adress),
        ),
        tabeller=(_per_grupp(underlag, med), _per_enhet(med_mal)),
    )


def _andel(ett: Enhetsrad) -> Decimal:
    return Decimal(ett.adekvat or 0) / (ett.anstallda or 1)


def _per_grupp(underlag: Underlag, med: Sequence[Enhetsrad]) -> Tabell:
    """By what the enhet mostly carries out, egen and privat beside each other."""
    kolumner = (Kolumn("Insats"), Kolumn("Regi"), *_KOLUMNER, Kolumn("Mål", Slag.ANDEL))
    rader = []
    for insats in sorted({_insats(ett) for ett in med}):
        for regi in Regi:
            hos = [ett for ett in med if _insats(ett) == insats and ett.regi == regi]
            if hos:
                mal = underlag.listor[insats].mal if insats in underlag.listor else None
                namn = insats_i_ord(insats) if insats else "Ingen insats den dagen"
                rader.append(Rad((namn, stor_forsta(regi.label), *_celler(hos), mal)))
    summa = Rad(("Summa", "", *_celler(med), None))
    return Tabell("utbildning-grupp", "Per insats och regi", kolumner, tuple(rader), summa)


def _insats(ett: Enhetsrad) -> str:
    return ett.insatser[0] if ett.insatser else ""


def _nar(ett: Enhetsrad, mal: Decimal | None) -> str:
    if mal is None:
        return ""
    return "Ja" if _andel(ett) >= mal else "Nej"


def _per_enhet(med_mal: Sequence[tuple[Enhetsrad, Decimal | None]]) -> Tabell:
    kolumner = (Kolumn("Enhet"), Kolumn("Utförare"), *_KOLUMNER, Kolumn("Mål", Slag.ANDEL), Kolumn("Når målet"))
    rader = tuple(
        Rad(
            (
                ett.namn,
                ett.utforare,
                *_celler([ett]),
                mal,
                _nar(ett, mal),
            ),
            reverse("uppfoljning:avtalsenhet", args=[ett.pk]),
        )
        for ett, mal in med_mal
    )
    return Tabell("utbildning-enhet", "Per enhet", kolumner, rader, enskilda=True)
