"""The report: follow-ups, krav side by side, brister, staff, and what is given elsewhere. Pure but for addresses.

Enheter are no persons, so how they meet their krav may be told in public. Staff and those who live elsewhere are, and
are told of only where they are five or more, and so are the rest.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.urls import reverse

from grund.arbetsbok import Kolumn, Slag
from grund.text import antal_ord, datum_i_ord, stor_forsta
from uppfoljning.brister import Bristlage
from uppfoljning.rapport.innehall import Del, Lasare, Nyckeltal, Rad, Rapport, Tabell
from uppfoljning.rapporter.avtalsuppfoljning import kompetens, kravtabeller, ute
from uppfoljning.rapporter.avtalsuppfoljning.queries import Enhetsrad, Underlag
from utforare.regler import Regi

_INGRESS = (
    "Kraven är desamma i egen och i privat regi: en lista per insats, ur förfrågningsunderlag, avtal och föreskrifter."
)


def rapport(underlag: Underlag, lasare: Lasare) -> Rapport:
    """The report."""
    offentlig = lasare.offentlig
    return Rapport(
        rubrik=f"Avtalsuppföljning och kompetens {underlag.ar}",
        per=underlag.dag,
        urval=(("År", str(underlag.ar)), ("Läget den", datum_i_ord(underlag.dag))),
        delar=tuple(_delar(underlag, offentlig=offentlig)),
        forslag=("{namnd} godkänner redovisningen av avtalsuppföljningen.",),
        ekonomi=("Redovisningen medför inga kostnader. En åtgärd som kostar beslutas för sig.",),
        personer=frozenset() if offentlig else frozenset(ett.person for ett in underlag.placeringar),
    )


def _delar(underlag: Underlag, *, offentlig: bool) -> Iterator[Del]:
    yield _uppfoljningar(underlag, offentlig=offentlig)
    yield from kravtabeller.delar(underlag)
    yield _brister(underlag, offentlig=offentlig)
    yield from kompetens.delar(underlag, offentlig=offentlig)
    yield from ute.delar(underlag, offentlig=offentlig)


def adress_till(enhet: int) -> str:
    """The enhet's page of follow-ups and brister."""
    return reverse("uppfoljning:avtalsenhet", args=[enhet])


def _ska_foljas_upp(underlag: Underlag) -> list[Enhetsrad]:
    """Those where something is carried out that there is a kravlista for."""
    return [ett for ett in underlag.enheter if any(insats in underlag.listor for insats in ett.insatser)]


def _uppfoljningar(underlag: Underlag, *, offentlig: bool) -> Del:
    alla = _ska_foljas_upp(underlag)
    klara = [ett for ett in alla if ett.utfall]
    andel = Decimal(len(klara)) / len(alla) if alla else None
    tal_ = Nyckeltal(
        "avtal_uppfoljda",
        andel,
        Slag.ANDEL,
        av=(len(klara), len(alla)) if alla else None,
        adress="" if offentlig else "#uppfoljningar",
    )
    regi = tuple(Rad((stor_forsta(ett.label), *_antal([rad for rad in alla if rad.regi == ett]))) for ett in Regi)
    kolumner = (
        Kolumn("Regi"),
        Kolumn("Enheter", Slag.HELTAL),
        Kolumn("Uppföljda", Slag.HELTAL),
        Kolumn("Andel", Slag.ANDEL),
    )
    summa = Rad(("Summa", *_antal(alla)))
    tabeller = [Tabell("uppfoljda-regi", "Enheter som har följts upp under året", kolumner, regi, summa)]
    if not offentlig:
        tabeller.append(_enheter(underlag, alla))
    return Del("uppfoljningar", "Uppföljningar", (_INGRESS,), (tal_,), tabeller=tuple(tabeller))


def _antal(enheter: Sequence[Enhetsrad]) -> tuple[int, int, Decimal | None]:
    klara = sum(bool(ett.utfall) for ett in enheter)
    return len(enheter), klara, Decimal(klara) / len(enheter) if enheter else None


def _enheter(underlag: Underlag, alla: Sequence[Enhetsrad]) -> Tabell:
    kolumner = (
        Kolumn("Enhet"),
        Kolumn("Utförare"),
        Kolumn("Regi"),
        Kolumn("Senast uppföljd", Slag.DATUM),
        Kolumn("Granskade krav", Slag.HELTAL),
        Kolumn("Uppfyllda", Slag.HELTAL),
        Kolumn("Öppna brister", Slag.HELTAL),
        Kolumn("Försenade", Slag.HELTAL),
    )
    return Tabell(
        "enheter",
        "Enheter",
        kolumner,
        tuple(_enhet(underlag, ett) for ett in alla),
        noter=("Årets senaste uppföljning av varje insats räknas. En uppföljning som har ersatts räknas inte.",),
        enskilda=True,
    )


def _enhet(underlag: Underlag, ett: Enhetsrad) -> Rad:
    granskade, uppfyllda = kravtabeller.antal(ett.utfall)
    oppna = [brist for brist in ett.brister if brist.stangd is None]
    return Rad(
        (
            ett.namn,
            ett.utforare,
            stor_forsta(Regi(ett.regi).label),
            max((utfall.datum for utfall in ett.utfall), default=None),
            granskade if ett.utfall else None,
            uppfyllda if ett.utfall else None,
            len(oppna),
            sum(brist.forsenad(underlag.dag) for brist in oppna),
        ),
        adress_till(ett.pk),
    )


def _brister(underlag: Underlag, *, offentlig: bool) -> Del:
    alla = [(enhet, ett) for enhet in underlag.enheter for ett in enhet.brister]
    oppna = [par for par in alla if par[1].stangd is None]
    sena = [par for par in oppna if par[1].forsenad(underlag.dag)]
    adress = "" if offentlig else "#brister"
    tal_ = (
        Nyckeltal("avtal_brister_oppna", len(oppna), adress=adress),
        Nyckeltal("avtal_brister_forsenade", len(sena), adress=adress),
        Nyckeltal("avtal_brister_stangda", len(alla) - len(oppna), adress=adress),
    )
    tabeller = [_brister_per_regi(underlag)]
    if not offentlig:
        tabeller.append(_bristlista(underlag))
    hela = antal_ord(len(alla), "brist", "brister")
    mening = f"Av {hela} som var öppna någon gång under året är {len(alla) - len(oppna)} stängda."
    return Del("brister", "Brister", (mening,), tal_, tabeller=tuple(tabeller))


def _brister_per_regi(underlag: Underlag) -> Tabell:
    kolumner = (
        Kolumn("Regi"),
        Kolumn("Öppna", Slag.HELTAL, summera=True),
        Kolumn("Försenade", Slag.HELTAL, summera=True),
        Kolumn("Stängda", Slag.HELTAL, summera=True),
    )
    per_regi = [(stor_forsta(regi.label), *_laget(_bristerna(underlag, regi), underlag)) for regi in Regi]
    summa = _laget(_bristerna(underlag, *Regi), underlag)
    rader = tuple(map(Rad, per_regi))
    return Tabell("brister-regi", "Brister i egen och privat regi", kolumner, rader, Rad(("Summa", *summa)))


def _bristerna(underlag: Underlag, *regier: Regi) -> list[Bristlage]:
    return [ett for enhet in underlag.enheter if enhet.regi in regier for ett in enhet.brister]


def _laget(brister: Sequence[Bristlage], underlag: Underlag) -> tuple[int, int, int]:
    """Open, late, closed."""
    oppna = [ett for ett in brister if ett.stangd is None]
    return len(oppna), sum(ett.forsenad(underlag.dag) for ett in oppna), len(brister) - len(oppna)


def _bristlista(underlag: Underlag) -> Tabell:
    kolumner = (
        Kolumn("Enhet"),
        Kolumn("Brist", Slag.STYCKE),
        Kolumn("Krav"),
        Kolumn("Funnen", Slag.DATUM),
        Kolumn("Åtgärdas senast", Slag.DATUM),
        Kolumn("Läge"),
        Kolumn("Stängd", Slag.DATUM),
        Kolumn("Åtgärd", Slag.STYCKE),
    )
    rader = sorted(
        ((ett, enhet) for enhet in underlag.enheter for ett in enhet.brister),
        key=lambda par: (par[0].stangd is not None, par[0].frist, par[0].pk),
    )
    return Tabell(
        "bristlista",
        "Brister, de öppna först",
        kolumner,
        tuple(
            Rad(
                (
                    enhet.namn,
                    ett.vad,
                    ett.krav,
                    ett.funnen,
                    ett.frist,
                    "Stängd" if ett.stangd else "Försenad" if ett.forsenad(underlag.dag) else "Öppen",
                    ett.stangd,
                    ett.atgard,
                ),
                reverse("uppfoljning:brist", args=[ett.pk]),
            )
            for ett, enhet in rader
        ),
        enskilda=True,
        dolj=frozenset({7}),
        tom="Inga brister.",
    )
