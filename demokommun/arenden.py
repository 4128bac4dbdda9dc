"""Ärenden in every state for maria and jonas, an appeal, a judgment, and follow-ups that are late. Once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from beslut.actions import overklagande
from beslut.actions.arenden import kommunicera, oppna_arende, skriv_utredning
from beslut.actions.delegation import lagg_in_grundforslag
from beslut.actions.efter import delge, folj_upp
from beslut.actions.forslag import Forslagsfalt, aterlamna, foresla, spara_forslag, underteckna
from beslut.koder import (
    Andringsgrund,
    Arendeslag,
    Avsnitt,
    Delgivningssatt,
    Domsutfall,
    Kommuniceringssatt,
    Sokande,
    Uppfoljningsresultat,
    Uppfoljningssatt,
)
from beslut.models import Arende, Beslut, Overklagande, Person, Tilldelning
from beslut.regler import Insats, Utfall
from grund.models import Anvandare
from grund.tid import STOCKHOLM, lagg_till_manader

_TEXTER = {
    Avsnitt.BAKGRUND: "Ansökan gjordes vid ett möte hemma. Personen har god kontakt med sin familj.",
    Avsnitt.HEMLIV: "Klarar enklare måltider. Behöver stöd med att planera inköp och hålla ordning hemma.",
    Avsnitt.RELATIONER: "Träffar få utanför familjen och vill ha fler sammanhang.",
    Avsnitt.ARBETE: "Har inget arbete och studerar inte. Har provat praktik vid två tillfällen.",
    Avsnitt.BEDOMNING: "Behovet är varaktigt och tillgodoses inte på annat sätt.",
}
KLAR = Forslagsfalt(
    utfall="bifall",
    omfattning=Decimal(10),
    omfattning_enhet="timmar_manad",
    motivering=(
        "Du behöver stöd för att komma ut och träffa andra. Behovet är inte tillgodosett på annat sätt.\n\n"
        "Med insatsen får du goda levnadsvillkor."
    ),
    bekraftat=("overlapp", "retroaktivt"),
)


@dataclass(frozen=True)
class Scen:
    """The people, and the day it is."""

    idag: date
    handlaggare: Anvandare
    chef: Anvandare
    personer: Iterator[Person]

    def nu(self, dagar: int = 0) -> datetime:
        """Ten o'clock, `dagar` days ago."""
        return datetime.combine(self.idag - timedelta(days=dagar), time(10), STOCKHOLM)

    def arende(self, insats: Insats, dagar: int, text: str, **annat: object) -> Arende:
        """An ärende that came in `dagar` days ago."""
        falt: dict[str, object] = {"slag": Arendeslag.ANSOKAN, "sokande": Sokande.SJALV}
        return oppna_arende(
            person=annat.pop("person", None) or next(self.personer),  # type: ignore[arg-type]
            insats=insats,
            inkom=self.idag - timedelta(days=dagar),
            text=text,
            av=self.handlaggare,
            nu=self.nu(dagar),
            **(falt | annat),  # type: ignore[arg-type]
        )

    def utred(self, arende: Arende, dagar: int, antal: int = 5) -> Arende:
        for avsnitt, text in list(_TEXTER.items())[:antal]:
            skriv_utredning(
                arende=arende, avsnitt=avsnitt, text=text, pa_version=0, av=self.handlaggare, nu=self.nu(dagar)
            )
        return arende

    def foresla(self, arende: Arende, dagar: int, falt: Forslagsfalt = KLAR) -> None:
        borjar = falt.fran or self.idag - timedelta(days=dagar - 14)
        fran = None if falt.utfall == Utfall.AVSLAG else borjar
        nasta = lagg_till_manader(fran, 12) if fran else None
        falt = replace(falt, fran=fran, uppfoljning=falt.uppfoljning or nasta)
        forslag = spara_forslag(arende=arende, falt=falt, pa_version=0, av=self.handlaggare)
        foresla(arende=arende, pa_version=forslag.version, av=self.handlaggare, nu=self.nu(dagar))

    def besluta(self, arende: Arende, dagar: int, falt: Forslagsfalt = KLAR) -> Beslut:
        self.foresla(arende, dagar + 1, falt)
        return underteckna(arende=arende, pa_version=1, bekraftat=falt.bekraftat, av=self.chef, nu=self.nu(dagar))


def lagg_upp_arenden(idag: date) -> None:
    """Make them. `idag`: the demo's day."""
    if Arende.objects.exists():
        return
    gustav = Anvandare.objects.get(username="gustav")
    lagg_in_grundforslag(fran=date(idag.year - 2, 1, 1), av=gustav)
    for namn in ("maria", "jonas"):
        vem = Anvandare.objects.get(username=namn)
        scen = Scen(idag, vem, gustav, _personer(vem, idag))
        for gor in _SCENER:
            gor(scen)


def _personer(vem: Anvandare, idag: date) -> Iterator[Person]:
    """Persons of the handläggare in personkrets 1 or 2, alive and not protected, with no such support before."""
    mina = Tilldelning.objects.filter(handlaggare=vem, period__contains=idag).values("person")
    urval = Person.objects.filter(pk__in=mina, personkrets__in=[1, 2], avliden__isnull=True, skyddad=False)
    nya = urval.exclude(beslut__insats__in=[Insats.KONTAKTPERSON, Insats.LEDSAGARSERVICE])
    return nya.order_by("-nyckel").distinct().iterator()


def _nyss_inkommen(scen: Scen) -> None:
    scen.arende(Insats.KONTAKTPERSON, 2, "Jag vill ha någon att gå på bio och fika med.")


def _utreds(scen: Scen) -> None:
    arende = scen.arende(
        Insats.LEDSAGARSERVICE,
        19,
        "Min son vill kunna gå och simma.",
        sokande=Sokande.GOD_MAN,
        sokandens_namn="Bo Dahl",
    )
    scen.utred(arende, 12, 3)


def _har_vantat(scen: Scen) -> None:
    scen.utred(scen.arende(Insats.KONTAKTPERSON, 68, "Jag är ensam och vill ha någon att prata med."), 60, 2)


def _vantar_pa_underskrift(scen: Scen) -> None:
    arende = scen.utred(scen.arende(Insats.PERSONLIG_ASSISTANS, 40, "Jag behöver hjälp hela dagen."), 20)
    scen.foresla(arende, 3, replace(KLAR, omfattning=Decimal(38), omfattning_enhet="timmar_vecka"))


def _aterlamnat(scen: Scen) -> None:
    arende = scen.utred(scen.arende(Insats.LEDSAGARSERVICE, 33, "Jag vill komma ut på helgerna."), 20)
    scen.foresla(arende, 6)
    aterlamna(arende=arende, skal="Skriv varför 10 timmar räcker när ansökan gäller 20.", av=scen.chef)


def _beslutat(scen: Scen) -> None:
    arende = scen.utred(scen.arende(Insats.KONTAKTPERSON, 60, "Jag vill ha en kontaktperson."), 40)
    beslut = scen.besluta(arende, 20)
    delge(
        beslut=beslut,
        dag=scen.idag - timedelta(days=16),
        satt=Delgivningssatt.MOTTAGNINGSBEVIS,
        av=scen.handlaggare,
        idag=scen.idag,
    )


def _uppfoljt_och_omprovas(scen: Scen) -> None:
    """A follow-up of support that is given says that the need is less, and the person asks for less."""
    mina = Tilldelning.objects.filter(handlaggare=scen.handlaggare, period__contains=scen.idag).values("person")
    beslut = (
        Beslut.objects.filter(insats=Insats.BOENDESTOD, till__isnull=True, omfattning__gt=3, person__in=mina)
        .exclude(utfall=Utfall.AVSLAG)
        .filter(person__avliden__isnull=True, person__skyddad=False)
        .order_by("nyckel")
        .first()
    )
    if beslut is None:
        return
    folj_upp(
        beslut=beslut,
        dag=scen.idag - timedelta(days=8),
        satt=Uppfoljningssatt.HEMBESOK,
        resultat=Uppfoljningsresultat.ANDRAT,
        text="Klarar mer själv. Vill ha stöd färre dagar i veckan.",
        nasta=lagg_till_manader(scen.idag, 12),
        av=scen.handlaggare,
        idag=scen.idag,
    )
    text = "Vid uppföljningen bad personen om mindre stöd."
    nytt = scen.arende(Insats.BOENDESTOD, 7, text, slag=Arendeslag.OMPROVNING, omprovar=beslut, person=beslut.person)
    falt = replace(
        KLAR,
        fran=lagg_till_manader(scen.idag, 1),
        omfattning=Decimal(2),
        omfattning_enhet=beslut.omfattning_enhet,
        grund=Andringsgrund.EGEN_BEGARAN,
        motivering="Du har själv bett om mindre stöd, och klarar mer på egen hand.",
    )
    spara_forslag(arende=nytt, falt=falt, pa_version=0, av=scen.handlaggare)


def _avslag(scen: Scen, dagar: int) -> Beslut:
    arende = scen.utred(
        scen.arende(Insats.LEDSAGARSERVICE, dagar + 40, "Jag vill ha ledsagning till jobbet."), dagar + 20
    )
    dag = scen.idag - timedelta(days=dagar + 10)
    kommunicera(arende=arende, dag=dag, satt=Kommuniceringssatt.BREV, text="", av=scen.handlaggare, idag=scen.idag)
    falt = Forslagsfalt(utfall="avslag", motivering="Resor till arbetet tillgodoses med färdtjänst.")
    beslut = scen.besluta(arende, dagar, falt)
    fick_del = scen.idag - timedelta(days=dagar - 3)
    delge(beslut=beslut, dag=fick_del, satt=Delgivningssatt.BREV, av=scen.handlaggare, idag=scen.idag)
    return beslut


def _overklaga(scen: Scen, beslut: Beslut, dagar: int) -> Overklagande:
    return overklagande.registrera_overklagande(
        beslut=beslut,
        inkom=scen.idag - timedelta(days=dagar),
        klagande=f"{beslut.person.fornamn} {beslut.person.efternamn}",
        text="Färdtjänsten räcker inte. Jag hittar inte fram själv.",
        av=scen.handlaggare,
        idag=scen.idag,
    )


def _overklagat(scen: Scen) -> None:
    _overklaga(scen, _avslag(scen, 18), 5)


def _dom(scen: Scen) -> None:
    ett = _overklaga(scen, _avslag(scen, 200), 190)
    dag = scen.idag - timedelta(days=188)
    overklagande.rattidsprova(overklagande=ett, i_tid=True, skal="", dag=dag, av=scen.handlaggare)
    overklagande.omprova_overklagat(
        overklagande=ett, andras=False, text="Inget nytt har kommit fram.", av=scen.handlaggare, nu=scen.nu(187)
    )
    overklagande.overlamna(overklagande=ett, dag=scen.idag - timedelta(days=186), av=scen.handlaggare, idag=scen.idag)
    dom = overklagande.Dom(
        scen.idag - timedelta(days=12),
        Domsutfall.BIFALL,
        "1203-26",
        "Färdtjänsten tillgodoser inte behovet.",
        fran=scen.idag + timedelta(days=12),
        omfattning=Decimal(12),
        omfattning_enhet="timmar_manad",
        uppfoljning=lagg_till_manader(scen.idag, 12),
    )
    overklagande.registrera_dom(overklagande=ett, dom=dom, av=scen.handlaggare, nu=scen.nu())


_SCENER: tuple[Callable[[Scen], None], ...] = (
    _nyss_inkommen,
    _utreds,
    _har_vantat,
    _vantar_pa_underskrift,
    _aterlamnat,
    _beslutat,
    _uppfoljt_och_omprovas,
    _overklagat,
    _dom,
)
