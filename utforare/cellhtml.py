"""The cells of the närvaro grid as HTML. A month of an enhet has a thousand, so what repeats is written once.

Everything that comes from data is escaped here; templates get finished cells.
"""

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from utforare import orsaker
from utforare.dagvarde import ORD, Dagvarde, i_ord, omfattningstecken, slag, tecken
from utforare.dagvarde import text as celltext
from utforare.regler import Narvarokod
from utforare.tolkning import tolka

_LUFT = "\N{EM SPACE}"


def falt(
    *,
    namn: str,
    etikett: str,
    varde: Dagvarde | None,
    bestalld: str,
    omfattningar: tuple[str, ...],
    boende: bool,
    bara_franvaro: bool,
    minuter: bool,
) -> SafeString:
    """The field of a day: a list to choose from, or where minutes are reported a text field that takes both."""
    if minuter:
        return _textfalt(namn, etikett, varde, bestalld)
    val = _val(bestalld, omfattningar, boende, bara_franvaro, celltext(varde))
    return mark_safe(f'<select name="{namn}" id="{namn}" aria-label="{conditional_escape(etikett)}">{val}</select>')  # noqa: S308


def _textfalt(namn: str, etikett: str, varde: Dagvarde | None, bestalld: str) -> SafeString:
    visat = tecken(varde, bestalld)
    try:
        visat = visat if tolka(visat) == varde else celltext(varde)
    except ValueError:
        visat = celltext(varde)
    return format_html(
        '<input name="{0}" id="{0}" aria-label="{1}" value="{2}" maxlength="40" autocomplete="off" spellcheck="false">',
        namn,
        etikett,
        visat,
    )


@lru_cache(maxsize=512)
def _val(bestalld: str, omfattningar: tuple[str, ...], boende: bool, bara_franvaro: bool, valt: str) -> SafeString:
    varden = list(_alternativ(bestalld, omfattningar, boende=boende, bara_franvaro=bara_franvaro))
    if valt and all(varde is None or varde.text != valt for varde in varden):
        varden.append(Dagvarde.las(valt))
    return mark_safe("".join(_option(varde, bestalld, valt, boende=boende) for varde in varden))  # noqa: S308


def _alternativ(
    bestalld: str, omfattningar: Iterable[str], *, boende: bool, bara_franvaro: bool
) -> Iterable[Dagvarde | None]:
    yield None
    if not bara_franvaro:
        yield Dagvarde(Narvarokod.NARVARO)
        yield from (Dagvarde(Narvarokod.NARVARO, ett) for ett in omfattningar if ett != (bestalld or "heltid"))
    for orsak in orsaker.ORSAKER_BOENDE if boende else orsaker.ORSAKER:
        yield Dagvarde(Narvarokod.FRANVARO, orsak=orsak.kod)


def _option(varde: Dagvarde | None, bestalld: str, valt: str, *, boende: bool) -> str:
    text = celltext(varde)
    markt = " selected" if text == valt else ""
    if varde is None:
        etikett, tangent = ("\N{MIDDLE DOT}" + _LUFT + "hemma" if boende else _LUFT), ""
    else:
        etikett, tangent = _etikett(varde, bestalld), _tangent(varde, bestalld)
    return format_html(
        '<option value="{}" data-s="{}" data-t="{}"{}>{}', text, slag(varde, bestalld), tangent, markt, etikett
    )


def _etikett(varde: Dagvarde, bestalld: str) -> str:
    if varde.ar_franvaro:
        ord_ = orsaker.namn(varde.orsak) or "frånvaro utan orsak"
    elif varde.minuter is not None:
        ord_ = i_ord(varde, bestalld)
    else:
        omfattning = varde.omfattning or bestalld or "heltid"
        ord_ = ORD.get(omfattning, omfattning)
    return f"{tecken(varde, bestalld)}{_LUFT}{ord_}"


def _tangent(varde: Dagvarde, bestalld: str) -> str:
    """The key that sets it: h, ½, the cause's letter, or the first letter of another degree."""
    if varde.ar_franvaro:
        return orsaker.bokstav(varde.orsak)
    return omfattningstecken(varde.omfattning or bestalld)[:1].lower()
