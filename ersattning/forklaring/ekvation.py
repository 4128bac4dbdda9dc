"""The row as an equation: amount = so many × price × share. Each term leads to what it comes from."""

from fractions import Fraction

from ersattning.forklaring import mal
from ersattning.forklaring.lasning import Radunderlag
from ersattning.forklaring.ord import cell_i_ord, decimaltal, enhet_i_ord, minuter_i_ord
from ersattning.forklaring.typer import Bonusdelning, Franvarodag, Led, Mal
from ersattning.models import Ersattningsrad
from ersattning.regler import Artikel, Radenhet, Radtyp
from grund.pengar import avrunda, kronor
from grund.text import HART, MINUS, TANKSTRECK, procent

_RESULTAT = {Radtyp.KREDITERING: "tas tillbaka", Radtyp.RATTELSE: "kommer i stället"}


def ekvation(u: Radunderlag, franvaro: tuple[Franvarodag, ...]) -> tuple[Led, ...]:
    """antal × à-pris (× andel, where it is not all) = belopp."""
    rad = u.rad
    led = [_antal(u), _pris(u)]
    if rad.faktor != 1 or rad.artikel in {Artikel.FRANVARO, Artikel.BOMTID}:
        led.append(Led(procent(rad.faktor), _andelens_namn(rad, franvaro), _avtal(u), "×"))
    return (*led, Led(kronor(rad.belopp), _RESULTAT.get(Radtyp(rad.typ), "ersättning"), tecken="="))


def exakt_antal(rad: Ersattningsrad) -> Fraction:
    """The row's antal as it is: four decimals are only how it is printed."""
    return Fraction(int(rad.antal_taljare), int(rad.antal_namnare))


def _antal(u: Radunderlag) -> Led:
    rad, antal = u.rad, exakt_antal(u.rad)
    enhet = enhet_i_ord(rad.enhet_for_antal, antal)
    till = mal.utfort(rad.verkstallighet_id, u.kring.manad) if u.kring.verk_finns else None
    if rad.enhet_for_antal == Radenhet.MANAD:
        dagar = f"månad, {len(u.dagar)} av {u.kring.manad.dagar} dagar"
        hel = "1" if abs(antal) == 1 else f"{len(u.dagar)}/{u.kring.manad.dagar}"
        return Led(f"{_minus(antal)}{hel}", dagar, till)
    if rad.enhet_for_antal == Radenhet.TIMME:
        return Led(decimaltal(antal), f"{enhet}, {minuter_i_ord(antal * 60)} ÷ 60", till)
    return Led(decimaltal(antal), enhet, till)


def _minus(antal: Fraction) -> str:
    return MINUS if antal < 0 else ""


def _pris(u: Radunderlag) -> Led:
    rad = u.rad
    pris = u.kring.priser.get(u.delar[0].pris_id)
    cell = cell_i_ord(rad.niva, rad.omfattning, rad.tidsband)
    namn = ", ".join(filter(None, [f"pris per {enhet_i_ord(rad.enhet_for_antal, 1)}", cell]))
    return Led(kronor(rad.a_pris), namn, mal.pris(pris.prislista_id, pris.pk) if pris else None, "×")


def _avtal(u: Radunderlag) -> Mal:
    return mal.avtal(u.delar[0].avtal_id)


def _andelens_namn(rad: Ersattningsrad, franvaro: tuple[Franvarodag, ...]) -> str:
    if rad.artikel == Artikel.BOMTID:
        return "avtalets andel för bomtid"
    platser = sorted(ett.plats for ett in franvaro)
    if not platser:
        return "andel"
    return f"frånvarodag {platser[0]}" + (f"{TANKSTRECK}{platser[-1]}" if platser[-1] != platser[0] else "")


def bonusekvation(rad: Ersattningsrad, delning: Bonusdelning | None, regel: Mal) -> tuple[Led, ...]:
    """R50: the rule's belopp, and the part of it that falls due."""
    slut = Led(kronor(rad.belopp), "arbetsbonus", tecken="=")
    if delning is None:
        return Led(f"1{HART}st", "betalning"), Led(kronor(rad.a_pris), "belopp", regel, "×"), slut
    hela = Led(kronor(delning.belopp), "regelns bonus", regel)
    if not delning.delas:
        return hela, Led("100\xa0%", "allt vid anställningens start", regel, "×"), slut
    vid_start = avrunda(Fraction(delning.belopp) * delning.andel_vid_start)
    if delning.del_av_bonus == "start":
        andel = Led(f"{decimaltal(delning.andel_vid_start * 100, 2)}{HART}%", "vid anställningens start", regel, "×")
        return hela, andel, slut
    return hela, Led(kronor(vid_start), "förfaller vid start", regel, MINUS), slut


def aterkravsekvation(rad: Ersattningsrad) -> tuple[Led, ...]:
    """R50: the bonus that was paid, once back."""
    bonus = mal.rad(rad.krediterar_id) if rad.krediterar_id else None
    antal = Led(f"{MINUS}1{HART}st", "betalning tas tillbaka")
    return (
        antal,
        Led(kronor(rad.a_pris), "arbetsbonusen", bonus, "×"),
        Led(kronor(rad.belopp), "tas tillbaka", tecken="="),
    )
