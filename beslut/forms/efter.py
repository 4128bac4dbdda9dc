"""What is filled in after a decision: how the party got it, follow-ups, appeals and judgments."""

from typing import Any

from django import forms

from beslut.forms import falt
from beslut.koder import Delgivningssatt, Domsutfall, Uppfoljningsresultat, Uppfoljningssatt
from beslut.regler import Omfattningsenhet


class Delgivningsform(forms.Form):
    """When and how the party got the decision."""

    dag = falt.dag(
        "Personen fick del av beslutet",
        hjalp="Tiden för att överklaga räknas från den dagen, inte från beslutets dag (44 § förvaltningslagen).",
        saknas="Skriv vilken dag personen fick del av beslutet.",
    )
    satt = falt.val("Hur?", Delgivningssatt, saknas="Välj hur personen fick beslutet.")


class Uppfoljningsform(forms.Form):
    """A follow-up. It changes nothing but the day of the next one."""

    dag = falt.dag("Dag", saknas="Skriv vilken dag uppföljningen gjordes.")
    satt = falt.val("Hur?", Uppfoljningssatt, saknas="Välj hur uppföljningen gjordes.")
    resultat = falt.val("Vad kom den fram till?", Uppfoljningsresultat, saknas="Välj vad uppföljningen kom fram till.")
    text = falt.text("Vad som kom fram", saknas="Skriv kort vad som kom fram.", rader=5)
    nasta = falt.dag(
        "Nästa uppföljning", hjalp="Minst en gång om året.", saknas="Skriv när beslutet ska följas upp nästa gång."
    )


class Overklagandeform(forms.Form):
    """An appeal that has come in."""

    inkom = falt.dag("Kom in till nämnden", saknas="Skriv vilken dag överklagandet kom in.")
    klagande = falt.rad("Vem överklagar?", saknas="Skriv vem som överklagar.")
    text = falt.text("Vad som begärs", saknas="Skriv vilken ändring som begärs.", rader=4)


class Rattidsform(forms.Form):
    """Whether the appeal came in time (FL 45 §)."""

    i_tid = forms.ChoiceField(
        label="Kom överklagandet in i tid?",
        choices=[("ja", "Ja, det ska prövas"), ("nej", "Nej, det avvisas")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om överklagandet kom in i tid."},
    )
    skal = falt.text(
        "Skäl",
        hjalp=(
            "Behövs när det kom in för sent. Det ska ändå prövas om förseningen beror på att nämnden gav fel besked "
            "om hur man överklagar (45 § förvaltningslagen)."
        ),
        rader=3,
    )


class Omprovaform(forms.Form):
    """The nämnd's own look before the court's (FL 38–39 §§)."""

    andras = forms.ChoiceField(
        label="Ska nämnden ändra beslutet?",
        choices=[
            ("nej", "Nej, överklagandet lämnas till domstolen"),
            ("ja", "Ja, så som personen begär. Då öppnas ett ärende för det nya beslutet"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om beslutet ska ändras."},
    )
    text = falt.text("Vad omprövningen kom fram till", saknas="Skriv vad omprövningen kom fram till.", rader=4)


class Overlamnaform(forms.Form):
    """When the documents went to the court (FL 46 §)."""

    dag = falt.dag("Lämnat till förvaltningsrätten", saknas="Skriv vilken dag handlingarna lämnades.")


class Domform(forms.Form):
    """The judgment."""

    dag = falt.dag("Domens dag", saknas="Skriv domens dag.")
    malnummer = falt.rad("Målnummer", hjalp="Till exempel 4711-26.", saknas="Skriv målnumret.", langst=30)
    utfall = falt.val("Vad kom domstolen fram till?", Domsutfall, saknas="Välj vad domstolen kom fram till.")
    text = falt.text("Vad domen säger", saknas="Skriv kort vad domen säger.", rader=4)
    fran = falt.dag("Insatsen börjar enligt domen", hjalp="Bara när domen ger något. Den verkställs som ett beslut.")
    sista = falt.dag("Till och med", hjalp="Lämna tomt om det gäller tills vidare.")
    omfattning = falt.tal("Omfattning")
    omfattning_enhet = falt.val("Omfattningens enhet", Omfattningsenhet, tomt="Ingen")
    uppfoljning = falt.dag("Följs upp senast")

    def clean(self) -> dict[str, Any]:
        """A number and its unit belong together."""
        varden = super().clean() or {}
        if (varden.get("omfattning") is None) is not (not varden.get("omfattning_enhet")):
            self.add_error("omfattning", "Skriv omfattning och enhet tillsammans, eller ingendera.")
        return varden
