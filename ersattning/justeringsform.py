"""What is filled in about justeringar, and what the list is narrowed by."""

from datetime import date
from typing import Any

import django_filters
from django import forms

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from ersattning.formfalt import Beloppsfalt
from ersattning.intyg import STORST, Intyg, granska
from ersattning.justeringar import Uppgifter
from ersattning.models import Justering
from ersattning.regler import Justeringslage, Justeringsslag
from grund.personnummer import utan_personnummer
from grund.sortering import pa_svenska
from grund.text import manad_i_ord, stor_forsta
from grund.tid import Manad
from utforare.models import Avtal, Enhet, Utforare, Verkstallighet

BAKAT, FRAMAT = 24, 1  # months before and after today's that a justering may concern


def _motivfalt() -> forms.CharField:
    return forms.CharField(
        label="Motivering",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[utan_personnummer],
        help_text="Varför, och enligt vad. Utföraren läser den. Skriv inga namn på brukare och inga personnummer.",
        error_messages={"required": "Skriv varför justeringen görs."},
    )


class _Bilagefalt(forms.FileField):
    """A PDF or a picture, known by what it holds. Empty gives None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})
        fel = {"required": "Lägg till en bilaga.", "empty": "Filen är tom."}
        super().__init__(label="Bilaga", widget=widget, error_messages=fel, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        fil: Any = super().clean(data, initial)
        if not fil:
            return None
        if fil.size > STORST:
            msg = "Filen är större än 10 MB."
            raise forms.ValidationError(msg)
        try:
            return granska(fil.read())
        except ValueError as fel:
            raise forms.ValidationError(str(fel)) from None


class _Utforarval(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.namn)


class _Enhetsval(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.utforare.namn}: {obj.namn}"


class Justeringsform(forms.Form):
    """A justering to propose."""

    utforare = _Utforarval(
        label="Utförare",
        queryset=Utforare.objects.none(),
        empty_label="Välj utförare",
        error_messages={"required": "Välj vilken utförare justeringen gäller."},
    )
    insats = forms.ChoiceField(
        label="Insats",
        choices=[("", "Välj insats"), *((kod, insats_i_ord(kod)) for kod in Insats.values)],
        help_text="Beloppet bokförs på insatsen. Gäller det flera: gör en justering för varje.",
        error_messages={"required": "Välj vilken insats beloppet bokförs på."},
    )
    slag = forms.ChoiceField(
        label="Slag",
        choices=[("", "Välj slag"), *((kod, stor_forsta(str(namn))) for kod, namn in Justeringsslag.choices)],
        help_text="Tillägg och engångsersättning betalas till utföraren. Avdrag och vite dras av.",
        error_messages={"required": "Välj vad för slags justering det är."},
    )
    belopp = Beloppsfalt(
        label="Belopp, kr",
        help_text="Utan tecken: slaget säger om det läggs till eller dras av.",
        error_messages={"required": "Skriv beloppet i kronor."},
    )
    manad = forms.TypedChoiceField(
        label="Månad som justeringen avser",
        coerce=Manad.las,
        help_text="Är månaden fastställd betalas justeringen med den första som inte är det.",
        error_messages={"required": "Välj en månad.", "invalid_choice": "Välj en av månaderna i listan."},
    )
    enhet = _Enhetsval(
        label="Enhet",
        queryset=Enhet.objects.none(),
        required=False,
        empty_label="Hela utföraren",
        help_text="Bara om justeringen gäller en viss enhet.",
    )
    verkstallighet = forms.CharField(
        label="Verkställighet",
        required=False,
        max_length=40,
        help_text="Nyckeln, som V12, bara om justeringen gäller en viss person.",
    )
    avtal = forms.CharField(
        label="Avtal", required=False, max_length=40, help_text="Avtalets nyckel, om justeringen vilar på ett avtal."
    )
    motiv = _motivfalt()
    bilaga = _Bilagefalt(
        help_text="Det som visar vad som är bestämt: en PDF-, PNG- eller JPG-fil på högst 10 MB. Ingen annan än"
        " kommunen ser den."
    )

    def __init__(self, *args: Any, idag: date, utan_bilaga: bool = False, **kwargs: Any) -> None:
        """`utan_bilaga`: only to see what it would do."""
        super().__init__(*args, **kwargs)
        nu = Manad.av(idag)
        manader = reversed(list(nu.plus(-BAKAT).till_och_med(nu.plus(FRAMAT))))
        falt: Any = self.fields
        falt["manad"].choices = [
            ("", "Välj månad"),
            *((str(ett), stor_forsta(manad_i_ord(ett))) for ett in manader),
        ]
        falt["utforare"].queryset = Utforare.objects.order_by(*pa_svenska("namn"), "pk")
        enheter = Enhet.objects.select_related("utforare")
        falt["enhet"].queryset = enheter.order_by(*pa_svenska("utforare__namn", "namn"), "pk")
        if utan_bilaga:
            falt["bilaga"].required = False

    def clean_belopp(self) -> Any:
        belopp = self.cleaned_data["belopp"]
        if belopp is not None and not 0 < belopp < 10**10:
            msg = "Beloppet ska vara större än noll och mindre än tio miljarder."
            raise forms.ValidationError(msg)
        return belopp

    def clean_verkstallighet(self) -> Verkstallighet | None:
        """The verkställighet of that key."""
        nyckel = self.cleaned_data["verkstallighet"]
        if not nyckel:
            return None
        hittad = Verkstallighet.objects.filter(nyckel=nyckel).select_related("beslut__person", "enhet").first()
        if hittad is None:
            msg = f"Det finns ingen verkställighet som heter {nyckel}."
            raise forms.ValidationError(msg)
        return hittad

    def clean_avtal(self) -> Avtal | None:
        """The avtal of that key."""
        nyckel = self.cleaned_data["avtal"]
        if not nyckel:
            return None
        hittat = Avtal.objects.filter(nyckel=nyckel).first()
        if hittat is None:
            msg = f"Det finns inget avtal som heter {nyckel}."
            raise forms.ValidationError(msg)
        return hittat

    @property
    def uppgifter(self) -> Uppgifter:
        """What is filled in, when all is in order."""
        data = self.cleaned_data
        namn = ("utforare", "insats", "belopp", "manad", "motiv", "enhet", "verkstallighet", "avtal")
        return Uppgifter(slag=Justeringsslag(data["slag"]), **{ett: data[ett] for ett in namn})

    @property
    def bilagan(self) -> Intyg:
        """The attachment."""
        bilaga: Intyg = self.cleaned_data["bilaga"]
        return bilaga


def ifylld(justering: Justering) -> dict[str, Any]:
    """The form's content for a new one like it."""
    falt = ("utforare", "insats", "slag", "enhet", "motiv")
    return {namn: getattr(justering, namn) for namn in falt} | {
        "belopp": f"{abs(justering.belopp)}".replace(".", ","),
        "manad": str(justering.avser),
        "verkstallighet": justering.verkstallighet_nyckel,
        "avtal": justering.avtal_nyckel,
    }


class Tillbakaform(forms.Form):
    """Why a justering is to be undone."""

    motiv = _motivfalt()
    bilaga = _Bilagefalt(required=False, help_text="Behövs inte: den första justeringens bilaga finns kvar.")


class Svarsform(forms.Form):
    """Why a justering is refused."""

    svar = forms.CharField(
        label="Varför den nekas",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[utan_personnummer],
        help_text="Den som har föreslagit justeringen läser det. Skriv inga namn på brukare.",
        error_messages={"required": "Skriv varför justeringen nekas."},
    )


class _Utforarfilter(django_filters.ModelChoiceFilter):
    field_class = _Utforarval  # type: ignore[assignment]  # its stubs name the class without its argument


class Justeringsfilter(django_filters.FilterSet):
    """Justeringar."""

    status = django_filters.ChoiceFilter(
        label="Läge",
        choices=[(kod, stor_forsta(str(namn))) for kod, namn in Justeringslage.choices],
        empty_label="Alla",
    )
    utforare = _Utforarfilter(label="Utförare", queryset=Utforare.objects.none(), empty_label="Alla")
    slag = django_filters.ChoiceFilter(
        label="Slag",
        choices=[(kod, stor_forsta(str(namn))) for kod, namn in Justeringsslag.choices],
        empty_label="Alla",
    )

    class Meta:
        model = Justering
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        har = Utforare.objects.filter(pk__in=Justering.objects.values("utforare")).order_by(*pa_svenska("namn"))
        self.filters["utforare"].extra["queryset"] = har
