"""What the month asks of a controller and a gruppchef today, and which terms are about to run out."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from ersattning import queries, rapportlage, upphor
from ersattning.models import Korning
from ersattning.oversikt import Avvikelseslag, avvikelseslag
from ersattning.rapportlage import Enhetslage
from ersattning.regler import FAST, Status
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, datum_i_ord, manad_i_ord, stor_forsta, tal, tidpunkt_i_ord
from grund.tid import EN_DAG, Manad

VISAS = 8


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """Empty for roles that neither review months nor look after avtal. `alla` changes nothing: the month is shared."""
    del alla
    svar: list[Uppgiftsgrupp] = []
    if har_ratt(vem.roller, Ratt.GRANSKA_MANAD):
        svar += _manadens(vem, idag)
    if har_ratt(vem.roller, Ratt.SKOTA_AVTAL):
        svar += _upphor(idag)
    return svar


def nasta_manad(idag: date) -> Manad:
    """The next month to be settled: after the latest settled, else the first run, else the last that is over."""
    if senast := queries.senast_faststallda():
        return senast.plus(1)
    forsta = Korning.objects.exclude(status__in=FAST).order_by("manad").first()
    return Manad.av(forsta.manad) if forsta else Manad.av(idag).plus(-1)


def _manadens(vem: Anvandare, idag: date) -> Iterator[Uppgiftsgrupp]:
    manad = nasta_manad(idag)
    korning = queries.hamta_korning(manad)
    slag = avvikelseslag(korning) if korning and korning.status != Status.BERAKNAS else []
    kvar = sum(ett.antal - ett.bedomda for ett in slag)
    if manad.till <= idag or korning:
        yield _steget(vem, manad, korning, kvar, idag)
    if korning is None or korning.status in {Status.BERAKNAS, Status.BERAKNAD}:
        yield from _orapporterat(manad, idag)
    if korning and kvar:
        yield _obedomda(korning, slag, kvar)


def _steget(vem: Anvandare, manad: Manad, korning: Korning | None, kvar: int, idag: date) -> Uppgiftsgrupp:
    """The month's next step, and why it is not taken yet."""
    over = (idag - manad.till).days + 1
    nasta, adress, lage, under = _nasta_steg(vem, manad, korning, kvar)
    uppgift = Uppgift(
        nar=manad_i_ord(manad),
        nar_under=f"slutade för {antal_ord(over, 'dag', 'dagar')} sedan" if over > 0 else "pågår",
        vem=f"Körning {manad_i_ord(manad)}",
        adress=reverse("ersattning:korning", args=[manad]) if korning else "",
        vad="Månadens ersättning",
        lage=lage,
        lage_under=under,
        nasta=nasta,
        nasta_adress=adress,
    )
    ingress = "Månader fastställs i ordning, av någon annan än den som har räknat eller granskat."
    return Uppgiftsgrupp("manaden", "Månadens körning", "Månad att avsluta", ingress, [uppgift], 1, not_=lage.lower())


def _nasta_steg(vem: Anvandare, manad: Manad, korning: Korning | None, kvar: int) -> tuple[str, str, str, str]:
    """What to do, where, how far it has come, and what is in the way."""
    sida = reverse("ersattning:korning", args=[manad])
    if korning is None:
        far = not queries.hinder_for_korning(manad, vem)
        lank = reverse("ersattning:underlag", args=[manad])
        return "Se underlaget och kör" if far else "Se underlaget", lank, "Inte körd", ""
    if korning.status == Status.BERAKNAS:
        return "Följ beräkningen", sida, "Beräknas", ""
    if korning.status == Status.BERAKNAD:
        under = antal_ord(kvar, "avvikelse är obedömd", "avvikelser är obedömda") if kvar else ""
        return "Granska", sida, "Beräknad", under
    hinder = queries.hinder_for_faststallande(korning, vem)
    if hinder:
        return "Visa", sida, "Granskad", hinder[0]
    return "Fastställ", reverse("ersattning:faststall", args=[manad]), "Granskad", ""


def _orapporterat(manad: Manad, idag: date) -> Iterator[Uppgiftsgrupp]:
    """Enheter without underlag, once the month is over."""
    if manad.till > idag:
        return
    lagen = rapportlage.las(manad, idag).ofullstandiga
    if not lagen:
        return
    adress = reverse("ersattning:underlag", args=[manad])
    yield Uppgiftsgrupp(
        "orapporterat",
        f"Underlag saknas för {manad_i_ord(manad)}",
        "Saknar underlag",
        "Enheter med verkställigheter som inget är rapporterat för. Utan underlag blir det ingen ersättning.",
        [_enhet(ett, adress) for ett in lagen[:VISAS]],
        len(lagen),
        not_=antal_ord(sum(ett.inget for ett in lagen), "har inte rapporterat", "har inte rapporterat"),
        sen=True,
        alla=adress,
    )


def _enhet(lage: Enhetslage, adress: str) -> Uppgift:
    senast = lage.paminnelser[0] if lage.paminnelser else None
    alla = sum(ett.verkstalligheter for ett in lage.registrerat)
    return Uppgift(
        nar="Inget" if lage.inget else "En del",
        nar_under="rapporterat",
        sen=lage.inget,
        vem=lage.enhet.namn,
        vem_under=lage.enhet.utforare.namn,
        adress=adress,
        vad=f"{tal(lage.saknas)} av {antal_ord(alla, 'verkställighet', 'verkställigheter')} saknar underlag",
        vad_under=", ".join(lage.kontakter),
        lage="Påmind" if senast else "Inte påmind",
        lage_under=tidpunkt_i_ord(senast.nar) if senast else "",
        nasta="Påminn",
        nasta_adress=adress,
    )


def _obedomda(korning: Korning, slag: list[Avvikelseslag], kvar: int) -> Uppgiftsgrupp:
    manad = Manad.av(korning.manad)
    lista = reverse("ersattning:avvikelser", args=[manad])
    return Uppgiftsgrupp(
        "obedomda",
        f"Obedömda avvikelser i {manad_i_ord(manad)}",
        "Obedömda avvikelser",
        "Dagar och besök som inte ersätts, eller som någon behöver titta på.",
        [_slag(ett, lista) for ett in slag if ett.antal > ett.bedomda][:VISAS],
        kvar,
        not_=antal_ord(sum(ett.antal > ett.bedomda for ett in slag), "slag", "slag"),
        alla=f"{lista}?bedomning=ingen",
    )


def _slag(slag: Avvikelseslag, lista: str) -> Uppgift:
    adress = f"{lista}?kod={slag.kod}&bedomning=ingen"
    return Uppgift(
        nar=tal(slag.antal - slag.bedomda),
        nar_under="obedömd" if slag.antal - slag.bedomda == 1 else "obedömda",
        vem=slag.namn,
        adress=adress,
        vad=antal_ord(slag.personer, "person", "personer"),
        lage=f"{tal(slag.bedomda)} av {tal(slag.antal)} bedömda",
        nasta="Bedöm",
        nasta_adress=adress,
    )


def _upphor(idag: date) -> Iterator[Uppgiftsgrupp]:
    """Avtal and prices that end within the next days, with nothing after them."""
    slut = upphor.som_upphor(idag)
    if not slut:
        return
    yield Uppgiftsgrupp(
        "upphor",
        "Avtal och priser som upphör",
        "Upphör snart",
        f"Slutar inom {upphor.DAGAR} dagar, och inget tar vid. Därefter betalas inget efter dem.",
        [_slutar(ett, idag) for ett in slut[:VISAS]],
        len(slut),
        not_=f"inom {upphor.DAGAR} dagar",
        alla=reverse("ersattning:prislistor"),
    )


def _slutar(ett: upphor.Upphor, idag: date) -> Uppgift:
    sista = ett.till - EN_DAG
    kvar = (sista - idag).days
    return Uppgift(
        nar=datum_i_ord(sista),
        nar_under=f"om {antal_ord(kvar, 'dag', 'dagar')}" if kvar > 0 else "i dag",
        sen=kvar < 14,
        vem=ett.namn,
        vem_under=ett.vad,
        adress=reverse(ett.sida, args=[ett.pk]),
        vad=stor_forsta(ett.slag),
        vad_under=ett.hur_mycket,
        lage="Inget tar vid",
        nasta=ett.nasta,
        nasta_adress=reverse(ett.nasta_sida, args=[ett.pk]),
    )
