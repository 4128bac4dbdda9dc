"""At which enhet a user works, and when."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from utforare.forms.bestallning import datumfalt
from utforare.models import Enhet


class Enhetsval(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in the stubs
    """Enheter by utförare and name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.utforare.namn}: {obj.namn}"


class Enhetsform(forms.Form):
    """One more enhet."""

    enhet = Enhetsval(
        queryset=Enhet.objects.none(),
        label="Enhet",
        help_text="Alla enheter som en användare rapporterar för samtidigt hör till samma utförare.",
        empty_label="Välj enhet",
        error_messages={"required": "Välj en enhet.", "invalid_choice": "Välj en enhet i listan."},
    )
    fran = datumfalt("Från och med", "Första dagen som användaren ser enhetens brukare.")
    sista = datumfalt("Till och med", "Lämna tomt om det gäller tills vidare.")

    def __init__(self, *args: Any, enheter: QuerySet[Enhet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt = self.fields["enhet"]
        assert isinstance(falt, forms.ModelChoiceField)  # noqa: S101  declared above
        falt.queryset = enheter
        self.fields["sista"].required = False


class Slutdagsform(forms.Form):
    """The last day."""

    sista = datumfalt("Sista dag", "Dagen efter ser användaren inte längre enhetens brukare.", "Ange sista dagen.")
