"""What waits, as lines of the start page: for handläggare and gruppchef, and for those who work at an enhet."""

from collections.abc import Callable, Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse

from beslut.models import Beslut
from beslut.ord import insats_i_ord
from beslut.tillgang import far_se, namn
from beslut.visning import omfattning_i_ord
from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.behorighet import Ratt, har_ratt
from grund.models import Anvandare
from grund.text import antal_ord, dag_kort, datum_i_ord, och, stor_forsta
from grund.tid import EN_DAG, lokal_dag
from utforare import arbetslistor as listor
from utforare.arbetslistor import Lage, Uteblir, Vantande
from utforare.bestallningsregler import Bestallningsstatus, Erbjudandesvar
from utforare.frist import DOM_I_ORD, NARA_DAGAR, Frist, Klocka
from utforare.models import Slutanmalan, Verkstallighet
from utforare.utforarens import utforarens_grupper

VISAS = 8
_KLOCKOR = {
    Klocka.BESLUT: "Beslutat {dag}",
    Klocka.AVBROTT: "Utförs inte sedan {dag}",
    Klocka.DELVIS: "Utförs bara delvis sedan {dag}",
}


def grupper(vem: Anvandare, idag: date, *, alla: bool) -> list[Uppgiftsgrupp]:
    """At most thirteen queries for a handläggare, four for a utförare."""
    svar = []
    if har_ratt(vem.roller, Ratt.HANDLAGGA):
        svar += [gora(vem, idag, alla=alla, mest=VISAS) for gora in HANDLAGGARENS.values()]
    if har_ratt(vem.roller, Ratt.RAPPORTERA):
        svar += utforarens_grupper(vem, idag)
    return [grupp for grupp in svar if grupp.antal]


def utgangna(vem: Anvandare, idag: date, *, alla: bool, mest: int | None = None) -> Uppgiftsgrupp:
    """Carried out without a beslut that holds."""
    rader = list(listor.utgangna(vem, idag, alla=alla))
    return Uppgiftsgrupp(
        nyckel="utgangna",
        rubrik="Beslutet har gått ut men insatsen utförs",
        kort="Utgångna men utförs",
        ingress="Dagar utan beslut ersätts inte. Pröva behovet på nytt eller avsluta insatsen.",
        uppgifter=[_utgangen(vem, idag, verk) for verk in rader[:mest]],
        antal=len(rader),
        not_="utan ersättning",
        sen=bool(rader),
        alla=_alla("utgangna", alla=alla),
    )


def _utgangen(vem: Anvandare, idag: date, verk: Verkstallighet) -> Uppgift:
    beslut, dod = verk.beslut, verk.beslut.person.avliden
    sista = min(dag for dag in (dod, beslut.till and beslut.till - EN_DAG) if dag)
    nasta, adress = "Pröva på nytt", reverse("beslut:omprovning", args=[beslut.pk])
    if dod:
        nasta, adress = "Avsluta", reverse("utforare:avsluta", args=[verk.pk])
    return _rad(
        vem,
        beslut,
        nar=f"{antal_ord((idag - sista).days, 'dag', 'dagar')} över",
        nar_under=f"{'avled' if sista == dod else 'gick ut'} {dag_kort(sista, idag)}",
        sen=True,
        lage=f"Utförs av {verk.enhet.namn}",
        lage_under=f"Ersätts inte från {dag_kort(sista + EN_DAG, idag)}",
        nasta=nasta,
        nasta_adress=adress,
    )


def ej_verkstallda(vem: Anvandare, idag: date, *, alla: bool, mest: int | None = None) -> Uppgiftsgrupp:
    """Gynnande beslut that nobody carries out."""
    rader = listor.ej_verkstallda(vem, idag, alla=alla)
    visas = rader[:mest]
    beslut, lagen = listor.med_person(r.beslut_id for r in visas), listor.lagen(r.beslut_id for r in visas)
    over = sum(rad.frist.har_gatt_ut(idag) for rad in rader)
    nara = sum(rad.frist.ar_nara(idag) for rad in rader) - over
    domar = sum(not rad.frist.rapporteras for rad in rader)
    return Uppgiftsgrupp(
        nyckel="ej-verkstallda",
        rubrik="Beslut som inte är verkställda",
        kort="Ej verkställda",
        ingress=(
            "Dagar kvar till tre månader från beslutsdagen, eller från dagen då insatsen avbröts."
            " Att personen tackar nej till ett erbjudande stoppar inte fristen."
        ),
        uppgifter=[_vantar(vem, idag, rad, beslut[rad.beslut_id], lagen[rad.beslut_id]) for rad in visas],
        antal=len(rader),
        not_=f"{over} över tre månader, {nara} inom {NARA_DAGAR} dagar{_varav(domar)}",
        sen=bool(over),
        alla=_alla("ej-verkstallda", alla=alla),
    )


def _vantar(vem: Anvandare, idag: date, rad: Vantande, beslut: Beslut, lage: Lage) -> Uppgift:
    kvar = rad.frist.dagar_kvar(idag)
    lage_text, lage_under, nasta, vy = nasta_steg(beslut, lage, idag, over=kvar < 0)
    return _rad(
        vem,
        beslut,
        nar=f"{antal_ord(abs(kvar), 'dag', 'dagar')} {'över' if kvar < 0 else 'kvar'}",
        nar_under=dag_kort(rad.frist.sista, idag),
        sen=rad.frist.ar_nara(idag),
        andel=rad.frist.andel(idag),
        vad_under=_vad_under(rad.frist),
        lage=lage_text,
        lage_under=lage_under,
        nasta=nasta,
        nasta_adress=vy,
    )


def _varav(domar: int) -> str:
    return f", varav {antal_ord(domar, 'dom', 'domar')}" if domar else ""


def _vad_under(frist: Frist) -> str:
    """What set the clock going, and that a judgment is not reported but must not be forgotten either."""
    sedan = _KLOCKOR[frist.klocka].format(dag=datum_i_ord(frist.fran))
    return sedan if frist.rapporteras else f"{sedan}. {DOM_I_ORD}."


def nasta_steg(beslut: Beslut, lage: Lage, idag: date, *, over: bool) -> tuple[str, str, str, str]:
    """State, what stands under it, the next step and where it is taken."""
    senaste = lage.bestallningar[0] if lage.bestallningar else None
    obesvarat = next((ett for ett in lage.erbjudanden if not ett.svar), None)
    nej = sum(ett.svar == Erbjudandesvar.NEJ for ett in lage.erbjudanden)
    if senaste and senaste.status == Bestallningsstatus.ACCEPTERAD and senaste.start:
        text, steg = f"Börjar {datum_i_ord(senaste.start)}", "Följ upp beställning"
        return text, senaste.enhet.namn, steg, reverse("utforare:bestallning", args=[senaste.pk])
    if senaste and senaste.status == Bestallningsstatus.SKICKAD:
        text = f"Beställning skickad {datum_i_ord(lokal_dag(senaste.skickad))}"
        under, steg = f"Svar väntas från {senaste.enhet.namn}", "Följ upp beställning"
        return text, under, steg, reverse("utforare:bestallning", args=[senaste.pk])
    if obesvarat:
        svar = reverse("utforare:svar", args=[obesvarat.pk])
        return f"Erbjudande {datum_i_ord(obesvarat.datum)}", "Svar saknas", "Registrera svar", svar
    if over and not lage.orsak:
        orsak = reverse("utforare:orsak", args=[beslut.pk])
        return _utan_oppet(lage, nej), "Orsaken är inte skriven", "Skriv orsak", orsak
    under = stor_forsta(lage.orsak.get_kod_display()) if lage.orsak else ""
    avbrott = next((ett for ett in lage.uppehall if ett.fran <= idag and (ett.till is None or ett.till > idag)), None)
    if avbrott:
        text, steg = f"Uppehåll: {avbrott.get_orsak_display()}", "Följ upp uppehållet"
        return text, under, steg, reverse("utforare:avsluta_uppehall", args=[avbrott.pk])
    return _utan_oppet(lage, nej), under, "Beställ", reverse("utforare:bestall", args=[beslut.pk])


def _utan_oppet(lage: Lage, nej: int) -> str:
    delar = []
    if lage.bestallningar and lage.bestallningar[0].status == Bestallningsstatus.AVBOJD:
        delar.append(f"Avböjd av {lage.bestallningar[0].enhet.namn}")
    if nej:
        delar.append(f"{antal_ord(nej, 'erbjudande', 'erbjudanden')}, tackat nej")
    return och(delar) if delar else "Ingen beställning än"


def tar_inte_emot(vem: Anvandare, idag: date, *, alla: bool, mest: int | None = None) -> Uppgiftsgrupp:
    """Persons who do not take up what they have been granted."""
    rader = listor.tar_inte_emot(vem, idag, alla=alla)
    verk = _verk(rad.verkstallighet_id for rad in rader[:mest])
    return Uppgiftsgrupp(
        nyckel="tar-inte-emot",
        rubrik="Personer som inte tar emot sitt stöd",
        kort="Tar inte emot stöd",
        ingress=(
            f"Minst {settings.UTEBLIVET_PROCENT} % av besöken avbokade av personen, eller av dagarna frånvaro,"
            f" de senaste {settings.UTEBLIVET_VECKOR} veckorna. Följ upp om stödet är rätt."
        ),
        uppgifter=[_uteblir(vem, rad, verk[rad.verkstallighet_id]) for rad in rader[:mest]],
        antal=len(rader),
        not_=f"senaste {settings.UTEBLIVET_VECKOR} veckorna",
        alla=_alla("tar-inte-emot", alla=alla),
    )


def _verk(nycklar: Iterable[int]) -> dict[int, Verkstallighet]:
    return Verkstallighet.objects.select_related("beslut__person", "enhet__utforare").in_bulk(list(nycklar))


def _uteblir(vem: Anvandare, rad: Uteblir, verk: Verkstallighet) -> Uppgift:
    hur = "besök avbokade av personen" if rad.besok else "dagar frånvaro"
    return _rad(
        vem,
        verk.beslut,
        nar=f"{rad.uteblivna * 100 // rad.alla} %",
        nar_under="uteblivet",
        lage=f"{rad.uteblivna} av {rad.alla} {hur}",
        lage_under=f"{verk.enhet.namn}, {verk.enhet.utforare.namn}",
        nasta="Öppna",
        nasta_adress=reverse("utforare:utforande", args=[verk.beslut_id]),
    )


def slut_att_bekrafta(vem: Anvandare, idag: date, *, alla: bool, mest: int | None = None) -> Uppgiftsgrupp:
    """Ends that a utförare has reported."""
    rader = list(listor.slutanmalningar(vem, idag, alla=alla))
    return Uppgiftsgrupp(
        nyckel="slut-att-bekrafta",
        rubrik="Insatser som utföraren har anmält slut för",
        kort="Slut att bekräfta",
        ingress="När du bekräftar slutar insatsen, och dagar efter sista dagen ersätts inte.",
        uppgifter=[_slut(vem, idag, anmalan) for anmalan in rader[:mest]],
        antal=len(rader),
        not_="väntar på dig",
        alla=_alla("slut-att-bekrafta", alla=alla),
    )


def _slut(vem: Anvandare, idag: date, anmalan: Slutanmalan) -> Uppgift:
    verk, har_varit = anmalan.verkstallighet, anmalan.sista_dag < idag
    return _rad(
        vem,
        verk.beslut,
        nar=dag_kort(anmalan.sista_dag, idag),
        nar_under="var sista dagen" if har_varit else "sista dagen",
        sen=har_varit,
        lage=stor_forsta(anmalan.get_orsak_display()),
        lage_under=f"{verk.enhet.namn}, {verk.enhet.utforare.namn}",
        nasta="Bekräfta slutet",
        nasta_adress=reverse("utforare:avsluta", args=[verk.pk]),
    )


def _rad(
    vem: Anvandare,
    beslut: Beslut,
    *,
    nar: str,
    nar_under: str,
    lage: str,
    lage_under: str,
    nasta: str,
    nasta_adress: str,
    vad_under: str = "",
    sen: bool = False,
    andel: int | None = None,
) -> Uppgift:
    """A line about a person's beslut; for those who may not see the person without links, and without the enhet: where
    somebody is, is what the protection is for."""
    synlig = far_se(vem, beslut.person)
    utfall = f"{stor_forsta(beslut.get_utfall_display())} {datum_i_ord(beslut.beslutsdatum)}"
    return Uppgift(
        nar=nar,
        nar_under=nar_under,
        sen=sen,
        andel=andel,
        vem=namn(vem, beslut.person),
        vem_under=f"{beslut.nyckel}, f. {beslut.person.personnummer[:4]}" if synlig else beslut.nyckel,
        adress=reverse("utforare:utforande", args=[beslut.pk]) if synlig else "",
        vad=", ".join(filter(None, [insats_i_ord(beslut.insats), omfattning_i_ord(beslut)])),
        vad_under=vad_under or utfall,
        lage=lage if synlig else "",
        lage_under=lage_under if synlig else "",
        nasta=nasta if synlig else "",
        nasta_adress=nasta_adress if synlig else "",
        person=beslut.person_id if synlig else None,
    )


def _alla(nyckel: str, *, alla: bool) -> str:
    return reverse("utforare:arbetslista", args=[nyckel], query={"visa": "alla"} if alla else None)


Gruppfunktion = Callable[..., Uppgiftsgrupp]
HANDLAGGARENS: dict[str, Gruppfunktion] = {
    "utgangna": utgangna,
    "ej-verkstallda": ej_verkstallda,
    "slut-att-bekrafta": slut_att_bekrafta,
    "tar-inte-emot": tar_inte_emot,
}
