"""Forms for a visit: planned, carried out, cancelled, taken back."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms

from grund.dagfalt import I_KALENDERN
from grund.datapaket.tidtyper import Tidpunkt
from grund.tid import EN_DAG, STOCKHOLM
from utforare.besoksregler import Tid
from utforare.models import Verkstallighet
from utforare.orsaker import AVBOKNINGSORSAKER
from utforare.regler import AvbokadAv


class Dagfalt(forms.DateField):
    """A day in the browser's own picker."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "Skriv dagen.", "invalid": "Skriv dagen som 2026-06-03."})
        super().__init__(input_formats=["%Y-%m-%d"], validators=I_KALENDERN, **kwargs)


class Klockfalt(forms.TimeField):
    """A clock time in the browser's own field."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "error_messages", {"required": "Skriv klockslaget.", "invalid": "Skriv klockslaget som 09:30."}
        )
        super().__init__(input_formats=["%H:%M", "%H.%M"], **kwargs)


def tidpunkt(dag: date, klocka: time) -> datetime:
    """A Swedish clock time as a moment; ValueError in Swedish for one that the change of the clocks skips."""
    return Tidpunkt().las(f"{dag.isoformat()}T{klocka:%H:%M}")


class Tidform(forms.Form):
    """A day, from when to when. `tid` after it has been found valid."""

    dag = Dagfalt(label="Dag")
    start = Klockfalt(label="Från klockan")
    slut = Klockfalt(label="Till klockan")
    over_midnatt = forms.BooleanField(label="Slutar dagen efter", required=False)

    def clean(self) -> dict[str, Any]:
        varden = super().clean() or {}
        if self.errors:
            return varden
        sista = varden["dag"] + EN_DAG if varden["over_midnatt"] else varden["dag"]
        try:
            self.tid = Tid(tidpunkt(varden["dag"], varden["start"]), tidpunkt(sista, varden["slut"]))
        except ValueError as fel:
            self.add_error("start", str(fel))
            return varden
        if self.tid.slut <= self.tid.start:
            self.add_error("slut", "Besöket slutar före det börjar. Slutar det efter midnatt, kryssa för det.")
        return varden

    @staticmethod
    def av(tid: Tid | None) -> dict[str, Any]:
        """What the fields hold for a time that is known."""
        if tid is None:
            return {}
        start, slut = tid.start.astimezone(STOCKHOLM), tid.slut.astimezone(STOCKHOLM)
        over = slut.date() > start.date()
        return {"dag": start.date(), "start": start.time(), "slut": slut.time(), "over_midnatt": over}


class _Skal(forms.Form):
    """Asks why, when the month is signed or locked."""

    skal = forms.CharField(
        label="Varför ändras besöket nu?",
        help_text="Månaden är signerad eller låst. Kommunen ser ändringen och det du skriver här.",
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, kraver_skal: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kraver_skal:
            del self.fields["skal"]


class _Vems(forms.Form):
    """Whose visit."""

    vems = forms.ChoiceField(label="Person", error_messages={"required": "Välj vems besök det är."})

    def __init__(self, *args: Any, val: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["vems"]
        assert isinstance(falt, forms.ChoiceField)  # noqa: S101  declared above
        falt.choices = [("", "Välj person"), *((str(pk), namn) for pk, namn in val)]

    def valt(self, verk: Sequence[Verkstallighet]) -> Verkstallighet:
        """The verkställighet that was chosen."""
        return next(ett for ett in verk if str(ett.pk) == self.cleaned_data["vems"])


class Planform(_Vems, Tidform):
    """A visit to be made, perhaps every week."""

    till_och_med = Dagfalt(
        label="Upprepa varje vecka till och med",
        help_text="Lämna tomt för ett enda besök.",
        required=False,
    )
    field_order = ("vems", "dag", "start", "slut", "over_midnatt", "till_och_med")


class Utfortform(Tidform, _Skal):
    """A visit that was carried out."""

    bekraftat = forms.BooleanField(label="Ja, det stämmer", required=False)
    field_order = ("vems", "dag", "start", "slut", "over_midnatt", "bekraftat", "skal")

    def __init__(self, *args: Any, fraga: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not fraga and "bekraftat" not in self.data:
            del self.fields["bekraftat"]


class Nyttform(_Vems, Utfortform):
    """A visit that was carried out without being planned."""


class Avbokform(_Skal):
    """A visit that was not carried out: who cancelled, when, why."""

    avbokad_av = forms.ChoiceField(
        label="Vem avbokade?",
        choices=[(AvbokadAv.BRUKARE, "Brukaren"), (AvbokadAv.UTFORARE, "Vi (utföraren)")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vem som avbokade."},
    )
    aldrig = forms.BooleanField(label="Aldrig avbokat: personen var inte där eller öppnade inte", required=False)
    dag = Dagfalt(label="Avbokades, dag", required=False)
    klockan = Klockfalt(
        label="Avbokades, klockan",
        required=False,
        help_text="Tiden avgör om besöket är bomtid: ett besök som brukaren avbokar för sent och som därför betalas.",
    )
    orsak = forms.ChoiceField(
        label="Orsak", choices=[("", "Välj orsak"), *AVBOKNINGSORSAKER], error_messages={"required": "Välj orsaken."}
    )
    field_order = ("avbokad_av", "aldrig", "dag", "klockan", "orsak", "skal")

    def clean(self) -> dict[str, Any]:
        varden = super().clean() or {}
        self.avbokad: datetime | None = None
        if varden.get("aldrig"):
            return varden
        for namn, saknas in (
            ("dag", "Skriv dagen, eller kryssa för att det aldrig avbokades."),
            ("klockan", "Skriv klockslaget."),
        ):
            if not varden.get(namn) and namn not in self.errors:
                self.add_error(namn, saknas)
        if varden.get("dag") and varden.get("klockan"):
            try:
                self.avbokad = tidpunkt(varden["dag"], varden["klockan"])
            except ValueError as fel:
                self.add_error("klockan", str(fel))
        return varden


class Tillbakaform(_Skal):
    """Take back what was registered."""


class Signeringsform(forms.Form):
    """Certify the month."""

    tomma_ar_ratt = forms.BooleanField(required=False)
    avtryck = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, saknade: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tomma_ar_ratt"].label = f"{saknade} saknar registrering och ska vara tomma"
        if not saknade:
            del self.fields["tomma_ar_ratt"]
