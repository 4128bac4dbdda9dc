"""Orders in words and steps, for the pages of those who order and of those who answer; and what a beslut has."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.urls import reverse

from beslut.models import Beslut
from beslut.ord import insats_i_ord
from beslut.tillgang import far_se, namn
from beslut.visning import omfattning_i_ord
from grund.models import Anvandare, Handelse
from grund.text import datum_i_ord, giltig_i_ord, stor_forsta, tidpunkt_i_ord, tidpunkt_kort
from utforare import arbetslistor, queries
from utforare.bestallningsregler import OPPNA, Bestallningsstatus, Mangd
from utforare.frist import DOM_I_ORD, Frist, Klocka
from utforare.models import Bestallning, Slutanmalan, Verkstallighet

Par = list[tuple[str, str]]
_S = Bestallningsstatus
_FARG = {_S.SKICKAD: "warning", _S.ACCEPTERAD: "info", _S.PABORJAD: "success", _S.AVBOJD: "error"}


class Steg(NamedTuple):
    """A step of komponenter/flode.html."""

    namn: str
    lage: str
    text: str
    alla: int = 0


@dataclass(frozen=True, slots=True)
class Rad:
    """An order in a list. `adress` is empty when the person is not for the one who looks."""

    pk: int
    nyckel: str
    vem: str
    adress: str
    insats: str
    enhet: str
    utforare: str
    start: date
    status: str
    farg: str
    skickad: datetime


class Handelserad(NamedTuple):
    """A row of komponenter/handelser.html."""

    nar: str
    text: str


def lagesval() -> list[tuple[str, str]]:
    """The states to choose among."""
    return [(str(kod.value), stor_forsta(str(kod.label))) for kod in _S]


def huvud(vem: Anvandare, beslut: Beslut) -> dict[str, Any]:
    """What every page about a beslut has on top."""
    return {
        "beslut": beslut,
        "namn": namn(vem, beslut.person),
        "insats": insats_i_ord(beslut.insats),
        "beslutsfakta": beslutet(beslut),
    }


def beslutet(beslut: Beslut) -> Par:
    """The beslut in short."""
    par = [
        ("Insats", insats_i_ord(beslut.insats)),
        ("Utfall", stor_forsta(beslut.get_utfall_display())),
        ("Omfattning", omfattning_i_ord(beslut)),
        ("Beslutsdatum", datum_i_ord(beslut.beslutsdatum)),
        ("Gäller", stor_forsta(giltig_i_ord(beslut.fran, beslut.till)) if beslut.fran else ""),
        ("Beslut", beslut.nyckel),
    ]
    return [ett for ett in par if ett[1]]


def mangd(ett: Bestallning) -> str:
    """`4 timmar per vecka`; what is decided when the order names nothing."""
    if ett.antal is not None:
        return str(Mangd(ett.antal, ett.antal_enhet))
    i_beslutet = omfattning_i_ord(ett.beslut)
    return f"{i_beslutet}, enligt beslutet" if i_beslutet else "enligt beslutet"


def fakta(ett: Bestallning) -> Par:
    """What is ordered; what the order does not say is left out."""
    par = [
        ("Insats", insats_i_ord(ett.beslut.insats)),
        ("Enhet", f"{ett.enhet.namn}, {ett.enhet.utforare.namn}"),
        ("Beställt", stor_forsta(mangd(ett))),
        ("Omfattning", stor_forsta(ett.omfattning)),
        ("Önskad start", datum_i_ord(ett.onskad_start)),
        ("Avtalad start", datum_i_ord(ett.start) if ett.start else ""),
        ("Plats", ett.plats),
        ("Meddelande", ett.meddelande),
        ("Varför", ett.orsak),
        ("Beställning", ett.nyckel),
    ]
    return [rad for rad in par if rad[1]]


def rad(vem: Anvandare, ett: Bestallning) -> Rad:
    """The order as a row for a handläggare. Where a protected person is, is for those who may see them."""
    synlig = far_se(vem, ett.beslut.person)
    return Rad(
        pk=ett.pk,
        nyckel=ett.nyckel,
        vem=namn(vem, ett.beslut.person),
        adress=reverse("utforare:bestallning", args=[ett.pk]) if synlig else "",
        insats=insats_i_ord(ett.beslut.insats),
        enhet=ett.enhet.namn if synlig else "",
        utforare=ett.enhet.utforare.namn if synlig else "",
        start=ett.start or ett.onskad_start,
        status=stor_forsta(ett.get_status_display()),
        farg=_FARG.get(_S(ett.status), "default"),
        skickad=ett.skickad,
    )


def steg(ett: Bestallning) -> list[Steg]:
    """Sent, answered, begun: who and when."""
    svar = "Svar" if ett.besvarad is None else "Avböjd" if ett.status == _S.AVBOJD else "Accepterad"
    sist = {_S.ATERKALLAD: "Återkallad", _S.PABORJAD: "Påbörjad"}.get(_S(ett.status), "Start")
    alla = [
        _steg("Skickad", ett.skickad, ett.skickad_av, nu=False),
        _steg(svar, ett.besvarad, ett.besvarad_av, nu=ett.status == _S.SKICKAD),
        _steg(sist, ett.avslutad, ett.avslutad_av, nu=ett.status == _S.ACCEPTERAD),
    ]
    if ett.status == _S.AVBOJD:
        return alla[:2]
    return [alla[0], alla[2]] if ett.status == _S.ATERKALLAD and not ett.besvarad else alla


def _steg(namn_: str, nar: datetime | None, vem: Anvandare | None, *, nu: bool) -> Steg:
    if nar is None:
        return Steg(namn_, "nu" if nu else "kommande", "väntar" if nu else "")
    av = (vem.get_full_name() or vem.username) if vem else ""
    return Steg(namn_, "klar", f"{tidpunkt_i_ord(nar)}, {av}")


def handelser(ett: Bestallning) -> list[Handelserad]:
    """What has been done with the order, the latest first."""
    urval = Handelse.objects.filter(objekt=f"bestallning:{ett.pk}").select_related("av").order_by("-tidpunkt", "-pk")
    return [
        Handelserad(tidpunkt_kort(h.tidpunkt), f"{(h.av.get_full_name() or h.av.username) if h.av else ''}: {h.text}")
        for h in urval
    ]


@dataclass(frozen=True, slots=True)
class Utforande:
    """How a beslut is carried out: for its own page, and for templates/utforare/_utforande.html in others'."""

    frist: Frist | None
    frist_i_ord: str
    verkstalligheter: Sequence[Verkstallighet]
    bestallningar: Sequence[Rad]
    lage: arbetslistor.Lage
    slutanmalningar: Sequence[Slutanmalan]


def utforande(vem: Anvandare, beslut: Beslut, idag: date) -> Utforande:
    """How one beslut is carried out."""
    return utforanden(vem, [beslut], idag)[beslut.pk]


def utforanden(vem: Anvandare, besluten: Sequence[Beslut], idag: date) -> dict[int, Utforande]:
    """How each of some beslut, read with their persons, is carried out. Seven queries, however many there are."""
    nycklar = {beslut.pk: beslut for beslut in besluten}
    lagen, fristerna = arbetslistor.lagen(nycklar), arbetslistor.fristerna(nycklar, idag)
    verk, slut = defaultdict(list), defaultdict(list)
    for ett in queries.av_flera_beslut(nycklar):
        verk[ett.beslut_id].append(ett)
    anmalningar = Slutanmalan.objects.filter(verkstallighet__beslut__in=nycklar).select_related("verkstallighet")
    for anmalan in anmalningar.order_by("-anmald"):
        slut[anmalan.verkstallighet.beslut_id].append(anmalan)
    svar = {}
    for pk, beslut in nycklar.items():
        for bestallning in lagen[pk].bestallningar:
            bestallning.beslut = beslut
        klocka = fristerna.get(pk)
        svar[pk] = Utforande(
            frist=klocka,
            frist_i_ord=frist_i_ord(klocka, idag) if klocka else "",
            verkstalligheter=verk[pk],
            bestallningar=[rad(vem, ett) for ett in lagen[pk].bestallningar],
            lage=lagen[pk],
            slutanmalningar=slut[pk],
        )
    return svar


_BORJAN = {
    Klocka.BESLUT: "Beslutet fattades {fran} och är inte verkställt.",
    Klocka.AVBROTT: "Insatsen utförs inte sedan {fran}.",
    Klocka.DELVIS: "Sedan {fran} är mindre beställt än beslutat. En del i tre månader räknas som avbrott.",
}


def frist_i_ord(klocka: Frist, idag: date) -> str:
    """`Beslutet fattades 12 mars 2026 och är inte verkställt. Tre månader går ut 12 juni 2026.`"""
    borjan = _BORJAN[klocka.klocka].format(fran=datum_i_ord(klocka.fran))
    verb = "gick" if klocka.har_gatt_ut(idag) else "går"
    slut = f"Tre månader {verb} ut {datum_i_ord(klocka.sista)}."
    if not klocka.rapporteras:
        return f"{borjan} {slut} {DOM_I_ORD}."
    if klocka.har_gatt_ut(idag):
        slut += " Beslutet ska rapporteras till IVO och revisorerna."
    return f"{borjan} {slut}"


def oppna_bestallningar(beslut: Beslut) -> list[Bestallning]:
    """Those that an offer may be about."""
    urval = Bestallning.objects.filter(beslut=beslut, status__in=OPPNA).select_related("enhet")
    return list(urval.order_by("-skickad"))
