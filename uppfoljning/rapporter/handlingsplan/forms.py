"""Which plan and day, and what is filled in for a plan. Everything in it may be read by anybody."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from beslut.forms import falt
from grund.dokument import typsnittets_tecken
from grund.skrift import hinder_for_skrift
from grund.text import datum_i_ord
from uppfoljning.handlingsplaner import (
    Atgardsuppgifter,
    Planuppgifter,
    Redovisningsuppgifter,
    Uppfoljningsuppgifter,
)
from uppfoljning.handlingsplansregler import Atgardsstatus
from uppfoljning.models import Handlingsplan
from uppfoljning.rapporter.handlingsplan.lage import Atgardslage
from uppfoljning.rapporter.handlingsplan.queries import planer

_OFFENTLIGT = "Planen är en allmän handling. Skriv inga namn på brukare och inga personnummer."
_LANGST = 4_000


class Urvalsform(forms.Form):
    """Today, and the plan that had been decided last on the day, without a choice."""

    plan = forms.ChoiceField(label="Handlingsplan", required=False, error_messages={"invalid_choice": "Välj en plan."})
    dag = falt.dag("Läget den", saknas="Välj en dag.")

    def __init__(self, data: Mapping[str, Any], *, idag: date) -> None:
        self._idag, self._planer = idag, {str(ett.pk): ett for ett in planer()}
        dag = data.get("dag") or str(idag)  # as text: a day that is none is told by its field
        forst = [*(pk for pk, ett in self._planer.items() if str(ett.beslutad) <= dag), *self._planer, ""][0]
        super().__init__({"plan": data.get("plan") or forst, "dag": dag})
        val = [(pk, f"{ett.titel} ({datum_i_ord(ett.beslutad)})") for pk, ett in self._planer.items()]
        self.fields["plan"].choices = val  # type: ignore[attr-defined]

    def clean_dag(self) -> date:
        dag: date = self.cleaned_data["dag"]
        if dag > self._idag:
            raise forms.ValidationError("Dagen har inte varit än.")
        return dag

    @property
    def valt(self) -> tuple[Handlingsplan | None, date]:
        """What is chosen, when it is valid; None when there is no plan."""
        return self._planer.get(self.cleaned_data["plan"]), self.cleaned_data["dag"]


class _Dokumentform(forms.Form):
    """Its texts stand in documents: whole letters, as the typeface has them."""

    def clean(self) -> dict[str, Any]:
        for namn, varde in list(self.cleaned_data.items()):
            if isinstance(varde, str):
                text = self.cleaned_data[namn] = unicodedata.normalize("NFC", varde)
                rader = isinstance(self.fields[namn].widget, forms.Textarea)
                if hinder := hinder_for_skrift(text, typsnittets_tecken(), rader=rader):
                    self.add_error(namn, hinder)
        return self.cleaned_data


class Planform(_Dokumentform):
    """A plan that the nämnd has decided on."""

    titel = falt.rad("Titel", hjalp="Till exempel Effektivare LSS och boendestöd.", saknas="Skriv vad planen heter.")
    beslutad = falt.dag("Beslutad av nämnden", saknas="Skriv vilken dag nämnden beslutade planen.")
    diarienummer = falt.rad(
        "Diarienummer", hjalp="Till exempel SN 2026/0148.", saknas="Skriv beslutets diarienummer.", langst=40
    )
    bakgrund = falt.text(
        "Bakgrund", hjalp=f"Varför planen finns. {_OFFENTLIGT}", saknas="Skriv varför planen finns.", langst=_LANGST
    )

    @property
    def uppgifter(self) -> Planuppgifter:
        return Planuppgifter(**self.cleaned_data)


class Atgardsform(_Dokumentform):
    """A measure of a plan."""

    rubrik = falt.rad("Rubrik", hjalp="Några ord, som står i tabeller.", saknas="Skriv en rubrik.")
    behov = falt.text(
        "Behov", hjalp=f"Vad som inte fungerar i dag. {_OFFENTLIGT}", saknas="Skriv behovet.", langst=_LANGST
    )
    atgard = falt.text("Åtgärd", hjalp="Vad som ska göras.", saknas="Skriv vad som ska göras.", langst=_LANGST)
    ansvarig = falt.rad(
        "Ansvarig", hjalp="En roll eller en medarbetare, till exempel enhetschef boendestöd.", saknas="Skriv vem."
    )
    start = falt.dag("Börjar senast", saknas="Skriv när åtgärden ska börja.")
    klar_senast = falt.dag("Klar senast", saknas="Skriv när åtgärden ska vara klar.")

    @property
    def uppgifter(self) -> Atgardsuppgifter:
        return Atgardsuppgifter(**self.cleaned_data)


class Motesform(_Dokumentform):
    """What a meeting found of a measure. `sedda`: how many follow-ups the page showed."""

    dag = falt.dag("Mötets dag", saknas="Skriv vilken dag mötet var.")
    text = falt.text(
        "Vad som kom fram", hjalp=_OFFENTLIGT, saknas="Skriv kort vad som har hänt.", rader=5, langst=_LANGST
    )
    status = falt.val("Status", Atgardsstatus, saknas="Välj åtgärdens status.")
    ansvarig = falt.rad("Ansvarig", hjalp="Vem som är ansvarig från och med nu.", saknas="Skriv vem som är ansvarig.")
    klar_senast = falt.dag(
        "Klar senast",
        hjalp="Flyttas dagen står den gamla kvar i redovisningen.",
        saknas="Skriv när åtgärden ska vara klar.",
    )
    sedda = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=9_999)

    @property
    def uppgifter(self) -> Uppfoljningsuppgifter:
        varden = {namn: varde for namn, varde in self.cleaned_data.items() if namn != "sedda"}
        return Uppfoljningsuppgifter(**varden | {"status": Atgardsstatus(varden["status"])})


class Redovisningsform(_Dokumentform):
    """That the nämnd has been told how the plan stands."""

    per = falt.dag("Redovisningen visar läget den", saknas="Skriv vilken dag redovisningen visar.")
    sammantrade = falt.dag("Nämndens sammanträde", saknas="Skriv vilken dag nämnden fick redovisningen.")
    diarienummer = falt.rad("Diarienummer", saknas="Skriv redovisningens diarienummer.", langst=40)

    @property
    def uppgifter(self) -> Redovisningsuppgifter:
        return Redovisningsuppgifter(**self.cleaned_data)


def fran_laget(lage: Atgardslage, idag: date) -> dict[str, object]:
    """What the form of a follow-up says before anybody has filled it in: what holds now."""
    return {
        "dag": idag,
        "status": lage.status.value,
        "ansvarig": lage.ansvarig,
        "klar_senast": lage.klar_senast,
        "sedda": len(lage.moten),
    }
