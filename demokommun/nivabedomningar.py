"""Instruments in use, and nivåbedömningar in every state, made by the actions that people use. Nothing is godkänt, so
that the settled months stand."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from beslut.actions.instrument import ny_version, skapa_instrument, ta_i_bruk
from beslut.actions.nivaarende import Svar, borja_bedomning, lamna_synpunkt, skicka_in, spara_bedomning
from beslut.actions.nivaprovning import avvisa, skicka_tillbaka
from beslut.instrument import Instrumentutkast, Omradesutkast, pa_dag
from beslut.models import Instrument, Nivaarende, Nivabedomning, Nivaprovning, Nivasvar, Person, Tilldelning
from beslut.models.nivaarende import Arendelage
from beslut.nivapoang import TAL, Grans, Skala, berakna
from beslut.regler import Bedomningsstatus
from grund.models import Anvandare
from grund.tid import EN_DAG, STOCKHOLM, Manad
from utforare.models import Verkstallighet

_FORSTA_DAG = date(2023, 1, 1)  # when the instruments were taken into use
_OMRADEN = (
    ("d1", "Lärande och att tillämpa kunskap", 2, "Att lära nytt, rikta uppmärksamhet, lösa problem och fatta beslut."),
    ("d2", "Allmänna uppgifter och krav", 2, "Att påbörja och avsluta moment, klara rutiner och hantera stress."),
    ("d3", "Kommunikation", 3, "Att förstå och göra sig förstådd, med tal, tecken eller hjälpmedel."),
    ("d4", "Förflyttning", 3, "Att röra sig, byta ställning, hantera föremål och ta sig någonstans."),
    ("d5", "Personlig vård", 4, "Hygien, toalettbesök, klädsel, måltider och att sköta sin hälsa."),
    ("d6", "Hemliv", 2, "Att handla, laga mat, städa och ta hand om sina saker."),
    ("d7", "Mellanmänskliga interaktioner och relationer", 3, "Samspel med andra, nära och främmande."),
    ("d8", "Arbete och sysselsättning", 2, "Utbildning, arbete, sysselsättning och ekonomi."),
    ("d9", "Samhällsgemenskap och socialt liv", 2, "Fritid, föreningsliv och medborgerligt liv."),
    ("trygghet", "Känsla av trygghet", 2, "Om personen känner sig trygg i det som görs."),
)
_GRANSER = {
    "Ekstads stödbehovsskala, daglig verksamhet": (("LSS-10",), ("1", "2", "3", "4", "5"), (0, 20, 36, 48, 60)),
    "Ekstads stödbehovsskala, boende": (
        ("LSS-9",),
        ("grundpeng", "1", "2", "3", "4", "5", "6", "7"),
        (0, 12, 24, 36, 48, 60, 72, 84),
    ),
}
_SKAL = {
    "d1": "Behöver att varje steg visas och upprepas.",
    "d2": "Behöver stöd att påbörja och avsluta moment.",
    "d3": "Använder bilder och tecken, och behöver tid och en van samtalspartner.",
    "d4": "Rullstol sedan i vintras, två personer vid utflykt.",
    "d5": "Stöd vid måltid och toalettbesök.",
    "d6": "Klarar delar av sysslorna med någon bredvid.",
    "d7": "Behöver stöd att tolka andra, och för att konflikter inte ska uppstå.",
    "d8": "Behöver anpassade uppgifter och återkommande instruktion.",
    "d9": "Deltar tillsammans med personal.",
    "trygghet": "Blir orolig vid byte av personal.",
}
_SAMMANFATTNING = (
    "Behovet av stöd har ökat sedan förra bedömningen, framför allt vid förflyttning och personlig vård. "
    "Bedömt tillsammans med personen och kontaktpersonen på enheten."
)


@transaction.atomic
def lagg_upp_nivaer(sista: Manad) -> None:
    """Once. `sista` is the last settled month; today is a few days into the next."""
    if Instrument.objects.exists():
        return
    idag = sista.till + timedelta(days=2)
    _instrument(idag)
    urval = _Urval(sista)
    eva = Anvandare.objects.get(username="eva")
    petra = Anvandare.objects.get(username="petra")
    bakat = sista.plus(-1).fran
    for nummer, verk in enumerate(urval.ta("LSS-10", 3, hos=petra)):
        _skickad(verk, fran=bakat, dag=idag - timedelta(days=22 - 6 * nummer))
    _skickad(*urval.ta("LSS-10", 1, hos=petra), fran=idag.replace(day=1), dag=idag - timedelta(days=2), av=petra)
    fulla_skalor = [verk for kod in ("GBK", "BJO", "SBK") for verk in urval.ta("LSS-9", 1, utforare=kod)]
    for nummer, verk in enumerate(fulla_skalor):
        _skickad(verk, fran=sista.fran + timedelta(days=14 * nummer), dag=idag - timedelta(days=9 - nummer))
    for verk in urval.ta("LSS-10", 1, utforare="KVH"):
        _skickad(verk, fran=sista.fran, dag=idag - timedelta(days=5))  # its price list has level 1 only
    for verk in urval.ta("LSS-10", 1, skyddad=True):
        _skickad(verk, fran=sista.fran, dag=idag - timedelta(days=12))
    for verk in urval.ta("LSS-9", 1, handlaggare="maria"):
        arende = _skickad(verk, fran=bakat, dag=idag - timedelta(days=8))
        motiv = "Skälen för personlig vård beskriver inte natten. Beskriv vad som behövs då, och hur ofta."
        nu = _klockan(idag - timedelta(days=3))
        skicka_tillbaka(arende=arende, motiv=motiv, av=eva, nu=nu, version=arende.version)
    for verk in urval.ta("LSS-10", 1, hos=petra):
        arende = _skickad(verk, fran=bakat, dag=idag - timedelta(days=19))
        motiv = "Förändringen beskrivs som tillfällig, efter en skada. Bedöm igen om behovet består till hösten."
        nu = _klockan(idag - timedelta(days=7))
        avvisat = avvisa(arende=arende, motiv=motiv, av=eva, nu=nu, version=arende.version)
        text = (
            "Stödet vid måltid och förflyttning har ökat sedan januari, före skadan. "
            "Vi har haft en extra person vid utflykter hela våren."
        )
        lamna_synpunkt(arende=avvisat, text=text, av=petra, nu=_klockan(idag - EN_DAG))
    for verk in urval.ta("LSS-10", 1, handlaggare="maria"):
        beslut, maria = verk.beslut, _handlaggare(verk.beslut.person)
        dag = idag - timedelta(days=4)
        borja_bedomning(person=beslut.person, insats=beslut.insats, av=maria, nu=_klockan(dag), idag=dag)


def _instrument(idag: date) -> None:
    """Two instruments in use, one of them with a draft of its next version."""
    omraden = [Omradesutkast(kod, namn, Decimal(vikt), hjalp) for kod, namn, vikt, hjalp in _OMRADEN]
    beskrivning = "Bedöm stödbehovet i varje livsområde under en vanlig vecka, med de hjälpmedel som personen har."
    for namn, (insatser, nivaer, minst) in _GRANSER.items():
        granser = [Grans(Decimal(poang), niva) for niva, poang in zip(nivaer, minst, strict=True)]
        utkast = Instrumentutkast(namn, insatser, 2, beskrivning, omraden, granser)
        nytt = skapa_instrument(utkast=utkast, av=None)
        ta_i_bruk(instrument=nytt, fran=_FORSTA_DAG, av=None, idag=min(_FORSTA_DAG, idag))
    ny_version(instrument=nytt, av=Anvandare.objects.get(username="eva"))


class _Urval:
    """Persons to assess, each once: with a level that holds, a verkställighet that goes on, and a level above."""

    def __init__(self, sista: Manad) -> None:
        self.sista = sista
        self.tagna: set[int] = set(
            Nivabedomning.objects.filter(status=Bedomningsstatus.INSKICKAD).values_list("person", flat=True)
        )

    def ta(
        self,
        insats: str,
        antal: int,
        *,
        hos: Anvandare | None = None,
        utforare: str = "",
        handlaggare: str = "",
        skyddad: bool = False,
    ) -> Iterator[Verkstallighet]:
        """So many of them, in the order of their keys."""
        urval = Verkstallighet.objects.filter(
            beslut__insats=insats,
            beslut__person__skyddad=skyddad,
            beslut__person__avliden__isnull=True,
            beslut__till__isnull=True,
            beslut__utfall="bifall",
            till__isnull=True,
            fran__lt=self.sista.plus(-6).fran,
        ).exclude(nyckel__startswith="F")
        if hos:
            urval = urval.filter(enhet__tillhorigheter__anvandare=hos)
        if utforare:
            urval = urval.filter(enhet__utforare__nyckel__startswith=utforare)
        if handlaggare:
            urval = urval.filter(beslut__person__tilldelningar__handlaggare__username=handlaggare)
        for verk in urval.select_related("beslut__person").order_by("nyckel"):
            if antal and verk.beslut.person_id not in self.tagna and _nasta_niva(verk):
                self.tagna.add(verk.beslut.person_id)
                antal -= 1
                yield verk


def _nasta_niva(verk: Verkstallighet) -> tuple[Nivabedomning, str] | None:
    """The assessment that holds and the level above its own."""
    beslut = verk.beslut
    galler = Nivabedomning.objects.filter(
        person=beslut.person, insats=beslut.insats, status=Bedomningsstatus.GODKAND
    ).order_by("-fran", "-godkand", "-nyckel")
    instrument = Instrument.objects.filter(insatser__contains=[beslut.insats], fran__isnull=False).first()
    if not galler or instrument is None:
        return None
    nivaer = [grans.niva for grans in instrument.granser.order_by("minst")]
    plats = nivaer.index(galler[0].niva) if galler[0].niva in nivaer else len(nivaer)
    return (galler[0], nivaer[plats + 1]) if plats + 1 < len(nivaer) else None


def _handlaggare(person: Person) -> Anvandare:
    return Tilldelning.objects.select_related("handlaggare").filter(person=person).order_by("pk")[0].handlaggare


def _skickad(verk: Verkstallighet, *, fran: date, dag: date, av: Anvandare | None = None) -> Nivaarende:
    """One level up, sent in on `dag`, with the answers of the last time beside."""
    beslut, slump = verk.beslut, Random(verk.nyckel)
    funnet = _nasta_niva(verk)
    assert funnet is not None  # noqa: S101  _Urval has looked
    galler, ny_niva = funnet
    bedomare, nu = av or _handlaggare(beslut.person), _klockan(dag)
    instrument = pa_dag(beslut.insats, dag)
    assert instrument is not None  # noqa: S101  _instrument has taken it into use
    skala = instrument.skala()
    gamla = _svar_for(skala, galler.niva, slump, {})
    _tidigare(galler, instrument, gamla, slump)
    arende = borja_bedomning(person=beslut.person, insats=beslut.insats, av=bedomare, nu=nu, idag=dag)
    nya = _svar_for(skala, ny_niva, slump, gamla)
    svar = {
        kod: Svar(ett, _SKAL[kod] if ett and ett != gamla[kod] else "Som förra gången." if ett else "")
        for kod, ett in nya.items()
    }
    sparat = spara_bedomning(
        arende=arende, svar=svar, onskad_fran=fran, sammanfattning=_SAMMANFATTNING, av=bedomare, version=1
    )
    return skicka_in(arende=sparat, av=bedomare, nu=nu, idag=dag, version=sparat.version)


def _svar_for(skala: Skala, niva: str, slump: Random, fran: Mapping[str, int]) -> dict[str, int]:
    """Answers that come to `niva`: at random, or by raising some of those in `fran`."""
    koder = [ett.kod for ett in skala.omraden]
    while True:
        svar = dict(fran) if fran else {kod: slump.choice(TAL) for kod in koder}
        while fran and berakna(skala, svar).niva != niva and min(svar.values()) < max(TAL):
            kod = slump.choice(koder)
            svar[kod] = min(max(TAL), svar[kod] + 1)
        if berakna(skala, svar).niva == niva:
            return svar
        fran = {}


def _tidigare(galler: Nivabedomning, instrument: Instrument, svar: Mapping[str, int], slump: Random) -> None:
    """The assessment that holds, as if it had been made here. Its row of nivabedomningar stands as it is."""
    if Nivaarende.objects.filter(bedomning=galler).exists():
        return
    jonas, eva = (Anvandare.objects.get(username=namn) for namn in ("jonas", "eva"))
    tidpunkt = _klockan(max(galler.fran, _FORSTA_DAG))
    arende = Nivaarende.objects.create(
        person=galler.person, insats=galler.insats, instrument=instrument, bedomare=jonas, skapad=tidpunkt
    )
    Nivasvar.objects.bulk_create(_gamla_svar(arende, instrument, svar))
    Nivaarende.objects.filter(pk=arende.pk).update(
        lage=Arendelage.GODKAND,
        niva=galler.niva,
        summa=berakna(instrument.skala(), svar).summa,
        onskad_fran=galler.fran,
        inskickad=tidpunkt,
        bedomning=galler,
        sammanfattning=slump.choice(["Första bedömningen.", "Bedömt vid uppföljning."]),
    )
    Nivaprovning.objects.create(
        arende=arende,
        slag="godkand",
        av=eva,
        bedomare=jonas,
        tidpunkt=tidpunkt,
        motiv="Väl beskrivet.",
        fran=galler.fran,
    )


def _gamla_svar(arende: Nivaarende, instrument: Instrument, svar: Mapping[str, int]) -> Iterable[Nivasvar]:
    for omrade in instrument.omraden.all():
        ett = svar[omrade.kod]
        yield Nivasvar(arende=arende, omrade=omrade, svar=ett, skal="Enligt samtal på enheten." if ett else "")


def _klockan(dag: date) -> datetime:
    return datetime.combine(dag, time(10, 20), STOCKHOLM)
