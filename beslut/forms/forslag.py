"""The draft of a decision, and what its signer fills in."""

from datetime import date
from typing import Any

from django import forms

from beslut.actions.forslag import Forslagsfalt
from beslut.forms import falt
from beslut.koder import Andringsgrund, Arendeslag
from beslut.models import Arende, Forslag
from beslut.ord import insats_i_ord
from beslut.provning import Anmarkning, Utkast
from beslut.regler import Insats, Omfattningsenhet, Utfall
from grund.tid import lagg_till_manader

_UTFALL = [("bifall", "Bifall: personen får det som söks"), ("delvis", "Delvis bifall"), ("avslag", "Avslag")]
_OMPROVNING = [
    ("bifall", "Ett nytt beslut tar vid"),
    ("delvis", "Ett nytt beslut tar vid, men ger inte allt som söks"),
    ("avslag", "Insatsen upphör, eller förlängs inte"),
]


class Forslagsform(forms.Form):
    """A draft may be stored half-written. What is wrong with it is said beside it, and stops it from being proposed."""

    utfall = forms.ChoiceField(label="Hur blir beslutet?", required=False, widget=forms.RadioSelect)
    grund = falt.val(
        "Vad låter beslutet ändras?",
        Andringsgrund,
        hjalp="37 § förvaltningslagen. Vilka vägar som är öppna står under ”Vad som är möjligt”.",
        tomt="Välj grund",
    )
    fran = falt.dag("Gäller från och med")
    sista = falt.dag("Gäller till och med", hjalp="Lämna tomt om beslutet gäller tills vidare.")
    omfattning = falt.tal("Omfattning", hjalp="Hur mycket, i enheten nedan. Lämna tomt för en plats.")
    omfattning_enhet = falt.val("Omfattningens enhet", Omfattningsenhet, tomt="Ingen")
    uppfoljning = falt.dag("Följs upp senast", hjalp="Om inget annat sägs: om tolv månader.")
    motivering = falt.text(
        "Motivering",
        hjalp="Varför beslutet blir så här. Skriv så att personen förstår (32 § förvaltningslagen).",
        rader=7,
    )
    forbehall = forms.BooleanField(
        label="Beslutet ska ha ett förbehåll om återkallelse",
        required=False,
        help_text="Utan förbehåll kan ett gynnande beslut i princip inte ändras till personens nackdel (37 §).",
    )
    forbehall_text = falt.text("Förbehållet", hjalp="I vilka fall beslutet får återkallas eller ändras.", rader=3)
    kostnad = falt.tal(
        "Beräknad kostnad, kr per månad", hjalp="Behövs om delegationen har en gräns i kronor. Står inte i beslutet."
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, arende: Arende, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arende = arende
        utfall: Any = self.fields["utfall"]
        utfall.choices = _UTFALL
        if arende.slag == Arendeslag.OMPROVNING:
            utfall.choices = _OMPROVNING
            self.fields["fran"].help_text = "Upphör insatsen: den första dagen utan den."
        else:
            del self.fields["grund"]

    def clean(self) -> dict[str, Any]:
        """A number and its unit belong together."""
        varden = super().clean() or {}
        har_tal = varden.get("omfattning") is not None
        if har_tal and not varden.get("omfattning_enhet"):
            self.add_error("omfattning_enhet", "Välj enheten för omfattningen.")
        if varden.get("omfattning_enhet") and not har_tal and "omfattning" not in self.errors:
            self.add_error("omfattning", "Skriv omfattningen, eller välj ingen enhet.")
        return varden

    def falt(self, bekraftat: list[str]) -> Forslagsfalt:
        """What the draft says. An avslag of an application gives nothing."""
        varden = {namn: varde for namn, varde in self.cleaned_data.items() if namn != "version"}
        if varden["utfall"] == Utfall.AVSLAG:
            varden |= {"sista": None, "omfattning": None, "omfattning_enhet": "", "uppfoljning": None}
            varden |= {} if self.arende.slag == Arendeslag.OMPROVNING else {"fran": None}
        if not varden["forbehall"]:
            varden["forbehall_text"] = ""
        return Forslagsfalt(**varden, bekraftat=tuple(bekraftat))

    def utkast(self) -> Utkast:
        """The draft as far as it can be read; what is wrong in itself is left out."""
        varden = self.cleaned_data
        return Utkast(
            Insats(self.arende.insats),
            Utfall(varden["utfall"]) if varden.get("utfall") else None,
            self.arende.inkom,
            varden.get("fran"),
            varden.get("sista"),
            varden.get("omfattning"),
            Omfattningsenhet(varden["omfattning_enhet"]) if varden.get("omfattning_enhet") else None,
            varden.get("uppfoljning"),
            varden.get("motivering") or "",
            bool(varden.get("forbehall")),
            varden.get("forbehall_text") or "",
        )

    def visa_hinder(self, hinder: list[Anmarkning]) -> None:
        """Refusals beside their fields; warnings stand in their own list and are named on top."""
        varningar = [ett for ett in hinder if not ett.hindrar]
        for ett in hinder:
            if ett.hindrar:
                self.add_error(ett.falt if ett.falt in self.fields else None, ett.text)
        if varningar:
            self.add_error(None, "Läs varningarna vid knapparna och kryssa för dem som du har läst.")


def borja_med(arende: Arende, forslag: Forslag | None, idag: date) -> dict[str, Any]:
    """What the form begins from: the stored draft, or a follow-up in twelve months."""
    if forslag is None:
        return {"uppfoljning": lagg_till_manader(idag, 12), "version": 0, **_som_forut(arende)}
    namn = [*Forslagsform.base_fields]
    return {ett: getattr(forslag, ett) for ett in namn} | {"omfattning": _jamnt(forslag.omfattning)}


def _som_forut(arende: Arende) -> dict[str, Any]:
    """An omprövning begins from what the decision gives."""
    gammalt = arende.omprovar
    if gammalt is None:
        return {}
    return {
        "omfattning": _jamnt(gammalt.omfattning),
        "omfattning_enhet": gammalt.omfattning_enhet,
        "fran": gammalt.till if arende.slag == Arendeslag.OMPROVNING else None,
    }


def _jamnt(varde: Any) -> Any:
    return None if varde is None else varde.normalize() if varde % 1 else int(varde)


class Aterlamningsform(forms.Form):
    """Why a proposal goes back."""

    skal = falt.text("Varför återlämnas förslaget?", saknas="Skriv vad som ska ändras.", rader=3)


class Delegationsform(forms.Form):
    """A row of the delegation."""

    roll = forms.ChoiceField(
        label="Vem får besluta?", choices=[("handlaggare", "Handläggare"), ("gruppchef", "Gruppchef")]
    )
    insats = forms.ChoiceField(label="Insats", choices=[(ett.value, insats_i_ord(ett)) for ett in Insats])
    utfall = falt.val("Vilka beslut?", Utfall, tomt="Alla")
    hogst_omfattning = falt.tal("Högsta omfattning", hjalp="Lämna tomt om ingen gräns finns.")
    enhet = falt.val("Omfattningens enhet", Omfattningsenhet, tomt="Ingen")
    hogst_kostnad = falt.tal("Högsta kostnad, kr per månad", hjalp="Lämna tomt om ingen gräns finns.")
    fyra_ogon = forms.BooleanField(label="Någon annan än den som föreslog ska underteckna (fyra ögon)", required=False)
    fran = falt.dag("Gäller från och med", saknas="Skriv från vilken dag raden gäller.")
