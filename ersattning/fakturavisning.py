"""An invoice's page in words: its facts, and each line beside the rows that it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString

from ersattning.faktura.oren import ar_oresutjamning
from ersattning.faktura.skillnad import antal_i_ord
from ersattning.fakturalista import Forslagsvisning, Laget, Radvisning
from ersattning.fakturaregler import ATT_HANTERA, Fakturaslag
from ersattning.fakturatabeller import fakturamarke
from ersattning.models import Ersattningsrad, Faktura, Fakturarad
from ersattning.regler import Artikel
from grund.pengar import kronor
from grund.text import HART, dagar_i_ord, datum_i_ord, skillnad, tal, tidpunkt_i_ord
from grund.tid import EN_DAG

_ENHETER = {"DAY": "dag", "HUR": "timme", "MON": "manad", "EA": "styck", "C62": "styck", "XPP": "styck"}


class Nyckeltal(NamedTuple):
    """One in the strip."""

    namn: str
    varde: str
    not_: str


def nyckeltal(laget: Laget) -> list[Nyckeltal]:
    """How many invoices there are, and how many of them somebody must look at."""
    return [
        Nyckeltal("Fakturor", tal(laget.alla), ""),
        Nyckeltal("Behöver ingen hand", tal(laget.utan_hand), "stämmer, krediterade eller klara"),
        Nyckeltal("Att hantera", tal(laget.att_hantera), f"skillnad {skillnad(laget.skillnad, 2)}{HART}kr"),
        Nyckeltal("Väntar på månaden", tal(laget.vantar), "månaden är inte fastställd"),
    ]


def fakta(faktura: Faktura) -> list[tuple[str, str] | tuple[str, str, str]]:
    """What the invoice says of itself, and how it came."""
    fil, tecken = faktura.fil, faktura.tecken
    vem = (fil.av.get_full_name() or fil.av.username) if fil.av else "systemet"
    par = [
        ("Utförare", faktura.utforare.namn, reverse("utforare:utforare", args=[faktura.utforare_id])),
        ("Fakturadatum", datum_i_ord(faktura.datum)),
        ("Förfaller", datum_i_ord(faktura.forfaller) if faktura.forfaller else ""),
        ("Krediterar", ", ".join(faktura.avser)),
        ("Köparens referens", faktura.referens),
        ("Radernas summa", kronor(tecken * faktura.radsumma)),
        ("Moms", kronor(tecken * faktura.moms) if faktura.moms else ""),
        ("Tillägg", kronor(tecken * faktura.tillagg) if faktura.tillagg else ""),
        ("Avdrag", kronor(-tecken * faktura.avdrag) if faktura.avdrag else ""),
        ("Öresavrundning", _oren(faktura)),
        ("Att betala", kronor(tecken * faktura.att_betala)),
        ("Mot underlaget", _mot(faktura.lage.differens)),
        ("Anteckning", faktura.anteckning),
        ("Påpekanden", " ".join(faktura.varningar)),
        ("Inläst", f"{tidpunkt_i_ord(fil.mottagen)} av {vem}"),
        ("Fil", fil.namn),
        ("Filens SHA-256", f"{fil.sha256[:16]}…"),
    ]
    return [ett for ett in par if ett[1]]  # type: ignore[misc]  # pairs and triples


def _oren(faktura: Faktura) -> str:
    if not faktura.avrundning:
        return ""
    hel = ar_oresutjamning(faktura.avrundning, faktura.att_betala)
    return f"{kronor(faktura.tecken * faktura.avrundning)}{', till hela kronor: ingen skillnad' if hel else ''}"


def _mot(differens: Decimal) -> str:
    return f"{skillnad(differens, 2)}{HART}kr" if differens else "Ingen skillnad"


@dataclass(frozen=True)
class Underlagstext:
    """A row of the underlag: what it pays for, how much, and where it is explained."""

    vad: str
    hur_mycket: str
    belopp: str
    adress: str


@dataclass(frozen=True)
class Forslagstext:
    """Rows that a line may be about. `nyckel`: which, as the form says it when it is accepted."""

    nyckel: str
    rader: list[Underlagstext]
    skal: list[str]
    ledig: bool


@dataclass(frozen=True)
class Radtext:
    """A line as the page shows it."""

    pk: int
    nummer: str
    benamning: str
    text: str
    referens: str
    dagar: str
    hur_mycket: str
    belopp: str
    rader: list[Underlagstext]
    underlag: str
    differens: str
    marke: SafeString
    skal: list[str]
    andra: list[tuple[str, str, str]]
    forslag: list[Forslagstext]
    kopplad_av: str
    att_hantera: bool


def rader_i_ord(rader: Iterable[Radvisning]) -> list[Radtext]:
    """Each line in words."""
    return [_rad(ett) for ett in rader]


def _rad(ett: Radvisning) -> Radtext:
    rad, provning, tecken = ett.rad, ett.rad.provning, ett.rad.faktura.tecken
    enhet = _ENHETER.get(rad.enhet, rad.enhet)
    kopplad = provning.kopplad_av
    return Radtext(
        pk=rad.pk,
        nummer=rad.nummer,
        benamning=rad.benamning,
        text=rad.text,
        referens=rad.referens,
        dagar=f"{dagar_i_ord(rad.fran, rad.till - EN_DAG)} {rad.fran.year}" if rad.fran and rad.till else "",
        hur_mycket=_hur_mycket(tecken * rad.antal, enhet, rad.a_pris),
        belopp=tal(ett.belopp, 2),
        rader=[_underlag(egen) for egen in ett.rader],
        underlag=tal(ett.underlag, 2) if ett.rader else "",
        differens=skillnad(provning.differens, 2) if provning.differens else "",
        marke=fakturamarke(provning.status),
        skal=[] if _sjalvklart(ett) else list(provning.skal),
        andra=[_annan(vad, annan) for vad, annan in ett.andra],
        forslag=[_forslag(egen) for egen in ett.forslag],
        kopplad_av=(kopplad.get_full_name() or kopplad.username) if kopplad else "",
        att_hantera=provning.status in ATT_HANTERA,
    )


def _sjalvklart(ett: Radvisning) -> bool:
    """One row with the same amount beside the line: there is nothing to explain."""
    provning = ett.rad.provning
    return len(ett.rader) == 1 and ett.belopp == ett.underlag and provning.kopplad_av_id is None


def _annan(vad: str, rad: Fakturarad) -> tuple[str, str, str]:
    """Another document's line: how it hangs together, what it is called, and where it is."""
    namn = f"{Fakturaslag(rad.faktura.slag).label} {rad.faktura.nummer}, rad {rad.nummer}"
    return vad, namn, reverse("ersattning:faktura", args=[rad.faktura_id])


def _hur_mycket(antal: Decimal, enhet: str, pris: Decimal) -> str:
    """`20 dagar à 1 164,00`."""
    return f"{antal_i_ord(antal, enhet)} à {tal(pris, 4, minst=2)}"


def _underlag(rad: Ersattningsrad) -> Underlagstext:
    dagar = dagar_i_ord(rad.fran, rad.till - EN_DAG)
    return Underlagstext(
        vad=f"{rad.verkstallighet_nyckel or rad.underlag}, {Artikel(rad.artikel).label}, {dagar} {rad.fran.year}",
        hur_mycket=_hur_mycket(rad.antal, rad.enhet_for_antal, rad.a_pris * rad.faktor),
        belopp=tal(rad.belopp, 2),
        adress=reverse("ersattning:forklara", args=[rad.pk]),
    )


def _forslag(ett: Forslagsvisning) -> Forslagstext:
    return Forslagstext(ett.nyckel, [_underlag(rad) for rad in ett.rader], list(ett.skal), ett.ledig)
