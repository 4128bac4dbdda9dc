"""What is filled in of enheter, follow-ups, brister and notices."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField, formset_factory

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.formfalt import Dagfalt, Procentfalt, anteckningsfalt
from grund.personnummer import utan_personnummer
from grund.text import stor_forsta
from uppfoljning.avtalsatgarder import Bedomt, Kravrad
from uppfoljning.models import Avtalsuppfoljning, Krav, Kravlista
from uppfoljning.rapporter.avtalsuppfoljning.regler import UNDERRATTAS, Bristslag, Metod, Riktning, Uppfyllt
from uppfoljning.rapporter.behov_mot_bemanning.regler import Boendeform
from utforare.models import Enhet, Verkstallighet
from utforare.regler import Regi

_HUNDRA = 100
_UTAN_NAMN = "Skriv inga namn på brukare och inga personnummer."
_TOMMA = 3  # rows to fill in beside those that are there


def _text(etikett: str, saknas: str, *, hjalp: str = "", langst: int = 100, kravs: bool = True) -> forms.CharField:
    return forms.CharField(
        label=etikett,
        required=kravs,
        max_length=langst,
        help_text=hjalp,
        validators=[utan_personnummer],
        error_messages={"required": saknas, "max_length": f"Skriv högst {langst} tecken."},
    )


def _stycke(etikett: str, saknas: str = "", *, hjalp: str = "", rader: int = 3) -> forms.CharField:
    return forms.CharField(
        label=etikett,
        required=bool(saknas),
        max_length=2000,
        help_text=f"{hjalp} {_UTAN_NAMN}".strip(),
        widget=forms.Textarea(attrs={"rows": rader}),
        validators=[utan_personnummer],
        error_messages={"required": saknas, "max_length": "Skriv högst 2\N{NO-BREAK SPACE}000 tecken."},
    )


def _val(etikett: str, val: Any, *, hjalp: str = "", **annat: Any) -> forms.ChoiceField:
    koder = [("", "Välj"), *((ett.value, stor_forsta(str(ett.label))) for ett in val)]
    fel = {"required": "Välj i listan.", "invalid_choice": "Välj ett av alternativen i listan."}
    return forms.ChoiceField(label=etikett, choices=koder, help_text=hjalp, error_messages=fel, **annat)


class Enhetsfaktaform(forms.Form):
    """Where an enhet lies and what it is."""

    fran = Dagfalt(label="Gäller från", help_text="En tidigare uppgift gäller till och med dagen före.")
    kommun = _text(
        "Kommun", "", hjalp="Lämna tomt när enheten ligger i den egna kommunen. Annars till exempel Lindviks kommun.",
        langst=60, kravs=False,
    )  # fmt: skip
    boendeform = _val("Boendeform", Boendeform, hjalp="Avgör vilka nivåer som passar enheten enligt bemanningsnyckeln.")

    def clean_kommun(self) -> str:
        return " ".join(self.cleaned_data["kommun"].split())


class Uppfoljningsform(forms.Form):
    """A follow-up with every krav of the list."""

    datum = Dagfalt(label="Dag", help_text="Den dag uppföljningen gjordes.")
    ansvarig = _text("Vem som följde upp", "Skriv vem som följde upp.", hjalp="Kommunens medarbetare, namn och titel.")
    metod = _val("Hur", Metod)
    sammanfattning = _stycke("Sammanfattning", hjalp="Får lämnas tomt.")

    def __init__(self, *args: Any, lista: Kravlista, enhet: Enhet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._krav = list(lista.krav.all())
        tidigare = Avtalsuppfoljning.objects.filter(enhet=enhet, lista__insats=lista.insats, ersatt_av=None)
        self.fields["ersatter"] = forms.ModelChoiceField(
            label="Ersätter en felaktig uppföljning",
            queryset=tidigare.order_by("-datum", "-pk"),
            required=False,
            empty_label="Nej, det är en ny uppföljning",
            help_text="Den tidigare finns kvar men räknas inte.",
            error_messages={"invalid_choice": "Uppföljningen är redan ersatt. Ladda om sidan."},
        )
        self.fields["ersatter"].label_from_instance = lambda ett: f"{ett.nyckel}, {ett.datum}"  # type: ignore[attr-defined]
        for krav in self._krav:
            namn = f"{krav.kod} {krav.rubrik}"
            self.fields[f"krav-{krav.pk}"] = _val("Bedömning", Uppfyllt, initial="")
            self.fields[f"krav-{krav.pk}"].error_messages["required"] = f"Bedöm kravet {namn}, eller välj ej granskat."
            self.fields[f"text-{krav.pk}"] = _stycke("Vad som sågs", rader=2)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for krav in self._krav:
            if data.get(f"krav-{krav.pk}") in {Uppfyllt.DELVIS, Uppfyllt.EJ} and not data.get(f"text-{krav.pk}"):
                self.add_error(f"text-{krav.pk}", f"Skriv vad som brister i {krav.kod} {krav.rubrik}.")
        return data

    @property
    def allmanna(self) -> Iterator[BoundField]:
        """The fields that are not of a krav."""
        return (falt for falt in self if not falt.name.startswith(("krav-", "text-")))

    @property
    def krav(self) -> Iterator[tuple[Krav, BoundField, BoundField]]:
        """Each krav, with its assessment and note."""
        return ((krav, self[f"krav-{krav.pk}"], self[f"text-{krav.pk}"]) for krav in self._krav)

    @property
    def bedomt(self) -> Mapping[int, Bedomt]:
        """What was filled in, by krav."""
        data = self.cleaned_data
        return {
            krav.pk: Bedomt(Uppfyllt(data[f"krav-{krav.pk}"]), data[f"text-{krav.pk}"].strip()) for krav in self._krav
        }


class Bristform(forms.Form):
    """Something to put right."""

    funnen = Dagfalt(label="Hittad")
    vad = _stycke("Brist", "Skriv vad som är fel.", hjalp="Vad som är fel, mot vilket krav.")
    krav = forms.ModelChoiceField(
        label="Krav", queryset=Krav.objects.none(), required=False, empty_label="Inget krav i listan",
        error_messages={"invalid_choice": "Välj ett av kraven i listan."},
    )  # fmt: skip
    uppfoljning = forms.ModelChoiceField(
        label="Uppföljning", queryset=Avtalsuppfoljning.objects.none(), required=False,
        empty_label="Ingen, den upptäcktes på annat sätt",
        error_messages={"invalid_choice": "Välj en av uppföljningarna i listan."},
    )  # fmt: skip
    atgard = _stycke("Åtgärd", "Skriv vad som ska göras.", hjalp="Vad utföraren ska göra, och hur det visas.")
    frist = Dagfalt(label="Åtgärdas senast")

    def __init__(self, *args: Any, enhet: Enhet, listor: list[Kravlista], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        falt: Any = self.fields
        falt["krav"].queryset = Krav.objects.filter(lista__in=listor).order_by("lista__insats", "ordning")
        falt["uppfoljning"].queryset = Avtalsuppfoljning.objects.filter(enhet=enhet).order_by("-datum", "-pk")
        falt["uppfoljning"].label_from_instance = lambda ett: f"{ett.nyckel}, {ett.datum}"


class Tillaggsform(forms.Form):
    """What is added to a brist."""

    slag = _val("Vad", Bristslag)
    datum = Dagfalt(label="Dag")
    text = anteckningsfalt("Vad som har hänt, och hur det har visats.")
    frist = Dagfalt(label="Ny frist", required=False, help_text="Bara när fristen ändras.")


class Underrattelseform(forms.Form):
    """A notice given or received."""

    riktning = _val("Riktning", Riktning)
    insats = forms.ChoiceField(
        label="Insats", choices=[(ett.value, stor_forsta(insats_i_ord(ett))) for ett in UNDERRATTAS]
    )
    enhet = forms.ModelChoiceField(
        label="Enhet", queryset=Enhet.objects.none(), required=False, empty_label="Ingen, vi har tagit emot den",
        help_text="När vi har lämnat underrättelsen. En enhet i privat regi.",
        error_messages={"invalid_choice": "Välj en av enheterna i listan."},
    )  # fmt: skip
    verkstallighet = _text(
        "Verkställighet", "", langst=40, kravs=False,
        hjalp="Id, när underrättelsen gäller en viss placering. Tomt: den gäller avtalet med enheten.",
    )  # fmt: skip
    kommun = _text("Den andra kommunen", "Skriv vilken kommun det gäller.", langst=60)
    avtalsdatum = Dagfalt(label="Avtalets dag")
    underrattad = Dagfalt(label="Underrättelsens dag")
    anteckning = _stycke("Anteckning", hjalp="Får lämnas tom. Till exempel diarienummer.", rader=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enheter = Enhet.objects.filter(utforare__regi=Regi.PRIVAT).select_related("utforare").order_by("namn", "pk")
        falt: Any = self.fields["enhet"]
        falt.queryset = enheter
        falt.label_from_instance = lambda ett: f"{ett.namn}, {ett.utforare.namn}"

    def clean_verkstallighet(self) -> Verkstallighet | None:
        nyckel = self.cleaned_data["verkstallighet"].strip()
        if not nyckel:
            return None
        verk = Verkstallighet.objects.select_related("beslut__person").filter(nyckel=nyckel).first()
        if verk is None:
            msg = "Det finns ingen verkställighet med det id:t."
            raise forms.ValidationError(msg)
        return verk


class Kravlisteform(forms.Form):
    """A new version of a kravlista."""

    insats = forms.ChoiceField(label="Insats", choices=[(kod, stor_forsta(insats_i_ord(kod))) for kod in Insats.values])
    fran = Dagfalt(label="Gäller från", help_text="Den version som gäller i dag gäller till och med dagen före.")
    kalla = _text(
        "Var kraven står", "Skriv var kraven står.", langst=200,
        hjalp="Till exempel förfrågningsunderlag LOV 2026 och uppdrag till egen regi. Kraven är desamma för alla.",
    )  # fmt: skip
    mal = Procentfalt(
        label="Mål för adekvat utbildning, procent",
        help_text="Hur stor andel av personalen som ska ha adekvat utbildning.",
        error_messages={"required": "Ange målet i procent."},
    )

    def clean_mal(self) -> Any:
        mal = self.cleaned_data["mal"]
        if mal is None or not 0 <= mal <= _HUNDRA:
            msg = "Målet är 0–100 procent."
            raise forms.ValidationError(msg)
        return mal / _HUNDRA


class Kravform(forms.Form):
    """A krav. Without kod the row is left out."""

    kod = forms.CharField(label="Kod", max_length=10, required=False, validators=[utan_personnummer])
    rubrik = forms.CharField(label="Krav", max_length=100, required=False, validators=[utan_personnummer])
    text = forms.CharField(
        label="Vad som krävs", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        validators=[utan_personnummer],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kod") and not data.get("rubrik"):
            self.add_error("rubrik", "Skriv vad kravet heter.")
        return data


Kravformset = formset_factory(Kravform, extra=_TOMMA, max_num=60)


def kravrader(rader: Any) -> list[Kravrad]:
    """What was filled in, rows without kod left out."""
    return [
        Kravrad(ett["kod"].strip(), ett["rubrik"].strip(), ett["text"].strip())
        for ett in rader.cleaned_data
        if ett.get("kod")
    ]


def fran_lista(lista: Kravlista | None, fran: date) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """The form's values from the version before, and those of its rows."""
    if lista is None:
        return {"fran": fran}, []
    forst = {"insats": lista.insats, "fran": fran, "kalla": lista.kalla}
    forst["mal"] = f"{(lista.utbildningsmal * _HUNDRA).normalize():f}".replace(".", ",")
    return forst, [{"kod": ett.kod, "rubrik": ett.rubrik, "text": ett.text} for ett in lista.krav.all()]
