"""The report: what the accounts come to, person by person without saying who. Pure but for the secret of pseudonyms.

Rows of persons are pseudonymous and lead nowhere: what a reader sees here is what somebody costs, never who it is. So
they are no look at a person either, and are not in the log of readings.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import quantiles

from beslut.ord import insats_i_ord
from beslut.personnummer import GALLRAT_NUMMER, kvinna_om_kant
from beslut.regler import Insats
from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda, kronor
from grund.text import antal_ord, manad_i_ord, och
from grund.tid import EN_DAG
from uppfoljning.rapport.innehall import Bild, Del, Lasare, Nyckeltal, Rad, Rapport, Serie, Tabell
from uppfoljning.rapporter.kpb.fordelning import Utfall
from uppfoljning.rapporter.kpb.jamforelse import jamforelsedel, utforardel
from uppfoljning.rapporter.kpb.offentligt import i_offentligheten
from uppfoljning.rapporter.kpb.pseudonym import pseudonymer
from uppfoljning.rapporter.kpb.queries import Underlag
from uppfoljning.rapporter.kpb.regler import Grund
from uppfoljning.rapporter.kpb.siffror import NOLL, blandningar, per_insats, ytterfall
from uppfoljning.rapporter.kpb.underlag import Grans
from utforare.regler import Regi

PERCENTILER = (10, 25, 50, 75, 90, 95, 99)
ALDRAR = ((18, "0–17 år"), (30, "18–29 år"), (45, "30–44 år"), (65, "45–64 år"), (None, "65 år och äldre"))
OKANT = "Uppgiften är gallrad"
_KON = {True: "Kvinnor", False: "Män", None: OKANT}
REGI = {Regi.EGEN: "Egen regi", Regi.PRIVAT: "Privat regi"}
_HELT_AR = ("Gränserna gäller ett år. För en del av ett år räknas de om efter antalet månader.",)
_MINST_FOR_PERCENTIL = 2
_BEGREPP = (
    "Kostnaden är bruttokostnad minus interna intäkter minus försäljning till andra, ur bokslutet. Den fördelas på det"
    " som har utförts: den som har fått dubbelt så mycket bär dubbelt så mycket. Avgifter dras inte av."
)


def rapport(underlag: Underlag, lasare: Lasare) -> Rapport:
    """The report."""
    bokslut = underlag.period.bokslut
    if lasare.offentlig:
        delar: list[Del] = [i_offentligheten(underlag)]
    else:
        delar = [_kostnaden(underlag), _spridning(underlag), _blandning(underlag), _alder_och_kon(underlag)]
        delar += [utforardel(underlag), *jamforelsedel(underlag), _personer(underlag), _avstamning(underlag)]
    return Rapport(
        rubrik=f"Kostnad per brukare, {bokslut.namn}",
        per=bokslut.till - EN_DAG,
        urval=(("Bokslut", bokslut.namn), ("Uppgifterna", bokslut.kalla)),
        delar=tuple(delar),
        forslag=("{namnd} godkänner redovisningen av kostnad per brukare.",),
        ekonomi=(_BEGREPP,),
    )


def utan_bokslut(ar: int | None, per: date) -> Rapport:
    """There are no accounts to spread."""
    om = f" för {ar}" if ar else ""
    text = f"Inget bokslut är inlagt{om}. Lägg in en sammanställning av det under Uppgifter, så räknas rapporten."
    del_ = Del("kostnad", "Kostnad", (text,))
    return Rapport("Kostnad per brukare", per, (("Bokslut", "Inget är inlagt"),), (del_,), (), (_BEGREPP,))


def _kostnaden(underlag: Underlag) -> Del:
    utfall = underlag.period.utfall
    personer = underlag.period.personer
    netto, kvar = sum((ett.post.netto for ett in utfall), NOLL), sum((ett.kvar for ett in utfall), NOLL)
    fordelat = sum(personer.values(), NOLL)
    return Del(
        "kostnad",
        "Kostnad",
        (
            _BEGREPP,
            (
                f"Bokslutet är {kronor(netto)}. Av det är {kronor(fordelat)} fördelat på"
                f" {antal_ord(len(personer), 'person', 'personer')} och {kronor(kvar)} inte fördelat."
            ),
            _om_ersattning(underlag),
        ),
        nyckeltal=(
            Nyckeltal("kpb_kostnad", netto, Slag.KRONOR, adress="#tabell-avstamning"),
            Nyckeltal("kpb_fordelat", fordelat, Slag.KRONOR, adress="#tabell-avstamning"),
            Nyckeltal("kpb_inte_fordelat", kvar, Slag.KRONOR, adress="#tabell-avstamning"),
            Nyckeltal("kpb_personer", len(personer), adress="#tabell-brukare"),
            Nyckeltal("kpb_medel", _medel(fordelat, len(personer)), Slag.KRONOR, adress="#tabell-brukare"),
        ),
        tabeller=(_insatser(underlag),),
    )


def _om_ersattning(underlag: Underlag) -> str:
    bokslut, korda = underlag.period.bokslut, underlag.ersattning.manader
    if not korda:
        return f"Ingen månad i {bokslut.namn} är körd, så det finns ingen ersättning att visa bredvid."
    namnen = och([manad_i_ord(ett) for ett in korda])
    antal = f"{len(korda)} av {bokslut.manader}"
    return f"Bredvid visas vad ersättningen blev. Av periodens månader är {antal} körda: {namnen}."


def _medel(belopp: Decimal, antal: int) -> Decimal | None:
    return avrunda(Fraction(belopp) / antal) if antal else None


def _insatser(underlag: Underlag) -> Tabell:
    alla = per_insats(underlag.period.platser)
    ersattning: dict[str, Decimal] = {}
    for plats, belopp in underlag.ersattning.per_plats.items():
        ersattning[plats.insats] = ersattning.get(plats.insats, NOLL) + belopp
    rader = []
    for kod in (kod for kod in Insats.values if kod in alla or kod in ersattning):  # paid, though no cost was spread
        delar = alla.get(kod, {})
        summa, antal = sum(delar.values(), NOLL), len(delar)
        rader.append(Rad((insats_i_ord(kod), antal, summa, _medel(summa, antal), ersattning.get(kod))))
    summa = sum((ett for personer in alla.values() for ett in personer.values()), NOLL)
    betalt = sum(ersattning.values(), NOLL) if underlag.ersattning.manader else None
    return Tabell(
        "kpb_insatser",
        "Kostnad per insats",
        (
            Kolumn("Insats"),
            Kolumn("Personer", Slag.HELTAL),
            Kolumn("KPB, kr", Slag.KRONOR, summera=True),
            Kolumn("Kr per person", Slag.KRONOR),
            Kolumn("Ersättning, kr", Slag.KRONOR, summera=True),
        ),
        tuple(rader),
        Rad(("Summa", None, summa, None, betalt)) if len(rader) > 1 else None,
    )


def _spridning(underlag: Underlag) -> Del:
    alla = sorted(underlag.period.personer.values())
    delar = percentiler(alla)
    utanfor = _ytterfall(underlag)
    tabell = Tabell(
        "percentiler",
        "Kostnad per person",
        (Kolumn("Av personerna"), Kolumn("Kostar högst", Slag.KRONOR)),
        tuple(Rad((f"{ett} procent", delar[ett])) for ett in PERCENTILER if ett in delar),
    )
    return Del(
        "spridning",
        "Spridning och ytterfall",
        (
            (
                "Ett ytterfall ligger utanför en gräns som är inlagd. Det är en fråga att ställa, inte ett fel: är"
                " insatsen ovanlig, eller är något fel registrerat eller bokfört?"
            ),
        ),
        nyckeltal=(
            Nyckeltal("kpb_median", delar.get(50), Slag.KRONOR, adress="#tabell-percentiler"),
            Nyckeltal("kpb_p90", delar.get(90), Slag.KRONOR, adress="#tabell-percentiler"),
            Nyckeltal("kpb_ytterfall", len(frozenset().union(*utanfor.values())), adress="#tabell-brukare"),
        ),
        bild=Bild(
            "Kostnad per person",
            tuple(f"P{ett}" for ett in delar),
            (Serie("Kostar högst", tuple(avrunda(Fraction(delar[ett]) / 1000, 0) for ett in delar)),),
            "tusen kronor",
            "percentiler",
        )
        if delar
        else None,
        tabeller=(tabell, _granserna(utanfor)),
    )


def percentiler(varden: Sequence[Decimal]) -> dict[int, Decimal]:
    """The cost that so many per cent do not exceed, between two persons in proportion. Of one person there is none."""
    if len(varden) < _MINST_FOR_PERCENTIL:
        return {}
    delar = quantiles(varden, n=100, method="inclusive")
    return {ett: avrunda(Fraction(delar[ett - 1])) for ett in PERCENTILER}


def _ytterfall(underlag: Underlag) -> dict[Grans, frozenset[int]]:
    period = underlag.period
    return ytterfall(underlag.granser, period.platser, period.volymer, period.bokslut)


def _granserna(utanfor: Mapping[Grans, frozenset[int]]) -> Tabell:
    rader = tuple(
        Rad(
            (
                insats_i_ord(grans.insats) if grans.insats else "Alla insatser tillsammans",
                str(grans.matt.label).capitalize(),
                grans.lagst,
                grans.hogst,
                len(personer),
            )
        )
        for grans, personer in utanfor.items()
    )
    kolumner = (
        Kolumn("Insats"),
        Kolumn("Gräns för"),
        Kolumn("Lägst", Slag.ANTAL),
        Kolumn("Högst", Slag.ANTAL),
        Kolumn("Personer utanför", Slag.HELTAL),
    )
    return Tabell("ytterfall", "Gränser för ytterfall", kolumner, rader, tom="Inga gränser är inlagda.", noter=_HELT_AR)


def _blandning(underlag: Underlag) -> Del:
    alla = blandningar(underlag.period.platser)
    ordnade = sorted(alla.items(), key=lambda par: (-len(par[1]), mix_i_ord(par[0])))
    rader = []
    for insatser, personer in ordnade:
        summa = sum(personer.values(), NOLL)
        rader.append(Rad((mix_i_ord(insatser), len(personer), summa, _medel(summa, len(personer)))))
    tabell = Tabell(
        "blandning",
        "Personer och kostnad efter vilka insatser de har haft",
        (
            Kolumn("Insatser", Slag.STYCKE),
            Kolumn("Personer", Slag.HELTAL, summera=True),
            Kolumn("KPB, kr", Slag.KRONOR, summera=True),
            Kolumn("Kr per person", Slag.KRONOR),
        ),
        tuple(rader),
    )
    return Del("insatsblandning", "Insatser tillsammans", tabeller=(tabell,))


def mix_i_ord(insatser: frozenset[str]) -> str:
    """`Bostad … och daglig verksamhet …`, in the order of the law."""
    return och([insats_i_ord(kod) for kod in Insats.values if kod in insatser])


def _alder_och_kon(underlag: Underlag) -> Del:
    personer = underlag.period.personer
    ar = underlag.period.bokslut.ar
    aldrar = {
        pk: OKANT if nummer == GALLRAT_NUMMER else aldersklass(ar - int(nummer[:4]))
        for pk, nummer in underlag.nummer.items()
    }
    kon = {pk: _KON[kvinna_om_kant(nummer)] for pk, nummer in underlag.nummer.items()}
    return Del(
        "alder",
        "Ålder och kön",
        tabeller=(
            _grupptabell(
                "aldrar", "Ålder vid årets slut", "Ålder", personer, aldrar, [*(namn for _, namn in ALDRAR), OKANT]
            ),
            _grupptabell("kpb_kon", "Kvinnor och män", "Kön", personer, kon, list(_KON.values())),
        ),
    )


def aldersklass(alder: int) -> str:
    """The class that the age is in."""
    return next(namn for under, namn in ALDRAR if under is None or alder < under)


def _grupptabell(
    nyckel: str,
    rubrik: str,
    vad: str,
    personer: Mapping[int, Decimal],
    slag: Mapping[int, str],
    ordning: Sequence[str],
) -> Tabell:
    rader = []
    for namn in ordning:
        delar = [belopp for pk, belopp in personer.items() if slag[pk] == namn]
        if delar:
            summa = sum(delar, NOLL)
            rader.append(Rad((namn, len(delar), summa, _medel(summa, len(delar)))))
    kolumner = (
        Kolumn(vad),
        Kolumn("Personer", Slag.HELTAL, summera=True),
        Kolumn("KPB, kr", Slag.KRONOR, summera=True),
        Kolumn("Kr per person", Slag.KRONOR),
    )
    return Tabell(nyckel, rubrik, kolumner, tuple(rader))


def _personer(underlag: Underlag) -> Del:
    """Each person by a name of this report's own, the dearest first."""
    period = underlag.period
    personer = period.personer
    namn = pseudonymer(personer, period.bokslut.markning)
    mixar = {pk: mix_i_ord(insatser) for insatser, vilka in blandningar(period.platser).items() for pk in vilka}
    betalt: dict[int, Decimal] = {}
    for plats, belopp in underlag.ersattning.per_plats.items():
        betalt[plats.person] = betalt.get(plats.person, NOLL) + belopp
    utanfor: frozenset[int] = frozenset().union(*_ytterfall(underlag).values())
    ordnade = sorted(personer.items(), key=lambda par: (-par[1], namn[par[0]]))
    tabell = Tabell(
        "brukare",
        "Kostnad per brukare",
        (
            Kolumn("Brukare i rapporten"),
            Kolumn("Insatser", Slag.STYCKE),
            Kolumn("KPB, kr", Slag.KRONOR, summera=True),
            Kolumn("Ersättning, kr", Slag.KRONOR, summera=True),
            Kolumn("Ytterfall"),
        ),
        tuple(
            Rad((namn[pk], mixar[pk], belopp, betalt.get(pk), "Ytterfall" if pk in utanfor else ""))
            for pk, belopp in ordnade
        ),
        noter=("Namnet finns bara i den här rapporten. Det går inte att läsa ut vem det är.",),
        enskilda=True,
    )
    return Del("brukarna", "Person för person", tabeller=(tabell,))


def _avstamning(underlag: Underlag) -> Del:
    utfall = underlag.period.utfall
    namn = {pk: ett.namn for pk, ett in underlag.utforare.items()}
    rader = tuple(Rad((*_post(ett, namn), *_kronor(ett), ett.varfor)) for ett in utfall)
    summor = [sum(delar, NOLL) for delar in zip(*map(_kronor, utfall), strict=True)]
    rubriker = (
        "Bruttokostnad",
        "Interna intäkter",
        "Försäljning",
        "Kostnad",
        "Gemensamma",
        "Fördelat",
        "Inte fördelat",
    )
    tabell = Tabell(
        "avstamning",
        "Bokslutet rad för rad",
        (
            Kolumn("Verksamhet"),
            Kolumn("Insats"),
            Kolumn("Utförare"),
            Kolumn("Fördelas efter"),
            *(Kolumn(ett, Slag.KRONOR, summera=True) for ett in rubriker),
            Kolumn("Varför inte"),
        ),
        rader,
        Rad(("Summa", "", "", "", *summor, "")) if len(rader) > 1 else None,
        noter=(
            (
                "Kostnad och gemensamma är tillsammans det som är fördelat och inte fördelat. En gemensam kostnad delas"
                " på de andra efter deras kostnad, och står då med minus på sin egen rad."
            ),
        ),
    )
    return Del("avstamning", "Avstämning mot bokslutet", tabeller=(tabell,))


def _post(ett: Utfall, namn: Mapping[int, str]) -> tuple[str, ...]:
    post = ett.post
    return (
        post.verksamhet,
        insats_i_ord(post.insats) if post.insats else "",
        namn[post.utforare] if post.utforare else REGI[Regi(post.regi)] if post.regi else "",
        str(Grund(post.grund).label).capitalize(),
    )


def _kronor(ett: Utfall) -> tuple[Decimal, ...]:
    post = ett.post
    delar = (post.bruttokostnad, post.interna_intakter, post.forsaljning, post.netto)
    return (*delar, ett.paslag - ett.vidare, ett.fordelat, ett.kvar)
