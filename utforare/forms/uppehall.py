"""That an insats is interrupted for a time, and when it is taken up again."""

from django import forms

from grund.text import stor_forsta
from utforare.forms.bestallning import datumfalt, textfalt
from utforare.regler import Uppehallsorsak


class Uppehallsform(forms.Form):
    """From when, perhaps to when, and why."""

    fran = datumfalt("Första dagen utan insats", "Den första dag som insatsen inte utförs.")
    sista = datumfalt("Sista dagen utan insats", "Lämna tomt om ingen vet. Skriv det när insatsen har börjat igen.")
    orsak = forms.TypedChoiceField(
        label="Orsak",
        coerce=Uppehallsorsak,
        choices=[("", "Välj orsak"), *((str(kod.value), stor_forsta(str(kod.label))) for kod in Uppehallsorsak)],
        error_messages={"required": "Välj en orsak."},
    )
    text = textfalt(
        "Vad som har hänt", "Behövs när orsaken är en annan. Skriv inget om hälsa som inte behövs.", kravs=False
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["sista"].required = False

    def clean_text(self) -> str:
        """A cause that the list has not is told."""
        text = str(self.cleaned_data["text"]).strip()
        if self.cleaned_data.get("orsak") == Uppehallsorsak.ANNAT and not text:
            raise forms.ValidationError("Skriv vad som har hänt när orsaken är en annan.")
        return text


class Aterupptaform(forms.Form):
    """The first day that it is carried out again."""

    dag = datumfalt(
        "Första dagen med insats igen",
        "Blev det inget uppehåll: skriv samma dag som uppehållet skulle börja. Då tas det bort.",
    )
