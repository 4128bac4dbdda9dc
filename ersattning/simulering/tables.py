"""The tables of simuleringar: what each variant costs, and who gets more or less."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from beslut.ord import insats_i_ord
from ersattning.models import Simulering
from ersattning.regler import Simuleringslage
from ersattning.simulering.resultat import Delrad, Korsrad, Resultat, Variantrad
from ersattning.simulering.utforande import procenttal
from grund.tabeller import Beloppskolumn, Skillnadskolumn, Tabell, Talkolumn
from grund.text import HART, TANKSTRECK, manad_i_ord, skillnad, stor_forsta, tal, tidpunkt_kort
from grund.tid import Manad

_FARG = {Simuleringslage.KLAR: "success", Simuleringslage.RAKNAS: "info", Simuleringslage.MISSLYCKAD: "error"}


def lagesmarke(status: str) -> SafeString:
    """The state as a word in a frame."""
    lage = Simuleringslage(status)
    return format_html(
        '<span class="badge badge--{}-inverted">{}</span>', _FARG.get(lage, "warning"), stor_forsta(lage.label)
    )


class Andelskolumn(Talkolumn):
    """A share as per cent with one decimal."""

    def render(self, value: Fraction | Decimal) -> str:
        return f"{tal(procenttal(Fraction(value)) or 0, 1)}{HART}%"


class Simuleringstabell(Tabell):
    """The saved ones, latest first."""

    namn = tables.Column("Simulering")
    status = tables.Column("Läge")
    period = tables.Column("Period", accessor="fran")
    insats = tables.Column("Insats", empty_values=())
    skapad = tables.Column("Skapad")

    class Meta(Tabell.Meta):
        caption = "Sparade simuleringar"
        caption_dold = True
        kort = True
        huvud = "status"
        orderable = False
        empty_text = "Ingen simulering är sparad än."

    def render_namn(self, record: Simulering) -> SafeString:
        adress = reverse("ersattning:simulering", args=[record.pk])
        return format_html('<a class="anchor" href="{}">{}</a>', adress, record.namn)

    def render_status(self, record: Simulering) -> SafeString:
        return lagesmarke(record.status)

    def render_period(self, record: Simulering) -> str:
        return period_i_ord(record)

    def render_insats(self, record: Simulering) -> str:
        return insats_i_ord(record.insats) if record.insats else "Alla insatser"

    def render_skapad(self, record: Simulering) -> str:
        vem = record.skapad_av
        namn = f" av {vem.get_full_name() or vem.get_username()}" if vem else ""
        return f"{tidpunkt_kort(record.skapad)}{namn}"


def period_i_ord(simulering: Simulering) -> str:
    """`juni 2025–maj 2026`."""
    forsta, sista = manad_i_ord(simulering.fran), manad_i_ord(simulering.sista)
    return forsta if forsta == sista else f"{forsta}{TANKSTRECK}{sista}"


class Varianttabell(Tabell):
    """The variants beside each other."""

    namn = tables.Column("Variant")
    timmar = Beloppskolumn("Ersatta timmar")
    kronor = Talkolumn("Kostnad kr")
    mot = Skillnadskolumn("Mot i dag kr")
    procent = tables.Column("Mot i dag", attrs={"cell": {"class": "tal"}})
    per_personmanad = Talkolumn("Kr per person och månad")
    per_utford_timme = Talkolumn("Kr per utförd timme")

    class Meta(Tabell.Meta):
        caption = "Varianterna bredvid varandra"
        caption_dold = True
        kort = True
        huvud = "kronor"
        orderable = False
        row_attrs = {"class": lambda record: "" if record.nummer else "vald"}  # noqa: RUF012  as the library has it

    def __init__(self, resultat: Resultat) -> None:
        super().__init__(resultat.varianter)
        if not resultat.har_timmar:
            self.columns.hide("timmar")
        if not resultat.volym.utforda:
            self.columns.hide("per_utford_timme")

    def render_procent(self, value: Decimal) -> str:
        return f"{skillnad(value, 1)}{HART}%"


class _Deltabell(Tabell):
    """Parts as rows; what is, and then how each other variant differs."""

    namn = tables.Column("", footer="Summa")
    nu = Talkolumn("I dag kr", footer=lambda table: sum((rad.nu for rad in table.rader), Decimal(0)))

    class Meta(Tabell.Meta):
        caption_dold = True
        kort = True
        huvud = "nu"
        orderable = False

    def __init__(self, rader: Sequence[Delrad], andra: Sequence[Variantrad], rubrik: str, **mer: Any) -> None:
        self.rader = rader
        extra = [(f"mot{plats}", _motkolumn(ett.namn, plats)) for plats, ett in enumerate(andra)]
        super().__init__(rader, extra_columns=extra, **mer)
        self.columns["namn"].column.verbose_name = rubrik


def _motkolumn(namn: str, plats: int) -> Skillnadskolumn:
    def summa(table: Any) -> str:
        return skillnad(sum((rad.mot[plats] for rad in table.rader), Decimal(0)))

    return Skillnadskolumn(namn, accessor=f"mot__{plats}", footer=summa)


class Utforartabell(_Deltabell):
    """Who gets more and who less."""

    personer = Talkolumn("Personer")
    utforandegrad = Andelskolumn("Utförandegrad")

    class Meta(_Deltabell.Meta):
        caption = "Skillnad mot i dag per utförare och variant, kronor"
        sequence = ("namn", "personer", "utforandegrad", "nu", "...")

    def __init__(self, resultat: Resultat) -> None:
        super().__init__(resultat.per_utforare, resultat.andra, "Utförare")
        if not any(rad.utforandegrad for rad in resultat.per_utforare):
            self.columns.hide("utforandegrad")


class Manadstabell(_Deltabell):
    """Month by month."""

    class Meta(_Deltabell.Meta):
        caption = "Skillnad mot i dag per månad och variant, kronor"
        kort = False  # a year of cards is too long for a phone

    def __init__(self, resultat: Resultat) -> None:
        super().__init__(resultat.per_manad, resultat.andra, "Månad")

    def render_namn(self, value: str) -> str:
        return stor_forsta(manad_i_ord(Manad.las(value)))


class Insatstabell(_Deltabell):
    """Insats by insats."""

    class Meta(_Deltabell.Meta):
        caption = "Skillnad mot i dag per insats och variant, kronor"

    def __init__(self, resultat: Resultat) -> None:
        super().__init__(resultat.per_insats, resultat.andra, "Insats")


class Nivatabell(_Deltabell):
    """Level by level: what a variant that moves levels does."""

    class Meta(_Deltabell.Meta):
        caption = "Skillnad mot i dag per nivå och variant, kronor"

    def __init__(self, resultat: Resultat) -> None:
        super().__init__(resultat.per_niva, resultat.andra, "Nivå")


class Budgettabell(Tabell):
    """How much over the budget what is and each variant goes."""

    namn = tables.Column("Insats")
    budget = Talkolumn("Budget kr")

    class Meta(Tabell.Meta):
        caption = "Avvikelse mot budget per insats och variant, kronor"
        caption_dold = True
        kort = True
        huvud = "budget"
        orderable = False

    def __init__(self, resultat: Resultat) -> None:
        extra = [
            (f"a{plats}", Skillnadskolumn(ett.namn, accessor=f"avvikelser__{plats}"))
            for plats, ett in enumerate(resultat.varianter)
        ]
        super().__init__([rad for rad in resultat.per_insats if rad.budget is not None], extra_columns=extra)


class Korstabell(Tabell):
    """Utförare by month: what is, or how a variant differs from it."""

    namn = tables.Column("Utförare", footer="Summa")

    class Meta(Tabell.Meta):
        caption_dold = True
        orderable = False

    def __init__(self, resultat: Resultat, variant: Variantrad) -> None:
        self.rader = resultat.korstabell
        extra = [(f"m{plats}", _korskolumn(ett, variant)) for plats, ett in enumerate(resultat.simulering.manader)]
        super().__init__(
            resultat.korstabell,
            extra_columns=[*extra, ("alla", _korskolumn(None, variant))],
            caption=f"{variant.namn}, kronor per utförare och månad",
        )


def _korskolumn(manad: Manad | None, variant: Variantrad) -> Talkolumn:
    """A month's column; None = the whole period."""

    def i_ord(belopp: Decimal) -> str:
        return (skillnad(belopp) if belopp else TANKSTRECK) if variant.nummer else tal(belopp)

    def kronor(rad: Korsrad) -> Decimal:
        manader = [manad] if manad else list(rad.manader)
        nu = sum((rad.kronor(ett, 0) for ett in manader), Decimal(0))
        return sum((rad.kronor(ett, variant.nummer) for ett in manader), Decimal(0)) - (nu if variant.nummer else 0)

    class Kolumn(Talkolumn):
        def render(self, record: Korsrad) -> str:
            return i_ord(kronor(record))

    rubrik = stor_forsta(manad_i_ord(manad)) if manad else "Summa"

    def fot(table: Any) -> str:
        return i_ord(sum((kronor(rad) for rad in table.rader), Decimal(0)))

    return Kolumn(rubrik, accessor="namn", footer=fot)


class Punkttabell(Tabell):
    """The sensitivity chart as figures."""

    punkt = tables.Column("Andel")
    kronor = Talkolumn("Kostnad kr")
    mot = Skillnadskolumn("Mot i dag kr")

    class Meta(Tabell.Meta):
        caption = "Kostnaden punkt för punkt"
        smal = True
        orderable = False

    def __init__(self, resultat: Resultat) -> None:
        nu = resultat.varianter[0].kronor
        super().__init__(
            [{"punkt": f"{punkt}{HART}%", "kronor": belopp, "mot": belopp - nu} for punkt, belopp in resultat.punkter]
        )


class Utforandetabell(Tabell):
    """The carried-out share month by month."""

    namn = tables.Column("Utförare")
    totalt = Andelskolumn("Hela perioden", accessor="totalt__andel")
    efterhand = Andelskolumn("Registrerat i efterhand", accessor="andel_efterhand")

    class Meta(Tabell.Meta):
        caption = "Utförd tid som andel av beställd, per utförare och månad"
        caption_dold = True
        kort = True
        huvud = "totalt"
        orderable = False
        empty_text = "Ingen utförare i simuleringen har både beställd och utförd tid."

    def __init__(self, resultat: Resultat) -> None:
        manader = resultat.simulering.manader
        extra = [(f"m{plats}", _manadskolumn(manad)) for plats, manad in enumerate(manader)]
        super().__init__(resultat.utforande, extra_columns=extra, sequence=("namn", "totalt", "efterhand", "..."))


def _manadskolumn(manad: Manad) -> Andelskolumn:
    class Kolumn(Andelskolumn):
        def render(self, value: Any) -> str:
            volym = value.get(manad)
            return TANKSTRECK if volym is None or volym.andel is None else super().render(volym.andel)

    return Kolumn(stor_forsta(manad_i_ord(manad)), accessor="manader")
