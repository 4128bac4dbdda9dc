"""Old and new prices beside each other."""

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ersattning.prisandring import Plan, Planrad, Slag
from grund.tabeller import Kronorkolumn, Tabell, Talkolumn
from grund.text import HART, TANKSTRECK, datum_i_ord, skillnad

_HANDER = {
    Slag.BYTER: "Det gamla slutar dagen före.",
    Slag.ANDRAR: "Beloppet ändras från samma dag.",
    Slag.NYTT: "Nytt i listan.",
    Slag.LIKA: "Oförändrat.",
}


class Jamforelsetabell(Tabell):
    """What each amount does."""

    i_ord = tables.Column("Pris")
    fore = Kronorkolumn("I dag", accessor="fore__belopp")
    nytt = Kronorkolumn("Nytt", accessor="inskrivet__belopp")
    skillnad = Talkolumn("Skillnad", empty_values=())
    hander = tables.Column("Vad som händer", accessor="slag")

    class Meta(Tabell.Meta):
        caption = "Gamla och nya priser, kronor"
        caption_dold = True
        orderable = False
        kort = True
        huvud = "nytt"
        row_attrs = {"class": lambda record: "andrad" if record.ar_stor else ""}  # noqa: RUF012  as the library wants it

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.rader)

    def render_nytt(self, record: Planrad) -> SafeString:
        return format_html("<b>{}</b>", self.columns["fore"].column.render(record.inskrivet.belopp))

    def render_skillnad(self, record: Planrad) -> str:
        return TANKSTRECK if record.skillnad is None else f"{skillnad(record.skillnad, 1)}{HART}%"

    def render_hander(self, record: Planrad) -> SafeString:
        slut = f" Gäller till och med {datum_i_ord(record.sista)}." if record.sista else ""
        stor = format_html(" <b>{}</b>", "Stor ändring.") if record.ar_stor else ""
        return format_html("{}{}{}", _HANDER[record.slag], slut, stor)
