"""Why one looks at a person outside one's assignments."""

from django import forms


class Varforform(forms.Form):
    """One sentence, which the log keeps; and where to go on, with what was posted there if it was (`posta`).

    The prefix keeps its fields apart from those of the form that it stands in the way of.
    """

    prefix = "varfor"

    motiv = forms.CharField(
        label="Varför behöver du öppna uppgifterna?",
        help_text="Till exempel: vikarierar för Maria i dag. Det du skriver sparas i loggen och granskas.",
        min_length=5,
        max_length=300,
        error_messages={
            "required": "Skriv varför du behöver uppgifterna.",
            "min_length": "Skriv varför med några ord, minst fem tecken.",
        },
    )
    nasta = forms.CharField(widget=forms.HiddenInput, required=False)
    posta = forms.BooleanField(widget=forms.HiddenInput, required=False)
