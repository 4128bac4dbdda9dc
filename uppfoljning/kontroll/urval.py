"""Which findings somebody's list shows. It stands in the address: no person is named there."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import F, QuerySet

from beslut.tillgang import mina
from grund.behorighet import Ratt, Roll, har_ratt
from grund.models import Anvandare
from grund.text import stor_forsta
from uppfoljning.kontroll.bedomningar import med_bedomning
from uppfoljning.kontroll.koder import Objekt, Omrade
from uppfoljning.kontroll.register import REGLER, regler
from uppfoljning.models import Fynd

AGARE = (Roll.HANDLAGGARE, Roll.AVTALSSAMORDNARE, Roll.CONTROLLER)
_LAGEN = (("", "Att titta på"), ("alla", "Alla öppna"), ("stangda", "Stängda"))
_INTE_I_LISTAN = "Välj en regel i listan. Fynd om lämnad statistik visas bara för den som får lämna statistik."


class Fyndurval(forms.Form):
    """How far they have come, by which rule, and whose they are to put right."""

    lage = forms.ChoiceField(label="Läge", choices=_LAGEN, required=False)
    regel = forms.ChoiceField(
        label="Regel", required=False, choices=[], error_messages={"invalid_choice": _INTE_I_LISTAN}
    )
    agare = forms.ChoiceField(
        label="Rättas av",
        required=False,
        choices=[("", "Alla"), *((roll.value, stor_forsta(str(roll.label))) for roll in AGARE)],
    )

    visa = forms.ChoiceField(label="Vems", required=False, choices=[("", "Mina personers"), ("alla", "Hela enhetens")])

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        synliga: Collection[str] = REGLER,
        handlaggare: bool = False,
        vems: bool = False,
    ) -> None:
        """`synliga`: keys of rules to choose among. `handlaggare`: only what they put right. `vems`: who may choose
        between one's own and everybody's."""
        super().__init__(data)
        visade = [ett for ett in regler(Omrade.KVALITET) if ett.nyckel in synliga]
        visade = [ett for ett in visade if not handlaggare or ett.agare == Roll.HANDLAGGARE]
        self.fields["regel"].choices = [("", "Alla"), *((ett.nyckel, ett.namn) for ett in visade)]  # type: ignore[attr-defined]
        if handlaggare:
            del self.fields["agare"]
        if not vems:
            del self.fields["visa"]

    def urval(self, alla: QuerySet[Fynd]) -> QuerySet[Fynd]:
        """Of `alla` those that are chosen, the most money and the oldest first; none when it cannot be read."""
        if not self.is_valid():
            return alla.none()
        valt = self.cleaned_data
        rader = med_bedomning(alla)
        if valt["lage"] == "stangda":
            rader = rader.filter(stangd__isnull=False)
        else:
            rader = rader.filter(stangd=None)
            rader = rader if valt["lage"] else rader.filter(avgjord=False)
        for falt in ("regel", "agare"):
            rader = rader.filter(**{falt: valt[falt]}) if valt.get(falt) else rader
        return rader.order_by(F("belopp").desc(nulls_last=True), "upptackt", "pk")


def allas(vem: Anvandare) -> QuerySet[Fynd]:
    """Every finding of data quality that `vem` may see, by key."""
    urval = Fynd.objects.filter(omrade=Omrade.KVALITET, regel__in=synliga(vem))
    return urval.select_related("enhet__utforare")


def synliga(vem: Anvandare) -> tuple[str, ...]:
    """The rules whose findings `vem` may see one by one: what is delivered is seen by those who deliver it."""
    dolda = () if har_ratt(vem.roller, Ratt.LAMNA_STATISTIK) else (Objekt.LEVERANS,)
    return tuple(ett.nyckel for ett in REGLER.values() if ett.objekt not in dolda)


def handlaggarens(vem: Anvandare, idag: date, *, alla: bool) -> QuerySet[Fynd]:
    """Those that handläggare put right: of one's own persons, or the whole unit's."""
    urval = Fynd.objects.filter(omrade=Omrade.KVALITET, regel__in=REGLER, agare=Roll.HANDLAGGARE, person__isnull=False)
    return (urval if alla else urval.filter(person__in=mina(vem, idag))).select_related("person", "enhet__utforare")
