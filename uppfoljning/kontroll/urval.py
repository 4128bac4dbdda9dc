"""Which findings somebody's list shows. It stands in the address: no person is named there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import F, QuerySet

from beslut.tillgang import mina
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.text import manad_i_ord, stor_forsta
from grund.tid import Manad
from uppfoljning.kontroll.bedomningar import med_bedomning
from uppfoljning.kontroll.fyndrader import var_oppna
from uppfoljning.kontroll.koder import Omrade
from uppfoljning.kontroll.register import REGLER, regler
from uppfoljning.models import Fynd

AGARE = (Roll.HANDLAGGARE, Roll.AVTALSSAMORDNARE, Roll.CONTROLLER)
_LAGEN = (("", "Att titta på"), ("alla", "Alla öppna"), ("nya", "Nya"), ("stangda", "Stängda"))
_ANTAL_MANADER = 13


class Fyndurval(forms.Form):
    """How far they have come, by which rule, and whose they are to put right."""

    lage = forms.ChoiceField(label="Läge", choices=_LAGEN, required=False)
    regel = forms.ChoiceField(label="Regel", required=False, choices=[])
    agare = forms.ChoiceField(
        label="Rättas av",
        required=False,
        choices=[("", "Alla"), *((roll.value, stor_forsta(str(roll.label))) for roll in AGARE)],
    )

    manad = forms.TypedChoiceField(
        label="Månad", required=False, coerce=Manad.efterfragad, empty_value=None, choices=[]
    )
    visa = forms.ChoiceField(label="Vems", required=False, choices=[("", "Mina personers"), ("alla", "Hela enhetens")])

    def __init__(
        self, data: Mapping[str, Any], *, handlaggare: bool = False, vems: bool = False, idag: date | None = None
    ) -> None:
        """`handlaggare`: only what they put right. `vems`: who may choose between one's own and everybody's. `idag`:
        an earlier month may be chosen."""
        super().__init__(data)
        self.idag = idag
        visade = [ett for ett in regler(Omrade.KVALITET) if not handlaggare or ett.agare == Roll.HANDLAGGARE]
        self.fields["regel"].choices = [("", "Alla"), *((ett.nyckel, ett.namn) for ett in visade)]  # type: ignore[attr-defined]
        if idag:
            nu = Manad.av(idag)
            manader = [nu.plus(-steg) for steg in range(_ANTAL_MANADER)]
            self.fields["manad"].choices = [("", "I dag"), *((f"{m}", stor_forsta(manad_i_ord(m))) for m in manader)]  # type: ignore[attr-defined]
        else:
            del self.fields["manad"]
        if handlaggare:
            del self.fields["agare"]
        if not vems:
            del self.fields["visa"]

    def urval(self, alla: QuerySet[Fynd]) -> QuerySet[Fynd]:
        """Of `alla` those that are chosen, the most money and the oldest first; none when it cannot be read."""
        if not self.is_valid():
            return alla.none()
        valt = self.cleaned_data
        rader = self._i_lage(alla, valt["lage"], valt.get("manad"))
        for falt in ("regel", "agare"):
            rader = rader.filter(**{falt: valt[falt]}) if valt.get(falt) else rader
        return rader.order_by(F("belopp").desc(nulls_last=True), "upptackt", "pk")

    def _i_lage(self, alla: QuerySet[Fynd], lage: str, manad: Manad | None) -> QuerySet[Any]:
        """As they were at the end of the month, or are today; what came or went did so in it, or ever."""
        dag = min(manad.sista, self.idag) if manad and self.idag else None
        rader = med_bedomning(alla, dag)
        if lage in ("nya", "stangda"):
            falt = "upptackt" if lage == "nya" else "stangd"
            return rader.filter(**({f"{falt}__range": (manad.fran, dag)} if manad else {f"{falt}__isnull": False}))
        rader = var_oppna(rader, dag) if dag else rader.filter(stangd=None)
        return rader if lage else rader.filter(avgjord=False)


def allas() -> QuerySet[Fynd]:
    """Every finding of data quality, by key."""
    return Fynd.objects.filter(omrade=Omrade.KVALITET, regel__in=REGLER).select_related("enhet__utforare")


def handlaggarens(vem: Anvandare, idag: date, *, alla: bool) -> QuerySet[Fynd]:
    """Those that handläggare put right: of one's own persons, or the whole unit's."""
    urval = Fynd.objects.filter(omrade=Omrade.KVALITET, regel__in=REGLER, agare=Roll.HANDLAGGARE, person__isnull=False)
    return (urval if alla else urval.filter(person__in=mina(vem, idag))).select_related("person", "enhet__utforare")
