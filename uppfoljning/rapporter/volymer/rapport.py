"""The report: persons and changes here; what it costs and the plans in parts of their own. Pure but for addresses.

In public: only persons on two 1 October, merged so that no group is of fewer than five, and the plans in whole fives.
Two days near each other could be subtracted, and months even more so; the two days of the law lie a year apart.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.arbetsbok import Kolumn, Slag
from grund.text import datum_i_ord, manad_i_ord, svensk_ordning
from grund.tid import EN_DAG
from uppfoljning.rapport.innehall import Bild, Del, Lasare, Nyckeltal, Rad, Rapport, Serie, Tabell
from uppfoljning.rapporter.volymer.kostnadsdel import budgetdel, kostnadsdel
from uppfoljning.rapporter.volymer.offentligt import personer_i_offentligheten
from uppfoljning.rapporter.volymer.plandel import antagandedel, plandel
from uppfoljning.rapporter.volymer.queries import Underlag, Urval, Verk
from uppfoljning.rapporter.volymer.rorelse import Forandring, forandringar, hos_utforarna
from utforare.regler import Regi

_RAKNAS = (
    "En person räknas den dag då en verkställighet pågår och personen lever, en gång för varje insats. Nya och"
    " avslutade är skillnaden mellan de två dagarna: den som har börjat och slutat däremellan syns inte."
    " Korttidsvistelse räknas också mellan två vistelser."
)
_REGI = {Regi.EGEN: "Egen regi", Regi.PRIVAT: "Privat regi"}


def rapport(underlag: Underlag, lasare: Lasare) -> Rapport:
    """The report."""
    urval = underlag.urval
    if lasare.offentlig:
        delar = [personer_i_offentligheten(underlag)]
    else:
        delar = [_personer(underlag), _utforarna(underlag), _manader(underlag), *_enskilda(underlag)]
        delar += [*kostnadsdel(underlag), *budgetdel(underlag)]
    delar += [plandel(ett, underlag.antaganden, offentlig=lasare.offentlig) for ett in underlag.planer]
    delar.append(antagandedel(underlag, offentlig=lasare.offentlig))
    return Rapport(
        rubrik="Volymer och kostnader",
        per=urval.dag,
        urval=tuple(_urvalet(underlag)),
        delar=tuple(delar),
        forslag=("{namnd} godkänner redovisningen av volymer och av behovet av platser.",),
        ekonomi=(
            (
                "Vad månaderna har kostat, och vad resten av året väntas kosta, redovisas i nämndens månadsrapport"
                " och i prognosen."
            ),
        ),
        personer=frozenset(ett.person for ett in underlag.enskilda),
    )


def _urvalet(underlag: Underlag) -> Iterator[tuple[str, str]]:
    urval = underlag.urval
    yield "Läget den", datum_i_ord(urval.dag)
    yield "Jämfört med den", datum_i_ord(urval.mot)
    if urval.insats:
        yield "Insats", insats_i_ord(urval.insats)
    if underlag.kostnad:
        kostnad = underlag.kostnad
        yield "Kostnad", f"{manad_i_ord(kostnad.manad)} mot {manad_i_ord(kostnad.mot)}"
    yield "Behov av platser räknat den", datum_i_ord(underlag.idag)


def _personer(underlag: Underlag) -> Del:
    urval, da, nu = underlag.urval, underlag.da, underlag.nu
    per_insats = forandringar(da, nu)
    ordnade = [(kod, per_insats[kod]) for kod in Insats.values if kod in per_insats]
    kolumner = (
        Kolumn("Insats"),
        Kolumn(f"{urval.mot}", Slag.HELTAL, summera=True),
        Kolumn("Nya", Slag.HELTAL, summera=True),
        Kolumn("Avslutade", Slag.HELTAL, summera=True),
        Kolumn(f"{urval.dag}", Slag.HELTAL, summera=True),
        Kolumn("Bytt utförare", Slag.HELTAL, summera=True),
    )
    rader = tuple(
        Rad((insats_i_ord(kod), *_tal(ett)), f"?{_adress(urval, kod)}#tabell-verkstalligheter") for kod, ett in ordnade
    )
    summa = Rad(("Summa", *(sum(_tal(ett)[plats] for _, ett in ordnade) for plats in range(5))))
    namnen = tuple(insats_i_ord(kod) for kod, _ in ordnade)
    serier = (
        Serie(datum_i_ord(urval.mot), tuple(len(ett.da) for _, ett in ordnade)),
        Serie(datum_i_ord(urval.dag), tuple(len(ett.nu) for _, ett in ordnade)),
    )
    return Del(
        "personer",
        "Personer med insats",
        (_RAKNAS,),
        nyckeltal=(
            Nyckeltal(
                "volym_personer", len({person for ett in nu.values() for person in ett}), adress="#tabell-insatser"
            ),
            Nyckeltal("volym_insatser", sum(len(ett) for ett in nu.values()), adress="#tabell-insatser"),
            Nyckeltal("volym_nya", sum(len(ett.nya) for _, ett in ordnade), adress="#tabell-insatser"),
            Nyckeltal("volym_avslutade", sum(len(ett.slutade) for _, ett in ordnade), adress="#tabell-insatser"),
            Nyckeltal("volym_bytt", sum(len(ett.bytt) for _, ett in ordnade), adress="#tabell-insatser"),
        ),
        bild=Bild("Personer per insats", namnen, serier, "antal personer", "insatser", liggande=True)
        if namnen
        else None,
        tabeller=(Tabell("insatser", "Personer per insats", kolumner, rader, summa if len(rader) > 1 else None),),
    )


def _tal(ett: Forandring) -> tuple[int, int, int, int, int]:
    return len(ett.da), len(ett.nya), len(ett.slutade), len(ett.nu), len(ett.bytt)


def _adress(urval: Urval, insats: str) -> str:
    falt = {"dag": urval.dag, "mot": urval.mot, "insats": insats, "manad": urval.manad, "motmanad": urval.motmanad}
    return urlencode({namn: str(varde) for namn, varde in falt.items() if varde})


def _utforarna(underlag: Underlag) -> Del:
    urval, da, nu = underlag.urval, underlag.da, underlag.nu
    alla = hos_utforarna(da, nu)
    utforare, insatser = underlag.utforare, list(Insats.values)
    nycklar = sorted(alla, key=lambda ett: (svensk_ordning(utforare[ett[0]].namn), insatser.index(ett[1])))
    rader = []
    for pk, insats in nycklar:
        ett = alla[pk, insats]
        vilka = (ett.da, ett.nya, ett.hit, ett.slutade, ett.harifran, ett.nu)
        rader.append(
            Rad(
                (utforare[pk].namn, _REGI[Regi(utforare[pk].regi)], insats_i_ord(insats), *map(len, vilka)),
                f"?{_adress(urval, insats)}#tabell-verkstalligheter",
            )
        )
    rubriker = (f"{urval.mot}", "Nya", "Kom från annan", "Avslutade", "Gick till annan", f"{urval.dag}")
    return Del(
        "utforarna",
        "Utförare och regi",
        tabeller=(
            _regi(underlag),
            Tabell(
                "utforare",
                "Personer per utförare och insats",
                (
                    Kolumn("Utförare"),
                    Kolumn("Regi"),
                    Kolumn("Insats"),
                    *(Kolumn(ett, Slag.HELTAL) for ett in rubriker),
                ),
                tuple(rader),
                noter=("Den som har insatsen hos två utförare räknas hos båda, och står därför inte i någon summa.",),
            ),
        ),
    )


def _regi(underlag: Underlag) -> Tabell:
    """Persons by who runs the utförare: one who is with both counts in both."""
    regi = {pk: Regi(ett.regi) for pk, ett in underlag.utforare.items()}
    antal = {
        (dag, vilken): len(
            {
                (insats, person)
                for insats, personer in lage.items()
                for person, utforare in personer.items()
                if any(regi[pk] == vilken for pk in utforare)
            }
        )
        for dag, lage in ((underlag.urval.mot, underlag.da), (underlag.urval.dag, underlag.nu))
        for vilken in Regi
    }
    mot, dag = underlag.urval.mot, underlag.urval.dag
    return Tabell(
        "regi",
        "Insatser per regi",
        (Kolumn("Regi"), Kolumn(f"{mot}", Slag.HELTAL), Kolumn(f"{dag}", Slag.HELTAL)),
        tuple(Rad((_REGI[vilken], antal[mot, vilken], antal[dag, vilken])) for vilken in Regi),
        noter=("Den som har insatsen i båda regierna räknas i båda.",),
    )


def _manader(underlag: Underlag) -> Del:
    punkter = underlag.manader
    rubriker = ("Personer", "Insatser", "Nya", "Avslutade", "Bytt utförare")
    tabell = Tabell(
        "manader",
        "Den första i varje månad, och vad som hände till den första i nästa",
        (Kolumn("Månad", Slag.MANAD), *(Kolumn(ett, Slag.HELTAL) for ett in rubriker)),
        tuple(Rad(tuple(ett)) for ett in punkter),
        noter=("Räknat på det som är registrerat i dag. Personer räknas en gång, insatser en gång för varje person.",),
    )
    serie = Serie("Insatser", tuple(ett.insatser for ett in punkter))
    namnen = tuple(f"{manad_i_ord(ett.fran)[:3]} {ett.fran.year % 100}" for ett in punkter)
    bild = Bild("Insatser den första i varje månad", namnen, (serie,), "antal insatser", "manader")
    return Del("utveckling", "Månad för månad", bild=bild, tabeller=(tabell,))


def _enskilda(underlag: Underlag) -> Iterator[Del]:
    """Each verkställighet that the figures of the chosen insats were counted from."""
    urval = underlag.urval
    if not urval.insats:
        return
    da, nu = (lage.get(urval.insats, {}) for lage in (underlag.da, underlag.nu))
    andring = Forandring(
        frozenset(da), frozenset(nu), frozenset(ett for ett in da.keys() & nu.keys() if da[ett] != nu[ett])
    )
    kolumner = (
        Kolumn("Verkställighet"),
        Kolumn("Utförare"),
        Kolumn("Enhet"),
        Kolumn("Från", Slag.DATUM),
        Kolumn("Till och med", Slag.DATUM),
        Kolumn("Personen", Slag.TEXT),
    )
    rader = tuple(
        Rad(
            (ett.nyckel, ett.utforarens_namn, ett.enhet, ett.fran, ett.till and ett.till - EN_DAG, _vad(ett, andring)),
            reverse("utforare:verkstallighet", args=[ett.pk]),
        )
        for ett in underlag.enskilda
    )
    rubrik = f"{insats_i_ord(urval.insats)}: det som räknades"
    tabell = Tabell("verkstalligheter", rubrik, kolumner, rader, enskilda=True)
    yield Del("enskilda", "Verkställigheterna bakom talen", tabeller=(tabell,))


def _vad(verk: Verk, andring: Forandring) -> str:
    if verk.person in andring.nya:
        return "Ny"
    if verk.person in andring.slutade:
        return "Avslutad"
    return "Bytt utförare" if verk.person in andring.bytt else "Kvar"
