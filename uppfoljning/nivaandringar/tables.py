"""The tables of the report's pages."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from beslut.ord import insats_i_ord, niva_i_ord
from ersattning.nivautfall import Utfallsrad
from ersattning.regler import Radenhet, Radtyp
from ersattning.simulering.ord import artikel_i_ord
from grund.pengar import avrunda
from grund.tabeller import Kronorkolumn, Skillnadskolumn, Tabell, Talkolumn
from grund.text import TANKSTRECK, manad_i_ord, skillnad, stor_forsta, tal
from uppfoljning.nivaandringar.rapport import Andringsrad, Jamforelserad, Manadsrad, Rapport, Summa

INGET = "utförs inte"


def _belopp(rad: Andringsrad, belopp: Decimal | None) -> str:
    if belopp is None:
        return INGET
    text = skillnad(belopp) if belopp else "0"
    return f"{text} *" if rad.utan_pris else text


class Andringstabell(Tabell):
    """Each change, latest first; the day leads to what it was counted from."""

    dag = tables.Column("Från")
    person = tables.Column("Person")
    insats = tables.Column("Insats")
    niva_efter = tables.Column("Nivå")
    utforare = tables.Column("Utförare", empty_values=())
    godkand_av = tables.Column("Godkänd")
    i_perioden = Talkolumn("I perioden kr", empty_values=())
    betalt = Skillnadskolumn("Betalt hittills kr")
    helar = Talkolumn("Helår kr", empty_values=())

    class Meta(Tabell.Meta):
        caption = "Nivåändringar"
        caption_dold = True
        kort = True
        huvud = "helar"
        orderable = False
        empty_text = "Ingen nivå ändrades i perioden."
        sequence = ("dag", "person", "insats", "niva_efter", "utforare", "godkand_av", "helar", "i_perioden", "betalt")

    def render_dag(self, record: Andringsrad) -> SafeString:
        return format_html(
            '<a class="anchor nowrap" href="{}">{}<span class="sr-only">, nivåändring för {}</span></a>',
            reverse("uppfoljning:nivaandring", args=[record.bedomning_id]),
            record.dag.isoformat(),
            record.person,
        )

    def render_insats(self, value: str) -> str:
        return insats_i_ord(value)

    def render_niva_efter(self, record: Andringsrad) -> str:
        if record.ar_forsta:
            return stor_forsta(niva_i_ord(record.niva_efter))
        return stor_forsta(f"{niva_i_ord(record.niva_fore)} → {niva_i_ord(record.niva_efter)}")

    def render_utforare(self, record: Andringsrad) -> SafeString | str:
        if record.utforare_id is None:
            return TANKSTRECK
        return format_html('{}<span class="liten tyst rad">{}</span>', record.utforare, record.enhet)

    def render_godkand_av(self, record: Andringsrad) -> SafeString:
        return format_html(
            '{} <span class="nowrap">{}</span><span class="liten tyst rad">{}</span>',
            record.godkand_av,
            record.godkand.isoformat(),
            record.grund,
        )

    def render_i_perioden(self, record: Andringsrad) -> str:
        return _belopp(record, record.i_perioden)

    def render_helar(self, record: Andringsrad) -> SafeString:
        return format_html("<b>{}</b>", _belopp(record, record.helar))


class Forstatabell(Andringstabell):
    """First assessments: what the level costs, since there was none to compare with."""

    class Meta(Andringstabell.Meta):
        caption = "Första bedömningar"
        empty_text = "Ingen första bedömning började gälla i perioden."
        exclude = ("betalt",)

    def render_i_perioden(self, record: Andringsrad) -> str:
        return INGET if record.i_perioden is None else tal(record.i_perioden)

    def render_helar(self, record: Andringsrad) -> SafeString:
        return format_html("<b>{}</b>", INGET if record.helar is None else tal(record.helar))


class Summatabell(Tabell):
    """Some changes together: by utförare, or by which way they go."""

    namn = tables.Column("", footer="Summa")
    antal = Talkolumn("Ändringar", footer=lambda table: table.alla.antal)
    dyrare = Talkolumn("Dyrare", footer=lambda table: table.alla.dyrare)
    billigare = Talkolumn("Billigare", footer=lambda table: table.alla.billigare)
    helar = Skillnadskolumn("Helår kr", footer=lambda table: skillnad(table.alla.helar))
    i_perioden = Skillnadskolumn("I perioden kr", footer=lambda table: skillnad(table.alla.i_perioden))
    betalt = Skillnadskolumn("Betalt hittills kr", footer=lambda table: skillnad(table.alla.betalt))

    class Meta(Tabell.Meta):
        caption_dold = True
        kort = True
        huvud = "helar"
        orderable = False

    def __init__(self, rader: Sequence[Summa], alla: Summa, rubrik: str, *, fraga: str = "", **mer: Any) -> None:
        self.alla, self._fraga = alla, fraga
        super().__init__(rader, **mer)
        self.columns["namn"].column.verbose_name = rubrik
        if not fraga:
            self.columns.hide("dyrare")
            self.columns.hide("billigare")

    def render_namn(self, record: Summa) -> SafeString | str:
        """An utförare's name leads to its own changes. `fraga`: the rest of the choice, for the address."""
        if not self._fraga or record.nyckel is None:
            return record.namn or TANKSTRECK
        adress = f"{reverse('uppfoljning:nivaandringar')}?{self._fraga}&utforare={record.nyckel}"
        return format_html('<a class="anchor" href="{}">{}</a>', adress, record.namn)


class Manadstabell(Tabell):
    """What each month's changes add to a year: the picture's figures."""

    manad = tables.Column("Månad")
    dyrare = Skillnadskolumn("Dyrare nivåer kr")
    billigare = Skillnadskolumn("Billigare nivåer kr")
    netto = Skillnadskolumn("Netto kr")
    hittills = Skillnadskolumn("Hopräknat kr")

    class Meta(Tabell.Meta):
        caption = "Mer per år, efter den månad då nivån började gälla"
        caption_dold = True
        orderable = False
        smal = True

    def render_manad(self, record: Manadsrad) -> str:
        return stor_forsta(manad_i_ord(record.manad))


class Jamforelsetabell(Tabell):
    """Level and price kept apart, as the months' own comparisons have them."""

    manad = tables.Column("Månad")
    niva = Skillnadskolumn("Nivå kr")
    pris = Skillnadskolumn("Pris kr")

    class Meta(Tabell.Meta):
        caption = "Nivå och pris i månadernas jämförelse med månaden före"
        caption_dold = True
        orderable = False
        smal = True
        empty_text = "Ingen månad i perioden har jämförts med en månad före."

    def __init__(self, rader: Sequence[Jamforelserad], *, lankar: bool) -> None:
        self._lankar = lankar
        super().__init__(rader)

    def render_manad(self, record: Jamforelserad) -> SafeString | str:
        namn = stor_forsta(manad_i_ord(record.manad))
        if not self._lankar:
            return namn
        return format_html(
            '<a class="anchor" href="{}">{}</a>', reverse("ersattning:nivadelar", args=[record.manad]), namn
        )


class Utfallstabell(Tabell):
    """Settled rows that the change's amount was counted from; each leads to its explanation for those who may."""

    avser = tables.Column("Månad", accessor="rad__avser", footer="Summa")
    typ = tables.Column("Typ", accessor="rad__typ")
    artikel = tables.Column("Artikel", accessor="rad__artikel")
    antal = Talkolumn("Antal", decimaler=2)
    pris_fore = Kronorkolumn("Pris före")
    pris_efter = Kronorkolumn("Pris efter")
    andel = Talkolumn("Andel", accessor="rad__faktor", decimaler=2)
    skillnad = Kronorkolumn("Skillnad kr", footer=lambda table: avrunda(table.summa))

    class Meta(Tabell.Meta):
        caption = "Rader i fastställda månader"
        caption_dold = True
        kort = True
        huvud = "skillnad"
        orderable = False
        empty_text = "Ingen fastställd månad har betalat efter den nya nivån än."

    def __init__(self, rader: Sequence[Utfallsrad], *, lankar: bool) -> None:
        self.summa = sum((ett.skillnad for ett in rader), Fraction(0))
        self._lankar = lankar
        super().__init__(rader)

    def render_avser(self, record: Utfallsrad) -> SafeString | str:
        namn = stor_forsta(manad_i_ord(record.rad.avser))
        if not self._lankar:
            return namn
        return format_html(
            '<a class="anchor" href="{}">{}<span class="sr-only">, rad {}</span></a>',
            reverse("ersattning:forklara", args=[record.rad.id]),
            namn,
            record.rad.id,
        )

    def render_typ(self, value: str) -> str:
        return stor_forsta(str(Radtyp(value).label))

    def render_artikel(self, value: str) -> str:
        return stor_forsta(artikel_i_ord(value))

    def render_antal(self, record: Utfallsrad) -> str:
        return f"{tal(avrunda(record.antal), 2)} {Radenhet(record.rad.enhet).label}"

    def render_skillnad(self, value: Fraction) -> str:
        return tal(avrunda(value), 2)


def alla_tabeller(rapport: Rapport, fraga: str, *, lankar: bool) -> dict[str, Tabell | None]:
    """The report's tables by what the page calls them."""
    return {
        "per_utforare": Summatabell(
            rapport.per_utforare, rapport.alla, "Utförare", fraga=fraga, caption="Nivåändringar per utförare"
        ),
        "per_riktning": Summatabell(
            rapport.per_riktning, rapport.alla, "Riktning", caption="Dyrare och billigare nivåer var för sig"
        ),
        "per_manad": Manadstabell(rapport.per_manad),
        "jamforelser": Jamforelsetabell(rapport.jamforelser, lankar=lankar),
    }
