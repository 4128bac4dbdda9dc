"""The report: what has been delivered and when, the LSS statistics beside the year before, and what has changed since.

In public only whether each was delivered in time: counts of each insats stand in the report of volumes, which merges
the small, and the number of persons beside them would tell how many have several. Pure but for the addresses of rows.
"""

from collections.abc import Iterator

from django.urls import reverse

from grund.arbetsbok import Kolumn, Slag
from grund.text import antal_ord, stor_forsta
from uppfoljning.leveranser.jamforelse import Hur
from uppfoljning.leveranser.protokoll import Protokoll
from uppfoljning.leveranser.regler import period_i_ord
from uppfoljning.leveranser.skillnad import Skiljer
from uppfoljning.rapport.innehall import Del, Lasare, Nyckeltal, Rad, Rapport, Tabell
from uppfoljning.rapporter.nationella_leveranser.queries import Underlag, Vantad
from uppfoljning.undertryckning import MINST

_OBEKRAFTAD = (
    "Socialstyrelsens exakta filbeskrivningar finns inte i systemet. Filernas kolumner är uppgifter som kommunen"
    " bekräftar mot den beskrivning den har fått."
)


def rapport(underlag: Underlag, lasare: Lasare) -> Rapport:
    """The report."""
    delar = [_laget(underlag, lasare)]
    if not lasare.offentlig:
        delar.append(_lss(underlag))
    if underlag.skiljer is not None and not lasare.offentlig:
        delar.append(_skiljer(underlag.skiljer))
    return Rapport(
        rubrik=f"Nationella leveranser {underlag.ar}",
        per=underlag.dag,
        urval=(("År", str(underlag.ar)),),
        delar=tuple(delar),
        forslag=("{namnd} godkänner redovisningen av den statistik som har lämnats.",),
        ekonomi=("LSS-statistiken är ett underlag för utjämningen av kostnader enligt LSS mellan kommuner.",),
    )


def _laget(underlag: Underlag, lasare: Lasare) -> Del:
    vantade = [ett for ett in underlag.vantade if ett.leverans or ett.senast < underlag.dag]
    i_tid = sum(ett.i_tid for ett in vantade)
    saknas = sum(ett.leverans is None for ett in vantade)
    nyckeltal = [
        Nyckeltal("leveranser_i_tid", i_tid, av=(i_tid, len(vantade)), adress="#tabell-leveranser"),
        Nyckeltal("leveranser_saknas", saknas, adress="#tabell-leveranser"),
    ]
    if underlag.lss and underlag.lss.rader >= MINST and not lasare.offentlig:
        nyckeltal.append(Nyckeltal("leveranser_lss_personer", underlag.lss.personer, adress="#tabell-leveranser"))
    kolumner: tuple[Kolumn, ...] = (
        Kolumn("Leverans"),
        Kolumn("Avser"),
        Kolumn("Senast", Slag.DATUM),
        Kolumn("Lämnad", Slag.DATUM),
        Kolumn("Rader", Slag.HELTAL),
    )
    rader = tuple(_rad(ett, lasare) for ett in underlag.vantade)
    noter = ("En rättad fil visas med dagen då den första lämnades och raderna i den senaste.",)
    if lasare.offentlig:
        kolumner, noter = kolumner[:-1], ("En rättad fil visas med dagen då den första lämnades.",)
    tabell = Tabell("leveranser", "Årets leveranser", kolumner, rader, noter=noter, tom="Ingenting kan lämnas än.")
    return Del("laget", "Vad som har lämnats", (_OBEKRAFTAD,), tuple(nyckeltal), tabeller=(tabell,))


def _rad(ett: Vantad, lasare: Lasare) -> Rad:
    antal = () if lasare.offentlig else (ett.leverans.antal if ett.leverans else None,)
    adress = reverse("uppfoljning:leverans", args=[ett.leverans.pk]) if ett.leverans and not lasare.offentlig else ""
    return Rad((ett.slag.label, period_i_ord(ett.slag, ett.dag), ett.senast, ett.forsta, *antal), adress)


def _lss(underlag: Underlag) -> Del:
    rubrik = f"LSS-statistiken den 1 oktober {underlag.ar}"
    if underlag.lss is None:
        return Del("lss", rubrik, ("Den är inte lämnad.",))
    kolumner = (
        Kolumn("Kolumn"),
        Kolumn(str(underlag.ar), Slag.HELTAL),
        Kolumn(str(underlag.ar - 1), Slag.HELTAL),
        Kolumn("Skillnad", Slag.HELTAL),
    )
    nu, fore = dict(antal_ja(underlag.lss)), dict(antal_ja(underlag.fore)) if underlag.fore else {}
    rader = tuple(
        Rad((namn, antal, fore.get(namn), antal - fore[namn] if namn in fore else None)) for namn, antal in nu.items()
    )
    return Del("lss", rubrik, tabeller=(Tabell("lss_kolumner", "Personer i varje kolumn", kolumner, rader),))


def antal_ja(prot: Protokoll) -> Iterator[tuple[str, int]]:
    """How many have each column: of a yes or no those with yes, of others those that are filled in."""
    for ett in prot.kolumner:
        koder = dict(ett.koder)
        ja_eller_nej = "0" in koder and set(koder) <= {"0", "1"}
        yield ett.namn, koder.get("1", 0) if ja_eller_nej else ett.ifyllda


def _skiljer(skiljer: tuple[Skiljer, ...]) -> Del:
    kolumner = (
        Kolumn("Leverans"),
        *(Kolumn(stor_forsta(hur.value), Slag.HELTAL) for hur in Hur),
        Kolumn("Rader", Slag.HELTAL),
    )
    rader = tuple(
        Rad(
            (str(ett.leverans), *(len(ett.skillnad.av(hur)) for hur in Hur), ett.antal),
            reverse("uppfoljning:leverans", args=[ett.leverans.pk]),
        )
        for ett in skiljer
    )
    antal = sum(ett.antal for ett in skiljer)
    stycke = (
        f"Om det som senast lämnades gjordes om i dag skulle {antal_ord(antal, 'rad', 'rader')} skilja sig. Det har"
        " registrerats eller ändrats efteråt. Gör ett nytt utkast för samma tid för att se vilka, och för att lämna en"
        " rättad fil."
    )
    tabell = Tabell("skiljer", "Skulle skilja sig i dag", kolumner, rader, tom="Ingenting är lämnat än.")
    nyckeltal = (Nyckeltal("leveranser_skiljer", antal, adress="#tabell-skiljer"),)
    return Del("skiljer", "Ändrat efter leveransen", (stycke,), nyckeltal, tabeller=(tabell,))
