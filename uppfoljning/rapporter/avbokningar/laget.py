"""What was not made, why, and how late that was told. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from grund.arbetsbok import Kolumn, Slag
from grund.text import antal_ord, stor_forsta, svensk_ordning, tal
from uppfoljning.rapport.fordelning import FARRE, OVRIGA, Grupp, ar_for_fa, fordela
from uppfoljning.rapport.innehall import Bild, Del, Nyckeltal, Rad, Serie, Tabell
from uppfoljning.rapporter.avbokningar.gemensamt import INGA, UTAN_ORSAK, andelstal
from uppfoljning.rapporter.avbokningar.queries import Underlag
from uppfoljning.rapporter.avbokningar.regler import ALDRIG, VARSEL_I_ORD, Avbokning
from utforare.orsaker import avbokningsnamn


def laget(underlag: Underlag, *, offentlig: bool) -> Del:
    """The part."""
    planerade, avbokade = sum(ett.planerade for ett in underlag.verk), underlag.avbokningar
    if not planerade:
        return Del("laget", "Läget", (INGA,))
    if offentlig and (ar_for_fa(avbokade) or ar_for_fa([ett for ett in underlag.upptag if ett.utforda_planerade])):
        return Del("laget", "Läget", (FARRE,))
    brukarens = [ett for ett in avbokade if ett.av_brukaren]
    orsaker = list(_orsakstabeller(avbokade, offentlig=offentlig))
    sidor = not offentlig or _sidorna_far_visas(avbokade)
    tabeller = (*(_varseltabell(brukarens, offentlig=offentlig) if sidor else ()), *orsaker)
    return Del(
        "laget",
        "Läget",
        (
            f"{antal_ord(planerade, 'besök', 'besök')} var planerade, och {tal(len(avbokade))} av dem blev inte av.",
            "Varslet är verkliga timmar mellan avbokningen och besökets planerade start.",
        ),
        nyckeltal=tuple(_nyckeltal(planerade, brukarens, avbokade, sidor=sidor, offentlig=offentlig)),
        bild=_varselbild(tabeller),
        tabeller=tabeller,
    )


def _nyckeltal(
    planerade: int, brukarens: Sequence[Avbokning], avbokade: Sequence[Avbokning], *, sidor: bool, offentlig: bool
) -> Iterator[Nyckeltal]:
    adress = "" if offentlig else "#personer"
    yield andelstal("avbokningar_andel", len(avbokade), planerade, adress)
    utforarens = [ett for ett in avbokade if not ett.av_brukaren]
    if sidor:
        yield andelstal("avbokningar_brukare", len(brukarens), planerade, adress)
        yield andelstal("avbokningar_utforare", len(utforarens), planerade, adress)


def _sidorna_far_visas(avbokade: Sequence[Avbokning]) -> bool:
    """Whether it may be told in public who cancelled, and how late. That goes with the reason (nobody has called when
    the door is not opened), so each must be none or many in every row of the reasons, and in all."""
    grupper = fordela(avbokade, lambda ett: ett.orsak, _orsaker(avbokade), offentlig=True)
    rader = [avbokade, *(grupp.delar for grupp in grupper)]
    sidor = {_sida(ett) for ett in avbokade}
    return not any(ar_for_fa([ett for ett in rad if _sida(ett) == sida]) for rad in rader for sida in sidor)


def _sida(ett: Avbokning) -> tuple[bool, bool]:
    return ett.av_brukaren, ett.varsel == ALDRIG


def _varseltabell(brukarens: Sequence[Avbokning], *, offentlig: bool) -> Iterator[Tabell]:
    ordning = [(namn, stor_forsta(namn)) for namn in VARSEL_I_ORD]
    grupper = fordela(brukarens, lambda ett: ett.varsel, ordning, offentlig=offentlig)
    # the reasons tell how many never called, so in public what is merged with those could be worked out
    if grupper and not (offentlig and any(grupp.namn == OVRIGA for grupp in grupper)):
        yield _antal("varsel", "När brukaren avbokade", "Hur långt före", grupper, offentlig=offentlig)


def _orsakstabeller(avbokade: Sequence[Avbokning], *, offentlig: bool) -> Iterator[Tabell]:
    if offentlig:
        if grupper := fordela(avbokade, lambda ett: ett.orsak, _orsaker(avbokade), offentlig=True):
            yield _antal("orsaker", "Varför besöken inte blev av", "Orsak", grupper, offentlig=True)
    elif avbokade:
        yield _orsakstabell(avbokade)


def _orsaker(avbokade: Sequence[Avbokning]) -> list[tuple[str, str]]:
    """The codes that there are, with their names, in Swedish order; what has none last. Knows no sizes."""
    koder = {ett.orsak for ett in avbokade}
    namn = [(kod, stor_forsta(avbokningsnamn(kod)) if kod else UTAN_ORSAK) for kod in koder]
    return sorted(namn, key=lambda par: (not par[0], svensk_ordning(par[1])))


def _antal(nyckel: str, rubrik: str, vad: str, grupper: Sequence[Grupp[Avbokning]], *, offentlig: bool) -> Tabell:
    adress = "" if offentlig else "#personer"
    return Tabell(
        nyckel,
        rubrik,
        (Kolumn(vad), Kolumn("Besök", Slag.HELTAL, summera=True)),
        tuple(Rad((grupp.namn, grupp.antal), adress) for grupp in grupper),
        Rad(("Summa", sum(grupp.antal for grupp in grupper))) if len(grupper) > 1 else None,
    )


def _orsakstabell(avbokade: Sequence[Avbokning]) -> Tabell:
    antal = Counter((ett.orsak, ett.av_brukaren) for ett in avbokade)
    rader = [(namn, antal[kod, True], antal[kod, False]) for kod, namn in _orsaker(avbokade)]
    summor = [sum(ett.av_brukaren for ett in avbokade), sum(not ett.av_brukaren for ett in avbokade)]
    return Tabell(
        "orsaker",
        "Varför besöken inte blev av",
        (
            Kolumn("Orsak"),
            Kolumn("Brukaren", Slag.HELTAL, summera=True),
            Kolumn("Utföraren", Slag.HELTAL, summera=True),
            Kolumn("Alla", Slag.HELTAL, summera=True),
        ),
        tuple(Rad((*rad, rad[1] + rad[2]), "#personer") for rad in rader),
        Rad(("Summa", *summor, sum(summor))) if len(rader) > 1 else None,
    )


def _varselbild(tabeller: Sequence[Tabell]) -> Bild | None:
    tabell = next((ett for ett in tabeller if ett.nyckel == "varsel"), None)
    if tabell is None:
        return None
    platser = tuple(str(rad.celler[0]) for rad in tabell.rader)
    varden = tuple(ett for rad in tabell.rader if isinstance(ett := rad.celler[1], int))
    return Bild("När brukaren avbokade", platser, (Serie("Besök", varden),), "antal besök", "varsel", liggande=True)
