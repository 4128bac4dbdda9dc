"""The tables of prognoser: the year against its budget, month by month, what changes it, and how earlier ones fared."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ersattning.kalkyl.vistelser import UPPREPAD
from ersattning.models import Prognos
from ersattning.prognos.resultat import Arsrad, Arssida, Manadspunkt
from ersattning.prognos.traff import Manadstraff, Traff
from ersattning.simulering.tables import lagesmarke
from grund.tabeller import Skillnadskolumn, Tabell, Talkolumn
from grund.text import HART, datum_i_ord, manad_i_ord, skillnad, stor_forsta
from grund.tid import Manad


class Procentkolumn(tables.Column):
    """A difference in per cent, with its sign."""

    def __init__(self, namn: str) -> None:
        super().__init__(namn, attrs={"cell": {"class": "tal"}})  # type: ignore[no-untyped-call]

    def render(self, value: Decimal) -> str:
        return f"{skillnad(value, 1)}{HART}%"


class Prognostabell(Tabell):
    """Those that are made, the latest first."""

    namn = tables.Column("Prognos", accessor="simulering__namn")
    status = tables.Column("Läge", accessor="simulering__status")
    prognos_fran = tables.Column("Prognos från", accessor="simulering__prognos_fran")
    gjord_av = tables.Column("Gjord av", accessor="simulering__skapad_av")

    class Meta(Tabell.Meta):
        caption = "Gjorda prognoser"
        caption_dold = True
        kort = True
        huvud = "status"
        orderable = False

    def render_namn(self, record: Prognos, value: str) -> SafeString:
        return format_html('<a class="anchor" href="{}">{}</a>', reverse("ersattning:prognos", args=[record.pk]), value)

    def render_status(self, record: Prognos) -> SafeString:
        return lagesmarke(record.simulering.status)

    def render_prognos_fran(self, record: Prognos) -> str:
        return manad_i_ord(record.prognos_fran.fran)

    def render_gjord_av(self, value: Any) -> str:
        return str(value.get_full_name() or value.get_username())


class Arstabell(Tabell):
    """The year, insats by insats, against the budget."""

    namn = tables.Column("Insats")
    budget = Talkolumn("Budget kr")
    utfall = Talkolumn("Utfall hittills kr")
    rest = Talkolumn("Prognos resten kr")
    total = Talkolumn("Årets total kr")
    avvikelse = Skillnadskolumn("Avvikelse kr")
    procent = Procentkolumn("Avvikelse")
    beslutat = Talkolumn("Om inget förlängs kr")

    class Meta(Tabell.Meta):
        caption_dold = True
        kort = True
        huvud = "total"
        orderable = False
        row_attrs = {"class": lambda record: "vald" if record.namn == "Summa" else ""}  # noqa: RUF012

    def __init__(self, sida: Arssida, adress: str = "", *, offentligt: bool = False) -> None:
        """`adress`: of the prognos, so that each insats leads on; empty = they do not."""
        self.adress = adress
        summa = [sida.summa] if len(sida.rader) > 1 else []
        super().__init__([*sida.rader, *summa], caption=f"{sida.ar} per insats, mot budget")
        if not any(rad.utfall for rad in sida.rader):
            self.columns.hide("utfall")
            self.columns.hide("rest")
        if offentligt:
            self.columns.hide("beslutat")
        if sida.summa.budget is None:
            for kolumn in ("budget", "avvikelse", "procent"):
                self.columns.hide(kolumn)

    def render_namn(self, value: str, record: Arsrad) -> SafeString | str:
        if not record.insats or not self.adress:
            return value
        return format_html('<a class="anchor" href="{}{}/">{}</a>', self.adress, record.insats, value)


class Manadstabell(Tabell):
    """Month by month: what the picture shows."""

    manad = tables.Column("Månad")
    vad = tables.Column("Källa")
    prognos = Talkolumn("Kronor")
    beslutat = Talkolumn("Om inget förlängs")
    budget = Talkolumn("Budget")
    mot = Skillnadskolumn("Avvikelse", empty_values=())
    personer = Talkolumn("Personer")
    nya = Talkolumn("Börjar")
    avslutade = Talkolumn("Slutar")

    class Meta(Tabell.Meta):
        caption = "Månad för månad, kronor"
        orderable = False

    def __init__(self, manader: Sequence[Manadspunkt], *, offentligt: bool) -> None:
        super().__init__(manader)
        dolda = [] if any(ett.budget is not None for ett in manader) else ["budget", "mot"]
        for kolumn in [*dolda, "beslutat", "personer", "nya", "avslutade"] if offentligt else dolda:
            self.columns.hide(kolumn)

    def render_manad(self, value: Manad) -> str:
        return stor_forsta(manad_i_ord(value.fran))

    def render_mot(self, record: Manadspunkt) -> str:
        return self.Meta.default if record.budget is None else skillnad(record.prognos - record.budget)


class Andringstabell(Tabell):
    """What is known ahead, and what it is worth, this year and the next."""

    namn = tables.Column("Vad")
    forklaring = tables.Column("Vilka")
    i_ar = Skillnadskolumn("I år kr")
    nasta = Skillnadskolumn("Nästa år kr")

    class Meta(Tabell.Meta):
        caption = "Kända ändringar, kronor"
        caption_dold = True
        kort = True
        huvud = "i_ar"
        orderable = False

    def __init__(self, i_ar: Arssida, nasta: Arssida) -> None:
        ihop: dict[tuple[str, str], list[Decimal]] = {}
        for plats, sida in enumerate((i_ar, nasta)):
            for ett in sida.andringar:
                ihop.setdefault((ett.namn, ett.forklaring), [Decimal(0), Decimal(0)])[plats] = ett.kronor
        super().__init__(
            [{"namn": n[0], "forklaring": n[1], "i_ar": par[0], "nasta": par[1]} for n, par in ihop.items()]
        )
        self.columns["i_ar"].column.verbose_name = f"{i_ar.ar} kr"
        self.columns["nasta"].column.verbose_name = f"{nasta.ar} kr"


class Utforartabell(Tabell):
    """An insats' utförare, this year and the next."""

    namn = tables.Column("Utförare")
    personer = Talkolumn("Personer nu")
    utfall = Talkolumn("Utfall hittills kr")
    rest = Talkolumn("Prognos resten kr")
    total = Talkolumn("I år kr")
    nasta = Talkolumn("Nästa år kr")

    class Meta(Tabell.Meta):
        caption = "Kostnad per utförare"
        caption_dold = True
        kort = True
        huvud = "total"
        orderable = False

    def __init__(self, rader: Sequence[dict[str, Any]], adress: str) -> None:
        self.adress = adress
        super().__init__(rader)

    def render_namn(self, value: str, record: dict[str, Any]) -> SafeString:
        return format_html('<a class="anchor" href="{}{}/">{}</a>', self.adress, record["pk"], value)


class Verktabell(Tabell):
    """The verkställigheter behind a month: keys, never names."""

    nyckel = tables.Column("Verkställighet")
    niva = tables.Column("Nivå")
    fran = tables.Column("Från")
    till = tables.Column("Till och med")
    planerat = Talkolumn("Som planerat kr")
    kronor = Talkolumn("Prognos kr")
    not_ = tables.Column("Att veta")

    class Meta(Tabell.Meta):
        caption = "Verkställigheter i månaden"
        caption_dold = True
        kort = True
        huvud = "kronor"
        orderable = False
        empty_text = "Ingen verkställighet betalas i månaden."

    def render_nyckel(self, value: str, record: Any) -> SafeString | str:
        if record.pk < 0:
            return f"Beställning {value}"
        if record.pk == UPPREPAD:
            return f"Som {value}"
        adress = reverse("utforare:verkstallighet", args=[record.pk])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, value)


class Trafftabell(Tabell):
    """What was said and what it became."""

    prognos = Talkolumn("Prognos kr")
    utfall = Talkolumn("Utfall kr")
    fel = Skillnadskolumn("Skillnad kr")
    procent = Procentkolumn("Skillnad")
    volym = Skillnadskolumn("Varav volym")
    pris = Skillnadskolumn("Varav pris och nivå")
    ovrigt = Skillnadskolumn("Varav rättelser, bonus och justeringar")

    class Meta(Tabell.Meta):
        caption = "Prognoser mot utfall"
        caption_dold = True
        kort = True
        huvud = "procent"
        orderable = False
        empty_text = "Ingen fastställd månad har en prognos som gjordes innan den kördes."


class Manadstrafftabell(Trafftabell):
    """Each settled month against each earlier prognos."""

    manad = tables.Column("Månad")
    gjord = tables.Column("Prognos gjord")

    class Meta(Trafftabell.Meta):
        sequence = ("manad", "gjord", "...")

    def __init__(self, traffar: Sequence[Manadstraff], *, offentligt: bool) -> None:
        dolda = ("ovrigt",) if offentligt else ()
        super().__init__(
            [_som_rad(ett.totalt) | {"manad": ett.manad, "gjord": ett.prognos} for ett in traffar], exclude=dolda
        )

    def render_manad(self, value: Manad) -> str:
        return stor_forsta(manad_i_ord(value.fran))

    def render_gjord(self, value: Prognos) -> SafeString:
        adress = reverse("ersattning:prognos", args=[value.pk])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, datum_i_ord(value.idag))


class Insatstrafftabell(Trafftabell):
    """One month, insats by insats."""

    namn = tables.Column("Insats")

    class Meta(Trafftabell.Meta):
        caption = "Prognos mot utfall, insats för insats"
        sequence = ("namn", "...")
        row_attrs = {"class": lambda record: "vald" if record["namn"] == "Summa" else ""}  # noqa: RUF012

    def __init__(self, traff: Manadstraff, *, offentligt: bool) -> None:
        dolda = ("ovrigt",) if offentligt else ()
        super().__init__([_som_rad(ett) for ett in (*traff.per_insats, traff.totalt)], exclude=dolda)


_FALT = ("namn", "prognos", "utfall", "fel", "procent", "volym", "pris", "ovrigt")


def _som_rad(traff: Traff) -> dict[str, Any]:
    return {falt: getattr(traff, falt) for falt in _FALT}


class Budgettabell(Tabell):
    """A version of a budget."""

    namn = tables.Column("Insats", footer="Summa")
    belopp = Talkolumn("Budget kr", footer=lambda table: sum((rad["belopp"] for rad in table.data), Decimal(0)))
    fordelning = tables.Column("Fördelning", footer="")

    class Meta(Tabell.Meta):
        caption = "Budgeten per insats"
        caption_dold = True
        smal = True
        orderable = False
