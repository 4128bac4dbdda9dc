"""Reads what the files show, in the order in which they show it. One query per file, streamed."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Case, Count, F, Func, IntegerField, Q, QuerySet, Sum, Value, When

from ersattning.filer.innehall import RATTAR, Avvik, Mottagare, Rad, Specifikation, insatsordning
from ersattning.filer.ord import orgnr_i_ord, visa_person
from ersattning.filer.text import kommun, statustext
from ersattning.models import Avvikelse, Ersattningsrad, Fil, Korning
from ersattning.models.fil import UTBETALNINGSFILER, Filslag
from ersattning.regler import Artikel, Radtyp
from grund.text import svensk_ordning
from grund.tid import EN_DAG, Manad
from utforare.models import Enhet, Utforare

_BUNT = 5_000


def utforare_i_korning(korning: Korning) -> list[Utforare]:
    """Providers that are paid, or have something to look at, in Swedish order."""
    med_rader = Ersattningsrad.objects.filter(korning=korning).values("utforare_id")
    med_avvikelser = Avvikelse.objects.filter(korning=korning, ny=True).values("utforare_id")
    alla = Utforare.objects.filter(Q(pk__in=med_rader) | Q(pk__in=med_avvikelser))
    return sorted(alla, key=lambda utforare: (*svensk_ordning(utforare.namn), utforare.nyckel))


def rader(korning: Korning, *, utforare: Utforare | None = None, bara_rattelser: bool = False) -> Iterator[Rad]:
    """The rows of a körning as they are shown."""
    urval = ordnade_rader(korning, utforare=utforare)
    if bara_rattelser:
        urval = urval.filter(typ__in=RATTAR)
    for rad in urval.defer("grund").iterator(_BUNT):
        yield som_visas(rad)


def ordnade_rader(korning: Korning, *, utforare: Utforare | None = None) -> QuerySet[Ersattningsrad]:
    """The rows in the order in which they are shown: by provider and enhet in Swedish order, then verkställighet."""
    urval = Ersattningsrad.objects.filter(korning=korning)
    if utforare:
        urval = urval.filter(utforare=utforare)
    ordning = (*_ordning(korning, "utforare_id", "enhet_id"), "insats", "verkstallighet_nyckel", "avser_manad")
    ordning += (_TYPORDNING, "fran", _ARTIKELORDNING, "niva", "omfattning", "tidsband", "a_pris", "faktor", "belopp")
    return urval.select_related("utforare", "enhet", "person").order_by(*ordning, "pk")


def avvikelser(korning: Korning, *, utforare: Utforare | None = None) -> Iterator[Avvik]:
    """What is new to look at in a körning, by provider, verkställighet and day."""
    urval = Avvikelse.objects.filter(korning=korning, ny=True)
    if utforare:
        urval = urval.filter(utforare=utforare)
    ordning = (*_ordning(korning, "utforare_id"), "verkstallighet_nyckel", "fran", "kod", "besok_nyckel", "varde")
    for rad in urval.select_related("utforare", "person").order_by(*ordning).iterator(_BUNT):
        yield _avvik(rad)


def specifikation(korning: Korning, utforare: Utforare) -> Specifikation:
    """All that `utforare` is paid in the körning."""
    return Specifikation(
        kommun=kommun(),
        manad=Manad.av(korning.manad),
        status=statustext(korning),
        preliminar=not korning.ar_fast,
        mottagare=Mottagare(utforare.namn, orgnr_i_ord(utforare.organisationsnummer)),
        rader=list(rader(korning, utforare=utforare)),
        avvikelser=list(avvikelser(korning, utforare=utforare)),
    )


class Kostnad(NamedTuple):
    """A line of the controller's summary."""

    utforare: str
    insats: str
    artikel: str
    niva: str
    antalsenhet: str
    antal_rader: int
    antal: Any
    ordinarie: Any
    rattelser: Any
    bonus: Any
    justeringar: Any
    belopp: Any


_SUMMOR = ("antal_rader", "antal_summa", "ordinarie", "rattelser", "bonus", "justeringar", "summa")


def kostnader(korning: Korning) -> list[Kostnad]:
    """The körning summed by provider, insats, artikel, nivå and unit."""
    grupp = ("utforare__namn", "insats", "artikel", "niva", "enhet_for_antal")
    urval = Ersattningsrad.objects.filter(korning=korning).values("utforare__nyckel", *grupp)
    summor = urval.annotate(
        antal_rader=Count("pk"),
        antal_summa=Sum("antal"),
        ordinarie=Sum("belopp", filter=Q(typ=Radtyp.ORDINARIE), default=0),
        rattelser=Sum("belopp", filter=Q(typ__in=RATTAR), default=0),
        bonus=Sum("belopp", filter=Q(typ=Radtyp.BONUS), default=0),
        justeringar=Sum("belopp", filter=Q(typ=Radtyp.JUSTERING), default=0),
        summa=Sum("belopp"),
    ).values_list("utforare__nyckel", *grupp, *_SUMMOR)
    ordnat = sorted(summor, key=lambda rad: (*svensk_ordning(rad[1]), rad[0], *insatsordning(*rad[2:6])))
    return [Kostnad(*rad[1:]) for rad in ordnat]


def antal_klara(korning: Korning) -> int:
    """How many there are of the files that every körning gives."""
    return Fil.objects.filter(korning=korning).exclude(slag__in=UTBETALNINGSFILER).count()


PER_UTFORARE = (Filslag.SPECIFIKATION_PDF, Filslag.SPECIFIKATION_XLSX, Filslag.UNDERLAG_XLSX)


def vantade_filer(korning: Korning) -> set[tuple[int | None, Filslag]]:
    """Every file that the körning gives: (utförarens pk, what), None = the controller's."""
    per_utforare = {(utforare.pk, ett) for utforare in utforare_i_korning(korning) for ett in PER_UTFORARE}
    return per_utforare | {(None, Filslag.MANAD_XLSX)}


def saknade_filer(korning: Korning) -> set[tuple[int | None, Filslag]]:
    """Those of `vantade_filer` that are not made yet."""
    gjorda = Fil.objects.filter(korning=korning).values_list("utforare_id", "slag")
    return vantade_filer(korning) - {(utforare, Filslag(slag)) for utforare, slag in gjorda}


def _kodordning(falt: str, koder: Sequence[str]) -> Case:
    """Order of codes as they are listed, not as they are spelt."""
    fall = (When(**{falt: kod}, then=Value(plats)) for plats, kod in enumerate(koder))
    return Case(*fall, output_field=IntegerField())


_TYPORDNING = _kodordning("typ", Radtyp.values)  # what is taken back stands before what comes instead
_ARTIKELORDNING = _kodordning("artikel", Artikel.values)  # närvaro before frånvaro


def _ordning(korning: Korning, *falt: str) -> tuple[Any, ...]:
    """Swedish order of providers and enheter, which the database cannot be relied on to know."""
    utforare = utforare_i_korning(korning)
    enheter = Enhet.objects.filter(utforare__in=utforare)
    svenskt = sorted(enheter, key=lambda enhet: (*svensk_ordning(enhet.namn), enhet.nyckel))
    ordnade = {"utforare_id": [en.pk for en in utforare], "enhet_id": [en.pk for en in svenskt]}
    return tuple(
        Func(Value(ordnade[namn], ArrayField(BigIntegerField())), F(namn), function="array_position") for namn in falt
    )


def som_visas(rad: Ersattningsrad) -> Rad:
    """The row as it is shown."""
    return Rad(
        utforare=rad.utforare.namn,
        enhet_id=rad.enhet.nyckel if rad.enhet else "",
        enhet=rad.enhetens_namn,
        verkstallighet=rad.verkstallighet_nyckel,
        person=visa_person(rad.person),
        insats=rad.insats,
        artikel=rad.artikel,
        niva=rad.niva,
        omfattning=rad.omfattning,
        tidsband=rad.tidsband,
        avser=rad.avser_manad,
        typ=rad.typ,
        fran=rad.fran,
        sista=rad.till - EN_DAG,
        antal=rad.antal,
        antalsenhet=rad.enhet_for_antal,
        underlag=rad.underlag,
        a_pris=rad.a_pris,
        faktor=rad.faktor,
        belopp=rad.belopp,
    )


def _avvik(avvikelse: Avvikelse) -> Avvik:
    return Avvik(
        utforare=avvikelse.utforare.namn,
        verkstallighet=avvikelse.verkstallighet_nyckel,
        person=visa_person(avvikelse.person),
        kod=avvikelse.kod,
        manad=avvikelse.manad,
        fran=avvikelse.fran,
        sista=avvikelse.till - EN_DAG,
        besok=avvikelse.besok_nyckel,
        varde=avvikelse.varde,
    )
