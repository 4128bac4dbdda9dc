"""The report: what it counts, in tables and figures. Pure but for the addresses of rows.

`offentlig` is what fullmäktige and the document get: no single beslut, and nothing of fewer than five persons.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from django.urls import reverse

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.arbetsbok import Kolumn, Slag
from grund.text import antal_ord, datum_i_ord, stor_forsta, tal
from uppfoljning.avgift import HOGST, LAGST, intervall
from uppfoljning.rapport.fordelning import FARRE, Grupp, ar_for_fa, fordela
from uppfoljning.rapport.innehall import Bild, Del, Lasare, Nyckeltal, Rad, Rapport, Serie, Tabell
from uppfoljning.rapporter.ej_verkstallda.queries import Avslutat, Underlag, Vantar
from uppfoljning.rapporter.ej_verkstallda.regler import TIDSKLASSER, tidsklass
from uppfoljning.undertryckning import ar_litet
from utforare.bestallningsregler import Drojsmalskod
from utforare.frist import DOM_I_ORD, Klocka

KLOCKOR = {
    Klocka.BESLUT: "sedan beslutet",
    Klocka.AVBROTT: "sedan avbrottet",
    Klocka.DELVIS: "verkställt bara till en del",
}
MEDIAN_AV = 10  # the median of fewer tells in public what one or two have waited
_AVGIFT = (
    "IVO kan ansöka om att kommunen ska betala särskild avgift för ett beslut eller en dom som inte har verkställts"
    f" i skälig tid. Avgiften är lägst {tal(LAGST)} och högst {tal(HOGST)} kronor för varje beslut. I ringa fall tas"
    " ingen avgift ut."
)
_PAGAR = "Kvartalet pågår. Siffrorna visas när det har slutat, så att två dagar inte kan jämföras."
_INSATSER = [(kod.value, insats_i_ord(kod)) for kod in Insats]
_TIDER = [(namn, stor_forsta(namn)) for _, namn in TIDSKLASSER]
_KON = [(True, "Kvinnor"), (False, "Män"), (None, "Uppgiften är gallrad")]
_ORSAKER = [*((kod.value, stor_forsta(str(kod.label))) for kod in Drojsmalskod), ("", "Orsaken är inte skriven")]


def rapport(underlag: Underlag, lasare: Lasare) -> Rapport:
    """The report."""
    offentlig = lasare.offentlig
    delar = [_laget(underlag, offentlig=offentlig), _trenden(underlag, offentlig=offentlig)]
    if not offentlig:
        delar += [_individrapporter(underlag, lasare), _avslutsrapporter(underlag, lasare), _risk(underlag, lasare)]
    return Rapport(
        rubrik=f"Ej verkställda beslut, {underlag.kvartal.i_ord}",
        per=underlag.dag,
        urval=(("Kvartal", underlag.kvartal.i_ord), ("Läget den", datum_i_ord(underlag.dag))),
        delar=tuple(delar),
        forslag=(
            "{namnd} godkänner redovisningen av ej verkställda beslut.",
            "Redovisningen överlämnas till fullmäktige och till revisorerna.",
        ),
        ekonomi=(_AVGIFT,),
        personer=frozenset() if offentlig else _personer(underlag),
    )


def _personer(underlag: Underlag) -> frozenset[int]:
    vantar = frozenset(ett.person for ett in (*underlag.over, *underlag.inom))
    return vantar | {ett.person for ett in underlag.avslutade}


def att_rapportera(underlag: Underlag) -> list[Vantar]:
    """Those that IVO and the revisorer are told of: the nämnd's own decisions, not a court's (LSS 28 f §)."""
    return [ett for ett in underlag.over if ett.frist.rapporteras]


def _laget(underlag: Underlag, *, offentlig: bool) -> Del:
    over = att_rapportera(underlag)
    if offentlig and underlag.dag < underlag.kvartal.sista:  # before anything else is told of it
        return Del("laget", "Läget", (_PAGAR,))
    if offentlig and ar_for_fa(over):
        return Del("laget", "Läget", (FARRE,))
    return Del(
        "laget",
        "Läget",
        tuple(_meningar(underlag, over, offentlig=offentlig)),
        nyckeltal=tuple(_nyckeltal(underlag, over, offentlig=offentlig)),
        tabeller=tuple(_fordelningar(underlag, over, offentlig=offentlig)),
    )


def _fordelningar(underlag: Underlag, over: Sequence[Vantar], *, offentlig: bool) -> Iterator[Tabell]:
    """How many there are of each kind. A table that would be empty is left out."""
    slag: tuple[tuple[str, str, str, Callable[[Vantar], Any], Sequence[tuple[Any, str]]], ...] = (
        ("insatser", "Per insats", "Insats", lambda ett: ett.insats, _INSATSER),
        ("tider", "Hur länge de har väntat", "Tid", lambda ett: tidsklass(ett.frist.fran, underlag.dag), _TIDER),
        ("kon", "Kvinnor och män", "Kön", lambda ett: ett.kvinna, _KON),
        ("orsaker", "Orsaker", "Orsak", lambda ett: ett.orsak, _ORSAKER),
    )
    for nyckel, rubrik, vad, av_slag, ordning in slag:
        if grupper := fordela(over, av_slag, ordning, offentlig=offentlig):
            yield _antal(nyckel, rubrik, vad, grupper)


def _meningar(underlag: Underlag, over: Sequence[Vantar], *, offentlig: bool) -> Iterator[str]:
    yield (
        f"Den {datum_i_ord(underlag.dag)} var {antal_ord(len(over), 'gynnande beslut', 'gynnande beslut')} inte"
        " verkställda inom tre månader från beslutet eller från den dag då verkställigheten avbröts. De rapporteras"
        " till IVO och till revisorerna (LSS 28 f §, socialtjänstlagen 34 kap.), och i den här sammanställningen till"
        " fullmäktige (LSS 28 h §)."
    )
    yield "Att en person har tackat nej till ett erbjudande stoppar inte tiden."
    domar = len(underlag.over) - len(over)
    if domar and not offentlig:
        yield f"Dessutom väntar {antal_ord(domar, 'dom', 'domar')}. {DOM_I_ORD}."


def _nyckeltal(underlag: Underlag, over: Sequence[Vantar], *, offentlig: bool) -> Iterator[Nyckeltal]:
    yield Nyckeltal("ej_verkstallda_over", len(over), adress="" if offentlig else "#individrapporter")
    if len(over) >= (MEDIAN_AV if offentlig else 1):
        dagar = [Decimal((underlag.dag - ett.frist.fran).days) for ett in over]
        mitten = median(dagar)  # of an odd number it is what one of them has waited
        yield Nyckeltal("ej_verkstallda_mediandagar", round(mitten, -1) if offentlig else mitten)
    if not offentlig:
        yield Nyckeltal("ej_verkstallda_inom", len(underlag.inom), adress="#inom")
        sent = [ett for ett in underlag.avslutade if ett.slut.frist.rapporteras]
        yield Nyckeltal("ej_verkstallda_avslutade", len(sent), adress="#avslutsrapporter")
        avgift = intervall((ett.frist.fran for ett in underlag.over), underlag.dag)
        yield Nyckeltal("sarskild_avgift_lagst", avgift.lagst, Slag.KRONOR)
        yield Nyckeltal("sarskild_avgift_hogst", avgift.hogst, Slag.KRONOR)


def _antal(nyckel: str, rubrik: str, vad: str, grupper: Sequence[Grupp[Vantar]]) -> Tabell:
    """How many beslut there are of each kind."""
    return Tabell(
        nyckel,
        rubrik,
        (Kolumn(vad), Kolumn("Beslut", Slag.HELTAL, summera=True)),
        tuple(Rad((grupp.namn, grupp.antal)) for grupp in grupper),
        Rad(("Summa", sum(grupp.antal for grupp in grupper))) if len(grupper) > 1 else None,
    )


def _trenden(underlag: Underlag, *, offentlig: bool) -> Del:
    """Eight quarters. In public a number of few is not shown, and no sum stands beside it that would give it away."""
    rubrik = "Utveckling"
    kvartal = underlag.trend
    if offentlig and underlag.dag < underlag.kvartal.sista:
        kvartal = kvartal[:-1]  # it has not ended
    varden = tuple(None if offentlig and ar_litet(frozenset(vilka)) else len(vilka) for _, vilka in kvartal)
    namnen = tuple(f"K{ett.nummer} {ett.ar % 100}" for ett, _ in kvartal)
    tabell = Tabell(
        "trend",
        "Beslut som inte var verkställda inom tre månader, vid kvartalets slut",
        (Kolumn("Kvartal"), Kolumn("Antal", Slag.HELTAL)),
        tuple(Rad((stor_forsta(ett.i_ord), varde)) for (ett, _), varde in zip(kvartal, varden, strict=True)),
        noter=(
            "Räknat på det som är registrerat i dag: en uppgift som har kommit senare är med.",
            *(("– = avser färre än fem personer och visas inte.",) if None in varden else ()),
        ),
    )
    bild = Bild(rubrik, namnen, (Serie("Beslut", varden),), "antal beslut", "trend")
    return Del("utveckling", rubrik, bild=bild, tabeller=(tabell,))


def _individrapporter(underlag: Underlag, lasare: Lasare) -> Del:
    over = att_rapportera(underlag)
    lamnade = sum(ett.lamnad is not None for ett in over)
    kolumner = (
        Kolumn("Beslut"),
        Kolumn("Insats"),
        Kolumn("Klocka"),
        Kolumn("Från", Slag.DATUM),
        Kolumn("Dagar", Slag.HELTAL),
        Kolumn("Orsak", Slag.STYCKE),
        Kolumn("Erbjudanden", Slag.HELTAL),
        Kolumn("Tackat nej", Slag.HELTAL),
        Kolumn("Lämnad till IVO", Slag.DATUM),
    )
    orsaker = dict(_ORSAKER)
    rader = tuple(
        Rad(
            (
                ett.nyckel,
                insats_i_ord(ett.insats),
                stor_forsta(KLOCKOR[ett.frist.klocka]),
                ett.frist.fran,
                (underlag.dag - ett.frist.fran).days,
                orsaker[ett.orsak],
                ett.erbjudanden,
                ett.nej,
                ett.lamnad,
            ),
            _adress(ett.beslut, underlag, lasare),
        )
        for ett in over
    )
    tabell = Tabell("individrapporter", "Individrapporter till IVO", kolumner, rader, enskilda=True)
    stycke = f"{tal(lamnade)} av {tal(len(over))} är lämnade för {underlag.kvartal.i_ord}."
    return Del("individrapporter", "Individrapporter", (stycke,) if over else (), tabeller=(tabell,))


def _avslutsrapporter(underlag: Underlag, lasare: Lasare) -> Del:
    kolumner = (
        Kolumn("Beslut"),
        Kolumn("Insats"),
        Kolumn("Klocka"),
        Kolumn("Från", Slag.DATUM),
        Kolumn("Hur det slutade"),
        Kolumn("Dag", Slag.DATUM),
        Kolumn("Dagar", Slag.HELTAL),
        Kolumn("Lämnad till IVO", Slag.DATUM),
    )
    rader = tuple(_avslutsrad(ett, underlag, lasare) for ett in underlag.avslutade if ett.slut.frist.rapporteras)
    tabell = Tabell(
        "avslutsrapporter",
        "Beslut som har verkställts eller upphört under kvartalet efter mer än tre månader",
        kolumner,
        rader,
        noter=("De anmäls till IVO och revisorerna med dagen då beslutet verkställdes (LSS 28 g §).",),
        enskilda=True,
    )
    return Del("avslutsrapporter", "Avslutsrapporter", tabeller=(tabell,))


def _avslutsrad(ett: Avslutat, underlag: Underlag, lasare: Lasare) -> Rad:
    slut = ett.slut
    return Rad(
        (
            ett.nyckel,
            insats_i_ord(ett.insats),
            stor_forsta(KLOCKOR[slut.frist.klocka]),
            slut.frist.fran,
            stor_forsta(slut.hur.value),
            slut.dag,
            (slut.dag - slut.frist.fran).days,
            ett.lamnad,
        ),
        _adress(slut.beslut, underlag, lasare),
    )


def _risk(underlag: Underlag, lasare: Lasare) -> Del:
    kolumner = (
        Kolumn("Beslut"),
        Kolumn("Insats"),
        Kolumn("Klocka"),
        Kolumn("Från", Slag.DATUM),
        Kolumn("Sista dag", Slag.DATUM),
        Kolumn("Dagar kvar", Slag.HELTAL),
    )
    rader = tuple(
        Rad(
            (
                ett.nyckel,
                insats_i_ord(ett.insats),
                stor_forsta(KLOCKOR[ett.frist.klocka]),
                ett.frist.fran,
                ett.frist.sista,
                ett.frist.dagar_kvar(underlag.dag),
            ),
            _adress(ett.beslut, underlag, lasare),
        )
        for ett in underlag.inom
    )
    tabell = Tabell("inom", "Beslut som väntar, med tid kvar", kolumner, rader, enskilda=True)
    return Del("inom", "Risk", tabeller=(tabell,))


def _adress(beslut: int, underlag: Underlag, lasare: Lasare) -> str:
    """To the report to IVO for those who write it, to what was decided for others."""
    if lasare.handlagger:
        return reverse("uppfoljning:individrapport", args=[beslut, underlag.kvartal])
    return reverse("beslut:beslut", args=[beslut])
