"""The tables of the months' pages."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Collate
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ersattning.filer.meningar import mening
from ersattning.filer.ord import enhet_kort, insats_i_ord, niva_i_ord, personvisning
from ersattning.models import Avvikelse, Ersattningsrad, Fil, Korning, Manadssumma, Manadsunderlag
from ersattning.models.fil import Filslag
from ersattning.ord import tidsband_i_ord
from ersattning.oversikt import Avvikelseslag, Manadsbild, Manadsrad, Utforarsumma
from ersattning.regler import FAST, Artikel, Avvikelsekod, Bedomning, Radtyp, Status
from grund.tabeller import Beloppskolumn, Kronorkolumn, Skillnadskolumn, Tabell, Talkolumn
from grund.text import HART, dagar_i_ord, manad_i_ord, procent, stor_forsta, svensk_ordning, tal
from grund.tid import EN_DAG, Manad
from utforare.models import Utforare
from utforare.regler import Modell

_SIFFROR = {"cell": {"class": "siffror nowrap"}}


def _lank(adress: str, text: str, dolt: str = "") -> SafeString:
    """A link; `dolt` is read aloud after its text."""
    efter = format_html('<span class="sr-only">, {}</span>', dolt) if dolt else ""
    return format_html('<a class="anchor" href="{}">{}{}</a>', adress, text, efter)


def _rader(manad: Manad, **urval: Any) -> str:
    return reverse("ersattning:rader", args=[manad], query=urval)


_LAGESFARG = {Status.BERAKNAS: "info", Status.BERAKNAD: "warning", Status.GRANSKAD: "warning"}


def lagesmarke(status: str) -> SafeString:
    """The state of a körning as a word in a frame."""
    klass = "success" if status in FAST else _LAGESFARG[Status(status)]
    return format_html('<span class="badge badge--{}-inverted">{}</span>', klass, stor_forsta(Status(status).label))


class Manadstabell(Tabell):
    """The months, latest first."""

    manad = tables.Column("Månad")
    status = tables.Column("Läge", accessor="korning__status")
    personer = Talkolumn("Personer", accessor="summa__personer")
    ordinarie = Beloppskolumn("Ordinarie", accessor="summa__ordinarie")
    rattelser = Beloppskolumn("Rättelser", accessor="summa__rattelser")
    bonus = Beloppskolumn("Bonus", accessor="summa__bonus")
    justeringar = Beloppskolumn("Justeringar", accessor="summa__justeringar")
    summa = Beloppskolumn("Summa kr", accessor="summa__summa")
    mot = Skillnadskolumn("Mot månaden före", accessor="summa__mot")
    avvikelser = Beloppskolumn("Avvikelser")

    class Meta(Tabell.Meta):
        caption = "Månader som har körts"
        caption_dold = True
        kort = True
        huvud = "summa"
        orderable = False
        empty_text = "Ingen månad har körts än."

    def __init__(self, manader: Sequence[Manadsrad]) -> None:
        super().__init__(manader)
        if not any(rad.summa and rad.summa.justeringar for rad in manader):
            self.columns.hide("justeringar")

    def render_manad(self, value: Manad) -> SafeString:
        return _lank(reverse("ersattning:korning", args=[value]), stor_forsta(manad_i_ord(value)))

    def render_status(self, record: Manadsrad) -> SafeString:
        return lagesmarke(record.korning.status)


def _total(falt: str) -> Callable[..., Any]:
    """A footer: the same of all the körning."""
    return lambda table: getattr(table.bild.alla, falt)


class _Bildtabell(Tabell):
    """A part of what a month's page shows."""

    class Meta(Tabell.Meta):
        orderable = False

    def __init__(self, bild: Manadsbild, data: Any) -> None:
        self.bild = bild
        super().__init__(data)


class Utforartabell(_Bildtabell):
    """What each utförare gets, with a link to the rows, and its files."""

    utforare = tables.Column("Utförare", footer="Summa")
    personer = Talkolumn("Personer", accessor="summa__personer", footer=_total("personer"))
    ordinarie = Beloppskolumn("Ordinarie", accessor="summa__ordinarie", footer=_total("ordinarie"))
    rattelser = Beloppskolumn("Rättelser", accessor="summa__rattelser", footer=_total("rattelser"))
    bonus = Beloppskolumn("Bonus", accessor="summa__bonus", footer=_total("bonus"))
    justeringar = Beloppskolumn("Justeringar", accessor="summa__justeringar", footer=_total("justeringar"))
    summa = Beloppskolumn("Summa kr", accessor="summa__summa", footer=_total("summa"))
    mot = Skillnadskolumn("Mot månaden före", accessor="summa__mot", footer=_total("mot"))
    avvikelser = Beloppskolumn(
        "Avvikelser", footer=lambda table: sum(rad.avvikelser for rad in table.bild.per_utforare)
    )
    filer = tables.Column("Filer", attrs={"cell": {"class": "fillankar"}})

    class Meta(_Bildtabell.Meta):
        caption = "Ersättning per utförare, kronor"
        caption_dold = True
        kort = True
        huvud = "summa"

    def __init__(self, bild: Manadsbild) -> None:
        super().__init__(bild, bild.per_utforare)
        if not any(rad.filer for rad in bild.per_utforare):
            self.columns.hide("filer")
        if bild.alla is not None and not any(rad.summa.justeringar for rad in bild.per_utforare):
            self.columns.hide("justeringar")

    def render_summa(self, value: Decimal) -> SafeString:
        return format_html("<b>{}</b>", tal(value))

    def render_utforare(self, value: Utforare) -> SafeString:
        return _lank(_rader(self.bild.manad, utforare=value.pk), value.namn)

    def render_avvikelser(self, record: Utforarsumma) -> SafeString | str:
        if not record.avvikelser:
            return "–"
        adress = reverse("ersattning:avvikelser", args=[self.bild.manad], query={"utforare": record.utforare.pk})
        return _lank(adress, tal(record.avvikelser), f"avvikelser hos {record.utforare.namn}")

    def render_filer(self, record: Utforarsumma) -> SafeString:
        lankar = ((_fillank(fil, record.utforare.namn),) for fil in record.filer)
        return format_html_join(" ", "{}", lankar)


_FILORD = {Filslag.SPECIFIKATION_PDF: "PDF", Filslag.SPECIFIKATION_XLSX: "Excel"}


def _fillank(fil: Fil, mottagare: str) -> SafeString:
    slag = Filslag(fil.slag)
    return _lank(reverse("ersattning:fil", args=[fil.pk]), _FILORD.get(slag, "Underlag"), f"{slag.label} {mottagare}")


class Insatstabell(_Bildtabell):
    """What each insats costs, and why it differs from the month before."""

    insats = tables.Column("Insats", footer="Summa")
    personer = Talkolumn("Personer", footer=_total("personer"))
    summa = Beloppskolumn("Summa kr", footer=_total("summa"))
    mot = Skillnadskolumn("Mot månaden före", footer=_total("mot"))
    volym = Skillnadskolumn("Volym", footer=_total("volym"))
    pris = Skillnadskolumn("Pris", footer=_total("pris"))
    niva = Skillnadskolumn("Nivå", footer=_total("niva"))
    rattelse_skillnad = Skillnadskolumn("Rättelse", footer=_total("rattelse_skillnad"))
    bonus_skillnad = Skillnadskolumn("Bonus", footer=_total("bonus_skillnad"))
    justering_skillnad = Skillnadskolumn("Justeringar", footer=_total("justering_skillnad"))

    class Meta(_Bildtabell.Meta):
        caption = "Ersättning per insats, kronor"
        caption_dold = True
        kort = True
        huvud = "summa"

    def __init__(self, bild: Manadsbild) -> None:
        super().__init__(bild, bild.per_insats)
        if bild.alla is None or bild.alla.fore is None:
            for kolumn in ("mot", "volym", "pris", "niva", "rattelse_skillnad", "bonus_skillnad", "justering_skillnad"):
                self.columns.hide(kolumn)
        elif not any(rad.justering_skillnad for rad in bild.per_insats):
            self.columns.hide("justering_skillnad")

    def render_insats(self, record: Manadssumma) -> SafeString:
        return _lank(_rader(self.bild.manad, insats=record.insats), insats_i_ord(record.insats))


class Avvikelseslagtabell(_Bildtabell):
    """Avvikelser by kind."""

    namn = tables.Column("Slag", footer="Summa")
    antal = Talkolumn("Antal", footer=lambda table: table.bild.antal_avvikelser)
    personer = Talkolumn("Personer")
    bedomda = Talkolumn("Bedömda", footer=lambda table: table.bild.antal_bedomda)

    class Meta(_Bildtabell.Meta):
        caption = "Avvikelser efter slag"
        caption_dold = True
        smal = True
        empty_text = "Inga avvikelser: alla dagar och besök kunde ersättas."

    def __init__(self, bild: Manadsbild) -> None:
        super().__init__(bild, bild.avvikelser)

    def render_namn(self, record: Avvikelseslag) -> SafeString:
        adress = reverse("ersattning:avvikelser", args=[self.bild.manad], query={"kod": record.kod})
        return _lank(adress, record.namn)

    def render_bedomda(self, record: Avvikelseslag) -> SafeString | str:
        alla = record.bedomda == record.antal
        return format_html('<span class="gron">{}</span>', "Alla") if alla else tal(record.bedomda)


class Underlagstabell(Tabell):
    """What each utförare had registered when the month was calculated."""

    utforare = tables.Column("Utförare")
    modell = tables.Column("Ersätts efter")
    poster = Talkolumn("Dagar eller besök")
    rapporterade = Talkolumn("Verkställigheter med underlag")

    class Meta(Tabell.Meta):
        caption = "Närvaro och besök per utförare"
        caption_dold = True
        kort = True
        huvud = "rapporterade"
        orderable = False

    def render_utforare(self, value: Utforare) -> SafeString:
        return _lank(reverse("utforare:utforare", args=[value.pk]), value.namn)

    def render_modell(self, record: Manadsunderlag) -> str:
        return stor_forsta(Modell(record.modell).label)

    def render_rapporterade(self, record: Manadsunderlag) -> str:
        return f"{tal(record.rapporterade)} av {tal(record.verkstalligheter)}"

    def render_poster(self, value: int) -> SafeString | str:
        if value:
            return tal(value)
        return format_html('<span class="badge badge--warning-inverted">{}</span>', "Inget registrerat")


def _person(verkstallighet: str, person: Any) -> SafeString:
    visning = personvisning(person.fornamn, person.efternamn, person.personnummer, skyddad=person.skyddad)
    return format_html('{} <span class="tyst nowrap">{}</span>', verkstallighet, visning)


def forklaring(vy: str, rad: Ersattningsrad | Avvikelse, korning: Manad) -> str:
    """The address of an explanation. It says where it stood, for when the month has been calculated anew."""
    return reverse(vy, args=[rad.pk], query={"manad": korning, "verkstallighet": rad.verkstallighet_nyckel})


def _utforarordning(queryset: QuerySet[Any], *, fallande: bool, sedan: tuple[str, ...]) -> tuple[QuerySet[Any], bool]:
    """By the utförare's name as Swedes sort it, which the database cannot be relied on to know."""
    alla = sorted(Utforare.objects.only("namn"), key=lambda utforare: svensk_ordning(utforare.namn))
    plats = Case(
        *(When(utforare=utforare.pk, then=Value(nummer)) for nummer, utforare in enumerate(alla)),
        output_field=IntegerField(),
    )
    return queryset.order_by(plats.desc() if fallande else plats.asc(), *sedan), True


class Radtabell(Tabell):
    """The rows of a körning. The amount leads to its explanation. `summa` is of all rows, not of those on the page."""

    verkstallighet = tables.Column(
        "Verkställighet",
        accessor="verkstallighet_nyckel",
        order_by=("verkstallighet_nyckel", "pk"),
        footer="Summa",
        empty_values=(),
    )
    utforare = tables.Column("Utförare", accessor="utforare__namn")
    vad = tables.Column("Vad", accessor="insats")
    dagar = tables.Column("Dagar", accessor="fran", order_by=("fran", "till", "pk"), attrs=_SIFFROR)
    antal = Talkolumn("Antal", order_by=("antal", "pk"))
    a_pris = Kronorkolumn("À-pris", order_by=("a_pris", "pk"))
    faktor = Talkolumn("Andel", order_by=("faktor", "pk"))
    belopp = Kronorkolumn("Belopp kr", order_by=("belopp", "pk"), footer=lambda table: table.summa)

    class Meta(Tabell.Meta):
        caption = "Ersättningsrader"
        caption_dold = True
        kort = True
        huvud = "belopp"
        empty_text = "Inga rader passar urvalet."

    def __init__(self, *args: Any, korning: Korning, summa: Decimal, **kwargs: Any) -> None:
        self.korning, self.summa = korning, summa
        super().__init__(*args, **kwargs)

    def order_utforare(self, queryset: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        return _utforarordning(queryset, fallande=is_descending, sedan=("verkstallighet_nyckel", "pk"))

    def order_vad(self, queryset: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """By code: the words of codes have no order of their own, and code points are quick to compare."""
        koder = [Collate(falt, "C") for falt in ("insats", "artikel", "niva")]
        return queryset.order_by(*(kod.desc() if is_descending else kod.asc() for kod in koder), "pk"), True

    def render_verkstallighet(self, record: Ersattningsrad) -> SafeString | str:
        if record.person is None:
            return record.underlag  # a justering is known by its number
        return _person(record.verkstallighet_nyckel, record.person)

    def render_vad(self, record: Ersattningsrad) -> SafeString:
        band = tidsband_i_ord(record.tidsband)
        ord_ = filter(None, [Artikel(record.artikel).label, niva_i_ord(record.niva), record.omfattning, band])
        typ = ""
        if record.typ != Radtyp.ORDINARIE:
            typ = f"{stor_forsta(Radtyp(record.typ).label)}, {manad_i_ord(record.avser_manad)}"
        mall = '{}<small class="tyst block">{}</small>' + (
            '<span class="badge badge--info-inverted">{}</span>' if typ else ""
        )
        return format_html(mall, insats_i_ord(record.insats), stor_forsta(", ".join(ord_)), typ)

    def render_dagar(self, record: Ersattningsrad) -> str:
        return dagar_i_ord(record.fran, record.till - EN_DAG)

    def render_antal(self, record: Ersattningsrad) -> str:
        return f"{tal(record.antal, 4, minst=0)}{HART}{enhet_kort(record.enhet_for_antal, record.antal)}"

    def render_faktor(self, value: Decimal) -> str:
        return procent(value)

    def render_belopp(self, record: Ersattningsrad) -> SafeString:
        adress = forklaring("ersattning:forklara", record, Manad.av(self.korning.manad))
        vems = record.verkstallighet_nyckel or record.underlag
        return _lank(adress, tal(record.belopp, 2), f"förklara raden för {vems}")


class Avvikelsetabell(Tabell):
    """Avvikelser of a körning, each with a link to what it comes from."""

    verkstallighet = tables.Column(
        "Verkställighet", accessor="verkstallighet_nyckel", order_by=("verkstallighet_nyckel", "fran", "pk")
    )
    utforare = tables.Column("Utförare", accessor="utforare__namn")
    kod = tables.Column("Vad", order_by=("kod", "verkstallighet_nyckel", "fran", "pk"))
    dagar = tables.Column("Dagar", accessor="fran", order_by=("fran", "till", "pk"), attrs=_SIFFROR)
    bedomning = tables.Column("Bedömning", order_by=("bedomd", "bedomning", "pk"), empty_values=())
    vald = tables.Column("Markera", accessor="pk", orderable=False)

    class Meta(Tabell.Meta):
        caption = "Avvikelser"
        caption_dold = True
        kort = True
        empty_text = "Inga avvikelser passar urvalet."

    def __init__(self, *args: Any, korning: Korning, kryssa: Callable[[int], bool] | None, **kwargs: Any) -> None:
        """`kryssa`: whether the box of an avvikelse is ticked; None = there are no boxes."""
        self.korning, self.kryssa = korning, kryssa
        super().__init__(*args, **kwargs)
        if kryssa is None:
            self.columns.hide("vald")

    def render_bedomning(self, record: Any) -> SafeString:
        return bedomningsmarke(record.bedomning, bedomd=record.bedomd)

    def render_vald(self, record: Any) -> SafeString:
        """A box of the form below the table."""
        return format_html(
            '<span class="checkbox checkbox--ensam"><input class="checkbox__input" type="checkbox" name="avvikelse"'
            ' form="bedomning" value="{}" id="vald-{}"{}><label class="checkbox__label" for="vald-{}">'
            '<span class="sr-only">Markera {}</span></label></span>',
            record.pk,
            record.pk,
            mark_safe(" checked" if self.kryssa and self.kryssa(record.pk) else ""),  # noqa: S308  one of two constants
            record.pk,
            f"{Avvikelsekod(record.kod).label.lower()}, {record.verkstallighet_nyckel}",
        )

    def order_utforare(self, queryset: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        return _utforarordning(queryset, fallande=is_descending, sedan=("verkstallighet_nyckel", "fran", "pk"))

    def render_verkstallighet(self, record: Avvikelse) -> SafeString:
        return _person(record.verkstallighet_nyckel, record.person)

    def render_kod(self, record: Avvikelse) -> SafeString:
        lank = _lank(
            forklaring("ersattning:avvikelse", record, Manad.av(self.korning.manad)),
            Avvikelsekod(record.kod).label,
            record.verkstallighet_nyckel,
        )
        return format_html('{}<small class="tyst block">{}</small>', lank, mening(record.kod, record.varde))

    def render_dagar(self, record: Avvikelse) -> str:
        return f"{dagar_i_ord(record.fran, record.till - EN_DAG)} {record.fran.year}"


_BEDOMNINGSFARG = {Bedomning.ATGARDAS: "info", Bedomning.GODTAS: "success", Bedomning.RATTAD: "success"}


def bedomningsmarke(bedomning: str | None, *, bedomd: bool) -> SafeString:
    """What somebody has made of an avvikelse, as a word in a frame; one that came back says so."""
    if not bedomning:
        return format_html('<span class="badge badge--warning-inverted">{}</span>', "Obedömd")
    if not bedomd:
        return format_html('<span class="badge badge--warning-inverted">{}</span>', "Rättad, men finns kvar")
    ett = Bedomning(bedomning)
    return format_html('<span class="badge badge--{}-inverted">{}</span>', _BEDOMNINGSFARG[ett], stor_forsta(ett.label))
