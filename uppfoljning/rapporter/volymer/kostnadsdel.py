"""What a month cost, why it differs from another, and the year against its budget. Pure but for addresses.

The parts are those of the month's own page (ersattning/summering.py), and the year is that of the latest prognos.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.urls import reverse

from beslut.ord import insats_i_ord
from ersattning.models import Manadssumma
from ersattning.prognos.resultat import Arsrad
from grund.arbetsbok import Kolumn, Slag
from grund.text import datum_i_ord, manad_i_ord, och, stor_forsta, svensk_ordning
from uppfoljning.rapport.innehall import Del, Nyckeltal, Rad, Tabell, Varde
from uppfoljning.rapporter.volymer.queries import Kostnad, Underlag

_DELARNA = (
    "Volym är fler eller färre dygn, dagar och timmar. Pris är samma mängd till ett annat pris. Nivå är samma insats på"
    " en annan nivå. Övrigt är skillnaden i rättelser, arbetsbonus och justeringar. Delarna blir hela skillnaden."
)


def kostnadsdel(underlag: Underlag) -> Iterator[Del]:
    """Two months; nothing when there are not two."""
    kostnad = underlag.kostnad
    if kostnad is None:
        return
    insats = underlag.urval.insats
    alla = next(ett for ett in kostnad.summor if not ett.insats and ett.utforare_id is None)
    per_insats = sorted(
        (ett for ett in kostnad.summor if ett.insats and insats in {"", ett.insats}),
        key=lambda ett: svensk_ordning(insats_i_ord(ett.insats)),
    )
    per_utforare = sorted(
        ((underlag.utforare[ett.utforare_id].namn, ett) for ett in kostnad.summor if ett.utforare_id is not None),
        key=lambda par: svensk_ordning(par[0]),
    )
    tabeller = [_tabell("effekter", "Insats", kostnad, [(insats_i_ord(e.insats), e) for e in per_insats])]
    if not insats:
        tabeller.append(_tabell("effekter_utforare", "Utförare", kostnad, per_utforare))
    valda = [alla] if not insats else per_insats
    yield Del(
        "kostnad",
        f"{stor_forsta(manad_i_ord(kostnad.manad))} mot {manad_i_ord(kostnad.mot)}",
        (_DELARNA,),
        nyckeltal=tuple(_nyckeltal(kostnad, valda)),
        tabeller=tuple(tabeller),
    )


def _nyckeltal(kostnad: Kostnad, valda: Sequence[Manadssumma]) -> Iterator[Nyckeltal]:
    korningen = reverse("ersattning:korning", args=[kostnad.manad])
    yield Nyckeltal("kostnad_manad", _summa(ett.summa for ett in valda), Slag.KRONOR, adress=korningen)
    yield Nyckeltal("kostnad_volym", _summa(ett.volym for ett in valda), Slag.KRONOR, adress="#tabell-effekter")
    yield Nyckeltal("kostnad_pris", _summa(ett.pris for ett in valda), Slag.KRONOR, adress="#tabell-effekter")
    yield Nyckeltal("kostnad_niva", _summa(ett.niva for ett in valda), Slag.KRONOR, adress="#tabell-effekter")


def _summa(belopp: Iterator[Decimal]) -> Decimal:
    return sum(belopp, Decimal(0))


def _tabell(nyckel: str, vad: str, kostnad: Kostnad, rader: Sequence[tuple[str, Manadssumma]]) -> Tabell:
    kronor = (
        stor_forsta(manad_i_ord(kostnad.mot)),
        "Volym",
        "Pris",
        "Nivå",
        "Övrigt",
        stor_forsta(manad_i_ord(kostnad.manad)),
    )
    celler = [(namn, _celler(ett)) for namn, ett in rader]
    summa = Rad(("Summa", *(_summa(tal[plats] for _, tal in celler) for plats in range(len(kronor)))))
    adress = reverse("ersattning:rader", args=[kostnad.manad])
    return Tabell(
        nyckel,
        f"Kostnad per {vad.lower()}",
        (Kolumn(vad), *(Kolumn(ett, Slag.KRONOR, summera=True) for ett in kronor)),
        tuple(Rad((namn, *tal), f"{adress}?{_falt(ett)}") for (namn, tal), (_, ett) in zip(celler, rader, strict=True)),
        summa if len(celler) > 1 else None,
    )


def _falt(ett: Manadssumma) -> str:
    return f"insats={ett.insats}" if ett.insats else f"utforare={ett.utforare_id}"


def _celler(ett: Manadssumma) -> tuple[Decimal, ...]:
    """fore + volym + pris + niva + ovrigt = summa."""
    ovrigt = ett.rattelse_skillnad + ett.bonus_skillnad + ett.justering_skillnad
    return ett.fore or Decimal(0), ett.volym, ett.pris, ett.niva, ovrigt, ett.summa


def budgetdel(underlag: Underlag) -> Iterator[Del]:
    """The year of the latest prognos; nothing when there is none."""
    resultat = underlag.prognos
    if resultat is None:
        return
    sida, insats = resultat.i_ar, underlag.urval.insats
    rader = [ett for ett in sida.rader if insats in {"", ett.insats}]
    summa = sida.summa if not insats else next(iter(rader), None)
    prognos = resultat.prognos
    kolumner = ("Budget", "Utfall hittills", "Resten av året", "Hela året", "Mot budget")
    stycken = [
        (
            f"Prognosen gjordes den {datum_i_ord(prognos.idag)}. Beslut som tar slut antas förlängas, och det inflöde"
            " som är antaget är med."
        ),
    ]
    if sida.utan_budget and not insats:
        stycken.append(f"Saknar budget, men är med i summan: {och(sida.utan_budget)}.")
    yield Del(
        "budget",
        f"{sida.ar} mot budget",
        tuple(stycken),
        nyckeltal=tuple(_budgettal(summa, reverse("ersattning:prognos", args=[prognos.pk]))),
        tabeller=(
            Tabell(
                "budget",
                "Budget per insats",
                (Kolumn("Insats"), *(Kolumn(ett, Slag.KRONOR, summera=True) for ett in kolumner)),
                tuple(
                    Rad(
                        (ett.namn, *_arets(ett)), reverse("ersattning:prognosens_insats", args=[prognos.pk, ett.insats])
                    )
                    for ett in rader
                ),
                Rad(("Summa", *_arets(sida.summa))) if not insats else None,
            ),
        ),
    )


def _budgettal(summa: Arsrad | None, adress: str) -> Iterator[Nyckeltal]:
    if summa:
        yield Nyckeltal("kostnad_hela_aret", summa.total, Slag.KRONOR, adress=adress)
        yield Nyckeltal("kostnad_mot_budget", summa.avvikelse, Slag.KRONOR, adress="#tabell-budget")


def _arets(ett: Arsrad) -> tuple[Varde, ...]:
    return ett.budget, ett.utfall, ett.rest, ett.total, ett.avvikelse
