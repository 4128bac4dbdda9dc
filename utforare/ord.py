"""How providers and the terms of their contracts are written where others read them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from grund.text import HART, TANKSTRECK, antal_ord, procent, stor_forsta
from utforare.models import Avtal
from utforare.regler import Modell, NivaFran, Slutorsak
from utforare.villkor import Trappsteg, omfattningsgranser, trappsteg

_MODELLER = {
    Modell.DYGN: ("Dygn. Varje dag betalas, och frånvaro efter frånvarotrappan.", "R10"),
    Modell.NARVARO: ("Närvaro. Dagar med registrerad närvaro eller frånvaro betalas.", "R11"),
    Modell.MANAD: ("Månad. Ett pris per månad, efter hur många av månadens dagar som betalas.", "R12"),
    Modell.UTFORD_TID: ("Utförd tid. Besökens minuter betalas.", "R20"),
    Modell.BESTALLD_TID: ("Beställd tid. Det som är beställt betalas, vad som än utförs.", "R23"),
}
_SLUTORSAKER = {
    Slutorsak.FLYTT: "flytt",
    Slutorsak.BYTE_UTFORARE: "byte av utförare",
    Slutorsak.AVLIDEN: "dödsfall",
    Slutorsak.BESLUT_UPPHOR: "beslut som upphör",
    Slutorsak.EGEN_BEGARAN: "egen begäran",
    Slutorsak.ARBETE: "arbete",
    Slutorsak.ANNAT: "annan orsak",
}


class Villkor(NamedTuple):
    """A term of a contract in words, and the rule that says how it is used."""

    rubrik: str
    text: str
    regel: str


def orgnr_i_ord(nummer: str) -> str:
    """`556677-8899`. A sole trader's number is a personnummer and is not shown (third digit 0 or 1: a month)."""
    return "enskild firma" if nummer[2] in "01" else f"{nummer[:6]}-{nummer[6:]}"


def villkor(avtal: Avtal) -> list[Villkor]:
    """Every term that matters to the contract's modell, also those that are off; and any other that it names."""
    text, regel = _MODELLER[Modell(avtal.modell)]
    return [
        Villkor("Modell", text, regel),
        Villkor("Nivån räknas", _niva(avtal), "R3"),
        *_om_dagar(avtal, "R11" if avtal.modell == Modell.NARVARO else "R10"),
        *_om_tid(avtal),
    ]


def trappa_i_ord(text: str) -> str:
    """`Dag 1–14: 100 %, dag 15–30: 50 %, därefter inget`."""
    steg = trappsteg(text)
    if not steg:
        return "Frånvaro betalas inte"
    delar = [f"{_dagar(ett)}: {procent(ett.andel)}" for ett in steg]
    if steg[-1].till is not None:
        delar.append("därefter inget")
    return stor_forsta(", ".join(delar))


def _dagar(steg: Trappsteg) -> str:
    if steg.till is None:
        return f"från dag{HART}{steg.fran}"
    if steg.till == steg.fran:
        return f"dag{HART}{steg.fran}"
    return f"dag{HART}{steg.fran}{TANKSTRECK}{steg.till}"


def _niva(avtal: Avtal) -> str:
    if avtal.niva_fran == NivaFran.GODKAND:
        return "Tidigast den dag nivåbedömningen godkänns."
    return "Från den dag nivåbedömningen gäller, även bakåt."


def _om_dagar(avtal: Avtal, regel: str) -> Iterator[Villkor]:
    if avtal.modell in (Modell.DYGN, Modell.NARVARO) or avtal.franvaro:
        yield Villkor("Frånvarotrappa", f"{trappa_i_ord(avtal.franvaro)}.", regel)
    if avtal.modell == Modell.NARVARO or avtal.omfattning_granser:
        yield Villkor("Dagens omfattning", _omfattning(avtal.omfattning_granser), "R11")
    if avtal.modell in (Modell.DYGN, Modell.MANAD) or avtal.avslut_dagar:
        yield Villkor("Dagar efter avslut", _avslut(avtal), "R30")


def _omfattning(text: str) -> str:
    granser = omfattningsgranser(text)
    if not granser:
        return "Den som är registrerad, annars den beställda."
    steg = ", ".join(f"från {antal_ord(minuter, 'minut', 'minuter')} {kod}" for minuter, kod in granser)
    return f"Den som är registrerad, annars efter närvarons minuter: {steg}. Utan minuter den beställda."


def _avslut(avtal: Avtal) -> str:
    if not avtal.avslut_dagar:
        return "Inga."
    dagar = antal_ord(avtal.avslut_dagar, "dag", "dagar")
    if not avtal.avslut_orsaker:
        return f"{dagar}, oavsett slutorsak."
    return f"{dagar}, vid {_och([_SLUTORSAKER[Slutorsak(orsak)] for orsak in avtal.avslut_orsaker])}."


def _och(delar: list[str]) -> str:
    *forsta, sista = delar
    return f"{', '.join(forsta)} och {sista}" if forsta else sista


def _om_tid(avtal: Avtal) -> Iterator[Villkor]:
    for rubrik, varde, text, regel in (
        ("Avrundning", avtal.avrundning_minuter, _avrundning(avtal), "R20"),
        ("Tak för utförd tid", avtal.tak_andel_av_bestallt, _tak(avtal.tak_andel_av_bestallt), "R21"),
        ("Bomtid", avtal.bomtid_andel, _bomtid(avtal), "R22"),
    ):
        if avtal.modell == Modell.UTFORD_TID or varde is not None:
            yield Villkor(rubrik, text, regel)


def _avrundning(avtal: Avtal) -> str:
    steg = avtal.avrundning_minuter
    return (
        "Ingen. Varje minut betalas."
        if steg is None
        else f"Varje besök till närmaste {_minuter(steg)}, mitt emellan uppåt."
    )


def _minuter(antal: int) -> str:
    return "hela minut" if antal == 1 else antal_ord(antal, "minut", "minuter")


def _tak(andel: Decimal | None) -> str:
    return "Inget." if andel is None else f"Högst {procent(andel)} av månadens beställda tid."


def _bomtid(avtal: Avtal) -> str:
    if avtal.bomtid_varsel_timmar is None or not avtal.bomtid_andel:
        return "Betalas inte."
    varsel = antal_ord(avtal.bomtid_varsel_timmar, "timme", "timmar", 2)
    text = f"{procent(avtal.bomtid_andel)} av priset när brukaren avbokar mindre än {varsel} före, eller inte alls."
    tak = avtal.bomtid_tak_andel
    return text if tak is None else f"{text} Högst {procent(tak)} av månadens beställda tid."
