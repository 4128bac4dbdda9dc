"""The nämnd's document about a prognos: the year against the budget, the next year, and what it rests on. Pure.

It is made from a Resultat that is public (`visa_sma=False`): small insatser are merged, and rättelser, bonus and what
hangs on known starts and ends are not in it, since they may rest on fewer than five persons (ADR 0016). No utförare is
named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ersattning.prognos.resultat import Arsrad, Arssida, Manadspunkt, Resultat
from ersattning.prognos.traff import Manadstraff
from ersattning.simulering.diagram import mnkr
from grund.text import HART, TANKSTRECK, datum_i_ord, liten_forsta, manad_i_ord, och, skillnad, stor_forsta, tal
from uppfoljning.tjansteutlatande.innehall import Avsnitt, Huvud, Rad, Tabell, Utlatande
from uppfoljning.tjansteutlatande.tabeller import Numrering


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the document is made from. `traff`: how an earlier prognos of the last settled month fared, if any."""

    resultat: Resultat
    antaganden: Sequence[str]
    budget: str
    traff: Manadstraff | None = None

    @property
    def dold(self) -> bool:
        """All of it rests on so few persons that nothing may be shown."""
        return not self.resultat.insatser


def satt_samman(underlag: Underlag, huvud: Huvud) -> Utlatande:
    """The document."""
    prognos, nr = underlag.resultat.prognos, Numrering()
    arendet = (Avsnitt("Antaganden", tuple(underlag.antaganden)), *_traff(underlag))
    return Utlatande(
        manad=prognos.prognos_fran.plus(-1),
        titel=f"Prognos {prognos.ar} och {prognos.ar + 1}",
        huvud=huvud,
        preliminart="",
        forslag=(f"{huvud.namnd} tar del av prognosen.",),
        sammanfattning=tuple(_sammanfattning(underlag)),
        arendet=arendet,
        ekonomi=ekonomi(underlag, nr),
        barn=(),
        beslutsunderlag=(
            f"Tjänsteutlåtande {huvud.datum}, {huvud.diarienummer}",
            f"{prognos.simulering.namn}, avtryck {prognos.simulering.avtryck[:12]}",
        ),
        skickas_till=huvud.skickas_till,
    )


def tabeller_att_visa(underlag: Underlag) -> tuple[Tabell, ...]:
    """The document's tables, for those who are about to make it."""
    return ekonomi(underlag, Numrering()).tabeller


def _sammanfattning(underlag: Underlag) -> Iterator[str]:
    resultat = underlag.resultat
    if underlag.dold:
        return
    summa, nasta = resultat.i_ar.summa, resultat.nasta
    yield f"Kostnaden för {resultat.i_ar.ar} beräknas bli {mnkr(summa.total)}{_mot_budget(summa)}."
    yield f"Kostnaden för {nasta.ar} beräknas bli {mnkr(nasta.summa.total)}{_mot_budget(nasta.summa)}."


def _mot_budget(rad: Arsrad) -> str:
    if rad.avvikelse is None or rad.budget is None:
        return ""
    riktning = "över" if rad.avvikelse > 0 else "under"
    return f", {mnkr(abs(rad.avvikelse))} {riktning} budgeten på {mnkr(rad.budget)}"


def _traff(underlag: Underlag) -> Iterator[Avsnitt]:
    traff = underlag.traff
    if underlag.dold or traff is None or traff.totalt.procent is None:
        return
    text = (
        f"{stor_forsta(manad_i_ord(traff.manad.fran))} kostade {mnkr(traff.totalt.utfall)}. Prognosen som gjordes"
        f" {datum_i_ord(traff.prognos.idag)} sa {mnkr(traff.totalt.prognos)}, en skillnad på"
        f" {skillnad(traff.totalt.procent, 1)}{HART}%."
    )
    yield Avsnitt("Så träffade den förra prognosen", (text,))


def ekonomi(underlag: Underlag, nr: Numrering) -> Avsnitt:
    """The economic consequences: both years, and month by month."""
    resultat = underlag.resultat
    if underlag.dold:
        return Avsnitt("Ekonomiska konsekvenser", ("Prognosen avser få personer, så beloppen visas inte.",))
    gjord = datum_i_ord(resultat.prognos.idag)
    stycken = [f"Prognosen gjordes {gjord}. Månaderna före är som de blev, utan rättelser och bonus."]
    if underlag.budget:
        stycken.append(f"Budgeten: {liten_forsta(underlag.budget)}.")
    stycken += [
        f"Budgeten för {sida.ar} saknar {och(sida.utan_budget)}, som är med i summan."
        for sida in (resultat.i_ar, resultat.nasta)
        if sida.utan_budget
    ]
    tabeller = (_aret(resultat.i_ar, nr), _aret(resultat.nasta, nr), _manader(resultat.manader, nr))
    return Avsnitt("Ekonomiska konsekvenser", tuple(stycken), tabeller)


def _aret(sida: Arssida, nr: Numrering) -> Tabell:
    """A year. What there is none of in the whole year has no column."""
    har = (sida.summa.budget is not None, bool(sida.summa.utfall))
    kolumner = _utan(har, ("Budget, kr", "Utfall hittills, kr", "Prognos resten, kr", "Hela året, kr", "Avvikelse, kr"))
    rader = tuple(_arsrad(rad, har) for rad in sida.rader)
    rubrik = f"{sida.ar} per insats mot budget" if har[0] else f"{sida.ar} per insats"
    return Tabell(nr.nasta(), rubrik, ("Insats", *kolumner), rader, _arsrad(sida.summa, har))


def _utan(har: tuple[bool, bool], celler: tuple[str, ...]) -> tuple[str, ...]:
    """Of budget, outcome, the rest, the year and the difference: those that say something."""
    visas = (har[0], har[1], har[1], True, har[0])
    return tuple(cell for cell, visa in zip(celler, visas, strict=True) if visa)


def _arsrad(rad: Arsrad, har: tuple[bool, bool]) -> Rad:
    budget = TANKSTRECK if rad.budget is None else tal(rad.budget)
    avvikelse = TANKSTRECK if rad.avvikelse is None else skillnad(rad.avvikelse)
    return Rad(rad.namn, _utan(har, (budget, tal(rad.utfall), tal(rad.rest), tal(rad.total), avvikelse)))


def _manader(manader: Sequence[Manadspunkt], nr: Numrering) -> Tabell:
    rader = tuple(
        Rad(
            stor_forsta(manad_i_ord(ett.manad.fran)),
            (
                ett.vad,
                tal(ett.prognos),
                TANKSTRECK if ett.budget is None else tal(ett.budget),
            ),
        )
        for ett in manader
    )
    kolumner = ("Månad", "Källa", "Kronor", "Budget")
    return Tabell(nr.nasta(), "Kostnad per månad", kolumner, rader, textkolumner=1)
