"""Ekstad's avtalsuppföljning: the same krav for everybody, a year's follow-ups, brister, education and notices."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from beslut.regler import Insats
from grund.models import Anvandare
from grund.tid import STOCKHOLM, Manad
from uppfoljning.avtalsatgarder import (
    Bedomt,
    Bristforslag,
    Kravrad,
    Uppfoljningsforslag,
    kravlista_pa_dag,
    lagg_till_brist,
    registrera_brist,
    registrera_kravlista,
    registrera_uppfoljning,
)
from uppfoljning.models import Avtalsuppfoljning, Kravlista
from uppfoljning.rapporter.avtalsuppfoljning.queries import UTBILDNING
from uppfoljning.rapporter.avtalsuppfoljning.regler import Bristslag, Metod, Riktning, Uppfyllt
from uppfoljning.underrattelser import Forslag, placeringar, registrera_underrattelse
from uppfoljning.uppgifter.inlasning import las_in_uppgifter
from uppfoljning.uppgifter.register import SLAG
from utforare.models import Enhet, Verkstallighet

_GEMENSAMMA = (
    (
        "A1",
        "Genomförandeplan",
        "Varje person har en plan som är högst ett år gammal och gjord tillsammans med personen.",
    ),
    ("A2", "Social dokumentation", "Händelser av betydelse är skrivna samma dag."),
    ("A3", "Lex Sarah", "Rutinen är känd av all personal, och rapporter har lett till åtgärder."),
    ("A4", "Avvikelser och synpunkter", "De tas emot, utreds och återkopplas."),
    ("A5", "Utdrag ur belastningsregistret", "Kontrollerade före anställning."),
    ("A6", "Adekvat utbildning", "Minst den andel som målet anger, och introduktion för vikarier."),
)
_EGNA = {
    Insats.BOSTAD_VUXNA: (
        ("B1", "Kontaktman", "Utsedd för varje boende, och kan bytas."),
        ("B2", "Nattbemanning", "Som beslutad, och bedömd varje år."),
        ("B3", "Fritid och delaktighet", "Den boende väljer, och det står i planen."),
    ),
    Insats.DAGLIG_VERKSAMHET: (
        ("D1", "Individuell planering", "Mål om arbete följs upp varje halvår."),
        ("D2", "Praktik och arbete", "Minst en prövad väg ut för den som vill."),
    ),
    Insats.BOENDESTOD: (
        ("C1", "Kontinuitet", "Högst fyra boendestödjare under en månad."),
        ("C2", "Tid enligt beställning", "Avbokningar registreras med orsak."),
    ),
}
_MAL = {
    Insats.BOSTAD_VUXNA: Decimal("0.60"),
    Insats.DAGLIG_VERKSAMHET: Decimal("0.55"),
    Insats.BOENDESTOD: Decimal("0.70"),
}
_SEDDA = {
    "A1": "Fyra planer är äldre än ett år.",
    "A2": "Anteckningar saknas för flera nätter.",
    "A3": "Två av fem tillfrågade kände inte till rutinen.",
    "A4": "Synpunkter tas emot men återkopplas inte.",
    "A5": "Ett utdrag saknas i pärmen.",
    "A6": "Andelen är under målet. Rekrytering pågår.",
    "B1": "Byte av kontaktman dokumenteras inte.",
    "B2": "Jouren har väckts de flesta nätter, utan ny bedömning.",
    "B3": "Önskemål om fritid står inte i planerna.",
    "D1": "Målen är desamma som för två år sedan.",
    "D2": "Ingen har prövat praktik under året.",
    "C1": "Upp till nio boendestödjare hos samma person.",
    "C2": "Orsak saknas för hälften av avbokningarna.",
}
_ATGARD = "Utföraren lämnar en handlingsplan och visar vid nästa besök att det är gjort."


@transaction.atomic
def lagg_upp_avtalsuppfoljning(sista: Manad) -> None:
    """Once. `sista` is the last settled month; today is two days after it."""
    if Kravlista.objects.exists():
        return
    eva, idag = Anvandare.objects.get(username="eva"), sista.till + timedelta(days=2)
    for insats, egna in _EGNA.items():
        krav = [Kravrad(*ett) for ett in (*_GEMENSAMMA, *egna)]
        registrera_kravlista(
            insats=insats,
            fran=date(sista.ar - 2, 1, 1),
            kalla="Förfrågningsunderlag och uppdrag till egen regi, samma krav",
            mal=_MAL[insats],
            krav=krav,
            av=eva,
            nu=_klockan(date(sista.ar - 2, 1, 8)),
        )
    for nummer, (enhet, kod) in enumerate(_enheter(idag)):
        _folj_upp(enhet, kod, nummer, idag, eva)
    _utbildning(idag, eva)
    _underrattelser(idag, eva)


def _klockan(dag: date) -> datetime:
    return datetime.combine(dag, time(13, 40), STOCKHOLM)


def _enheter(idag: date) -> list[tuple[Enhet, str]]:
    """Those where something with a kravlista is carried out."""
    urval = Verkstallighet.objects.filter(period__contains=idag, beslut__insats__in=_EGNA)
    par = urval.order_by("enhet__nyckel", "beslut__insats").values_list("enhet", "beslut__insats").distinct()
    enheter = Enhet.objects.select_related("utforare").in_bulk(pk for pk, _ in par)
    return [(enheter[pk], insats) for pk, insats in par]


def _folj_upp(enhet: Enhet, insats: str, nummer: int, idag: date, eva: Anvandare) -> None:
    """Last year's of half, and this year's of most. One was registered wrong, and is replaced."""
    slump = Random(f"{enhet.nyckel}{insats}")
    dagar = [date(idag.year - 1, 3 + nummer % 9, 1 + nummer % 27)] if nummer % 2 else []
    if nummer % 4:
        dagar.append(date(idag.year, 1, 1) + timedelta(days=(17 * nummer) % 150))
    for dag in dagar:
        ett = _uppfoljning(enhet, insats, dag, slump, eva)
        if nummer == 2 and dag.year == idag.year:
            ett = _uppfoljning(enhet, insats, dag + timedelta(days=1), slump, eva, ersatter=ett)
        _brister(ett, slump, idag, eva)


def _uppfoljning(
    enhet: Enhet, insats: str, dag: date, slump: Random, eva: Anvandare, ersatter: Avtalsuppfoljning | None = None
) -> Avtalsuppfoljning:
    lista = kravlista_pa_dag(insats, dag)
    assert lista is not None  # noqa: S101  lagg_upp_avtalsuppfoljning has made it
    bedomt = {krav.pk: _bedomt(krav.kod, slump) for krav in lista.krav.all()}
    bedomt[next(iter(bedomt))] = Bedomt(Uppfyllt.UPPFYLLT)
    forslag = Uppfoljningsforslag(
        enhet=enhet,
        lista=lista,
        datum=dag,
        ansvarig=slump.choice(("Eva Sandström", "Eva Sandström och Klara Lind", "Medicinskt ansvarig sjuksköterska")),
        metod=slump.choice(list(Metod)),
        sammanfattning="Samtal med enhetschefen, genomgång av planer och rutiner.",
        bedomt=bedomt,
        ersatter=ersatter,
    )
    return registrera_uppfoljning(forslag=forslag, av=eva, idag=dag, nu=_klockan(dag + timedelta(days=2)))


def _bedomt(kod: str, slump: Random) -> Bedomt:
    utfall = slump.choices(list(Uppfyllt), (70, 15, 6, 9))[0]
    brister = utfall in {Uppfyllt.DELVIS, Uppfyllt.EJ}
    return Bedomt(utfall, _SEDDA[kod] if brister else "")


def _brister(ett: Avtalsuppfoljning, slump: Random, idag: date, eva: Anvandare) -> None:
    """Of each krav that is not met. Most of last year's are closed."""
    for bedomning in ett.bedomningar.filter(utfall=Uppfyllt.EJ).select_related("krav"):
        frist = ett.datum + timedelta(days=slump.choice((30, 60, 90)))
        forslag = Bristforslag(ett.enhet, ett, bedomning.krav, ett.datum, bedomning.anteckning, _ATGARD, frist)
        brist = registrera_brist(forslag=forslag, av=eva, idag=ett.datum, nu=_klockan(ett.datum + timedelta(days=2)))
        besked = frist - timedelta(days=slump.choice((3, 10)))
        if besked > idag:
            continue
        ny = slump.random() < 0.2
        klar = frist + timedelta(days=slump.choice((0, 4, 20)))
        handelser: list[tuple[Bristslag, date, str, date | None]] = [
            (Bristslag.ANTECKNING, besked, "Handlingsplanen är mottagen.", None)
        ]
        if ny:
            senare = frist + timedelta(days=45)
            handelser.append((Bristslag.NY_FRIST, besked, "Utföraren har bett om mer tid för rekrytering.", senare))
        if not ny and klar <= idag and slump.random() < 0.8:
            handelser.append((Bristslag.STANGD, klar, "Visat vid besök.", None))
        for slag, dag, text, ny_frist in handelser:
            lagg_till_brist(
                brist=brist, slag=slag, datum=dag, text=text, frist=ny_frist, av=eva, idag=idag, nu=_klockan(dag)
            )


def _utbildning(idag: date, eva: Anvandare) -> None:
    """Of last year and this, of all but a few. This year's first file was wrong and has been replaced."""
    for ar, varv in ((idag.year - 1, 0), (idag.year, 1), (idag.year, 2)):
        las_in_uppgifter(
            slag=SLAG[UTBILDNING],
            period=f"{ar:04}",
            innehall=f"enhet_id;anstallda;adekvat\n{''.join(_personal(varv))}".encode(),
            filnamn=f"utbildning-{ar}-{varv}.csv",
            kalla="Personalsystemet och utförarnas svar",
            av=eva,
            nu=_klockan(idag - timedelta(days=10 - varv)),
        )


def _personal(varv: int) -> Iterator[str]:
    nycklar = Enhet.objects.exclude(nyckel__startswith="F").order_by("nyckel").values_list("nyckel", flat=True)
    for nummer, nyckel in enumerate(nycklar):
        if nummer % 13 == 12:
            continue
        anstallda = 6 + Random(nyckel).randrange(18)
        andel = 0.29 + Random(f"{nyckel}{varv}").random() * 0.45
        yield f"{nyckel};{anstallda};{round(anstallda * andel)}\n"


def _underrattelser(idag: date, eva: Anvandare) -> None:
    """Some of those that should have been given, and two that have come."""
    ute: Sequence[int] = [ett.verk for ett in placeringar(idag) if ett.ska_underrattas]
    verk = Verkstallighet.objects.select_related("beslut__person", "enhet__utforare").in_bulk(ute)
    kommuner = {ett.verk: ett.kommun for ett in placeringar(idag)}
    for pk in ute[: max(1, len(ute) * 2 // 3)]:
        ett = verk[pk]
        dag = max(ett.fran, idag - timedelta(days=900))
        forslag = Forslag(
            riktning=Riktning.LAMNAD,
            kommun=kommuner[pk],
            insats=ett.beslut.insats,
            avtalsdatum=dag,
            underrattad=min(dag + timedelta(days=12), idag),
            person=ett.beslut.person,
            enhet=ett.enhet,
            anteckning="",
        )
        registrera_underrattelse(forslag=forslag, av=eva, idag=idag, nu=_klockan(min(dag + timedelta(days=13), idag)))
    for nummer, kommun in enumerate(("Lindviks kommun", "Storbergs kommun")):
        dag = idag - timedelta(days=40 + 60 * nummer)
        forslag = Forslag(
            Riktning.MOTTAGEN, kommun, Insats.BOSTAD_VUXNA, dag, dag + timedelta(days=6), None, None, "Kvarnbacken."
        )
        registrera_underrattelse(forslag=forslag, av=eva, idag=idag, nu=_klockan(dag + timedelta(days=7)))
