"""What a variant changes: each term with what it does, in the words of the rules (docs/ersattning.md)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms

from ersattning.formfalt import Beloppsfalt, Dagfalt, Procentfalt
from ersattning.models import Simuleringsvariant
from ersattning.regler import Prisenhet
from ersattning.simulering.actions import Variantval
from ersattning.simulering.ord import MODELLORD
from grund.personnummer import ser_ut_som_personnummer, utan_personnummer
from grund.sortering import pa_svenska
from grund.text import stor_forsta
from utforare.models import Prislista
from utforare.regler import Slutorsak
from utforare.trappor import las_trappa

NOLL, HUNDRA = Decimal(0), Decimal(100)
_AV = {"ingen", "inga", "inget", "nej", "av"}


class _Listfalt(forms.ModelChoiceField):  # type: ignore[type-arg]  # not at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.namn)


class Villkorsfalt(forms.CharField):
    """A term: empty = as the avtal has it, "ingen" = the rule is off, else a value in its stored spelling."""

    def __init__(
        self, las: Callable[[str], str], *, hjalp: str, visa: Callable[[str], str] = str, **kwargs: Any
    ) -> None:
        self.las, self.visa = las, visa
        super().__init__(required=False, max_length=200, help_text=hjalp, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return ""
        if text.casefold() in _AV:
            return None
        try:
            return self.las(text)
        except ValueError as fel:
            raise forms.ValidationError(str(fel)) from fel


def _tal(text: str, *, heltal: bool = False, minst: int = 0) -> Decimal:
    rent = text.replace("%", "").replace(",", ".").strip()
    hel, _, brak = rent.partition(".")
    if not (hel.isdecimal() and hel.isascii() and len(hel) < 5 and (brak or "0").isdecimal() and len(brak) < 5):
        raise ValueError("Skriv ett tal, som 2,5, eller ingen.")
    tal = Decimal(rent)
    if heltal and tal != int(tal):
        raise ValueError("Skriv ett heltal.")
    if tal < minst:
        raise ValueError(f"Talet ska vara minst {minst}.")
    return tal


def las_andel(text: str) -> str:
    """Per cent as a share: `30` → `0.3`."""
    return format((_tal(text) / HUNDRA).normalize(), "f")


def visa_andel(andel: str) -> str:
    """`0.3` → `30`."""
    return format((Decimal(andel) * HUNDRA).normalize(), "f").replace(".", ",")


def las_nivaer(text: str) -> str:
    """`3>4, 4>5`: each level with what it becomes."""
    par = []
    for del_ in text.replace("→", ">").replace(" till ", ">").split(","):
        fran, _, till = (bit.strip() for bit in del_.partition(">"))
        if not fran or not till or ">" in till or len(fran) > 40 or len(till) > 40:
            raise ValueError("Skriv som 3>4, eller 3>4, 4>5 för flera nivåer.")
        if fran == till:
            raise ValueError(f"Nivån {fran} blir vad den är. Skriv en annan nivå efter pilen.")
        if ser_ut_som_personnummer(del_):
            raise ValueError("Texten har ett personnummer. Ta bort det.")
        par.append((fran, till))
    if len({fran for fran, _ in par}) < len(par):
        raise ValueError("Samma nivå står två gånger.")
    return ",".join(f"{fran}>{till}" for fran, till in par)


def _las_dagar(text: str) -> str:
    return str(int(_tal(text, heltal=True)))


def _las_minuter(text: str) -> str:
    return str(int(_tal(text, heltal=True, minst=1)))


def _las_timmar(text: str) -> str:
    return format(_tal(text), "f")


class Del(NamedTuple):
    """A part of the form, and whether anything in it is filled in or wrong."""

    rubrik: str
    ingress: str
    falt: list[forms.BoundField]
    oppen: bool


_DELAR = (
    ("Vad som betalas", "", ("modell", "pris", "pris_enhet", "pris_niva")),
    ("Prislista", "", ("prislista", "prisdag", "upprakning")),
    (
        "Bomtid och tak",
        "Gäller utförd tid.",
        ("bomtid_varsel_timmar", "bomtid_andel", "bomtid_tak_andel", "tak_andel_av_bestallt", "avrundning_minuter"),
    ),
    ("Frånvaro och avslut", "Gäller dygn, närvaro och månad.", ("franvaro", "avslut_dagar")),
    (
        "Antaganden där historik saknas",
        "Ersätter de registrerade besöken, månad för månad, för dem som har beställd tid.",
        ("antagen_bomtid", "antagen_utford"),
    ),
    ("Nivåer", "", ("nivaer",)),
    ("Bonus för utfasat stöd", "", ("utfasning", "utfasning_orsaker")),
)
_SOM_AVTALET = "Tomt = som i avtalen. Skriv ingen för att ta bort regeln."


class Variantform(forms.Form):
    """What a variant changes. Empty = as the avtal are."""

    namn = forms.CharField(
        label="Variantens namn",
        max_length=60,
        validators=[utan_personnummer],
        error_messages={"required": "Ge varianten ett namn."},
    )
    modell = forms.ChoiceField(
        label="Betala efter",
        required=False,
        choices=[("", "Som i avtalen"), *((str(kod), stor_forsta(text)) for kod, text in MODELLORD.items())],
        help_text="Utförd tid är besökens minuter, beställd tid det som är beställt, månad ett fast belopp per person.",
    )
    pris = Beloppsfalt(
        label="Ett pris i stället för prislistans, kr",
        required=False,
        help_text="Behövs när modellen betalar per något som prislistan saknar, som kapitering per månad.",
    )
    pris_enhet = forms.ChoiceField(
        label="Priset är per",
        required=False,
        choices=[("", "Välj"), *((str(kod), str(namn)) for kod, namn in Prisenhet.choices)],
    )
    pris_niva = forms.CharField(
        label="Bara för nivån",
        required=False,
        max_length=40,
        validators=[utan_personnummer],
        help_text="Tomt = samma pris för alla nivåer.",
    )
    prislista = _Listfalt(
        label="En annan prislista",
        required=False,
        queryset=Prislista.objects.order_by(*pa_svenska("namn"), "nyckel"),
        empty_label="Som i avtalen",
    )
    prisdag = Dagfalt(
        label="Räkna med priserna som gäller den dagen",
        required=False,
        help_text="För priser som bara är planerade. Tomt = de priser som gällde varje dag.",
    )
    upprakning = Procentfalt(
        label="Räkna upp priserna med, procent",
        required=False,
        minst=-HUNDRA,
        help_text="2,5 höjer alla priser med två och en halv procent, vart och ett avrundat till öre.",
    )
    bomtid_varsel_timmar = Villkorsfalt(
        _las_timmar,
        label="Sent återbud: timmar före besöket",
        hjalp=f"Återbud senare än så är bomtid, liksom när ingen avbokar (R22). {_SOM_AVTALET}",
    )
    bomtid_andel = Villkorsfalt(
        las_andel, visa=visa_andel, label="Bomtid betalas med, procent av priset", hjalp=f"(R22) {_SOM_AVTALET}"
    )
    bomtid_tak_andel = Villkorsfalt(
        las_andel, visa=visa_andel, label="Tak för bomtid, procent av beställd tid", hjalp=f"(R22) {_SOM_AVTALET}"
    )
    tak_andel_av_bestallt = Villkorsfalt(
        las_andel, visa=visa_andel, label="Tak för utförd tid, procent av beställd tid", hjalp=f"(R21) {_SOM_AVTALET}"
    )
    avrundning_minuter = Villkorsfalt(
        _las_minuter,
        label="Avrundning av besök, minuter",
        hjalp=f"Till närmaste så många minuter (R20). {_SOM_AVTALET}",
    )
    franvaro = Villkorsfalt(
        las_trappa,
        label="Frånvarotrappa",
        hjalp=f"1-14:100,15-30:50 betyder dag 1–14 hela priset, dag 15–30 halva (R10, R11). {_SOM_AVTALET}",
    )
    avslut_dagar = Villkorsfalt(_las_dagar, label="Dagar som betalas efter avslut", hjalp=f"(R30) {_SOM_AVTALET}")
    antagen_bomtid = Procentfalt(
        label="Bomtid, procent av beställd tid",
        required=False,
        minst=NOLL,
        help_text=(
            "I stället för de registrerade återbuden. Läggs som besök på vardagar från klockan tio, som brukaren inte"
            " har avbokat. Kräver att bomtid betalas."
        ),
    )
    antagen_utford = Procentfalt(
        label="Utförd tid, procent av beställd tid",
        required=False,
        minst=NOLL,
        help_text="I stället för de utförda besöken. Till exempel för en utförare som i dag inte registrerar besök.",
    )
    nivaer = Villkorsfalt(
        las_nivaer,
        label="Flytta nivåer",
        hjalp="3>4 betyder att alla på nivå 3 blir nivå 4. Flera skrivs med komma: 3>4, 4>5. Tomt = som de är.",
    )
    utfasning = Beloppsfalt(
        label="Bonus när stödet slutar, kr",
        required=False,
        help_text=(
            "Ett engångsbelopp till utföraren när en verkställighet slutar av någon av orsakerna och ingen annan tar"
            " vid. Finns inte i avtalen i dag: ett antagande."
        ),
    )
    utfasning_orsaker = forms.MultipleChoiceField(
        label="Slutorsaker som ger bonusen",
        required=False,
        choices=[(str(kod), stor_forsta(str(namn))) for kod, namn in Slutorsak.choices],
        widget=forms.CheckboxSelectMultiple,
    )
    individavtal = forms.BooleanField(
        label="Ändra också individavtalen",
        required=False,
        help_text="Annars är de som de är: de är överenskomna för en person i taget.",
    )

    def __init__(self, *args: Any, insats: str, **kwargs: Any) -> None:
        self.insats = insats
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("modell") and not self.insats:
            self.add_error("modell", "Simuleringen gäller alla insatser. Välj en insats för att byta modell.")
        if data.get("pris") is not None and not data.get("pris_enhet"):
            self.add_error("pris_enhet", "Välj vad priset är för.")
        if data.get("pris") is None and "pris" not in self.errors and (data.get("pris_enhet") or data.get("pris_niva")):
            self.add_error("pris", "Skriv priset.")
        if data.get("antagen_bomtid") and None in {data.get("bomtid_andel"), data.get("bomtid_varsel_timmar")}:
            self.add_error("antagen_bomtid", "Bomtiden betalas inte i varianten. Skriv andel och timmar ovanför.")
        self._granska_utfasning(data)
        if not self.errors and not self.val():
            self.add_error(None, "Varianten ändrar ingenting. Fyll i minst en ruta.")
        return data

    def _granska_utfasning(self, data: dict[str, Any]) -> None:
        """The bonus and its reasons go together."""
        belopp, orsaker = data.get("utfasning"), data.get("utfasning_orsaker")
        if belopp and not orsaker:
            self.add_error("utfasning_orsaker", "Markera minst en slutorsak.")
        if orsaker and not belopp and "utfasning" not in self.errors:
            self.add_error("utfasning", "Skriv bonusens belopp, mer än 0 kr.")

    @property
    def delar(self) -> list[Del]:
        """The fields by what they are about. Only those with something in them stand open."""
        svar = []
        for plats, (rubrik, ingress, namn) in enumerate(_DELAR):
            falt = [self[ett] for ett in namn]
            oppen = not plats or any(ett.errors or ett.value() for ett in falt)
            svar.append(Del(rubrik, ingress, falt, oppen))
        return svar

    def val(self) -> dict[str, Any]:
        """What is changed, as it is stored (ersattning.simulering.val)."""
        data, svar = self.cleaned_data, dict[str, Any]()
        for namn, falt in self.fields.items():
            if isinstance(falt, Villkorsfalt) and namn != "nivaer" and data.get(namn) != "":
                svar[namn] = data.get(namn)
        if data.get("nivaer"):
            svar["nivaer"] = dict(par.split(">") for par in data["nivaer"].split(","))
        svar |= {namn: data[namn] for namn in ("modell", "utfasning_orsaker") if data.get(namn)}
        svar |= {namn: str(data[namn]) for namn in ("prisdag", "upprakning", "utfasning") if data.get(namn)}
        for namn in ("antagen_bomtid", "antagen_utford"):
            if data.get(namn) is not None:
                svar[namn] = format((data[namn] / HUNDRA).normalize(), "f")
        if data.get("prislista"):
            svar["prislista"] = data["prislista"].pk
        if data.get("pris") is not None:
            svar["priser"] = [{"enhet": data["pris_enhet"], "niva": data["pris_niva"], "belopp": str(data["pris"])}]
        if data.get("individavtal") and svar:
            svar["individavtal"] = True
        return svar

    def variant(self) -> Variantval:
        """The variant, when it is in order."""
        return Variantval(self.cleaned_data["namn"], self.val())


def variantens_initial(variant: Simuleringsvariant) -> dict[str, Any]:
    """The form filled in with what the variant changes."""
    val: dict[str, Any] = variant.val
    svar: dict[str, Any] = {"namn": variant.namn}
    for namn, falt in Variantform.base_fields.items():
        if namn in val and isinstance(falt, Villkorsfalt) and namn != "nivaer":
            svar[namn] = "ingen" if val[namn] is None else falt.visa(val[namn])
    svar |= {namn: val[namn] for namn in ("modell", "prislista", "prisdag", "individavtal") if namn in val}
    svar |= {namn: str(val[namn]).replace(".", ",") for namn in ("upprakning", "utfasning") if namn in val}
    svar |= {namn: visa_andel(val[namn]) for namn in ("antagen_bomtid", "antagen_utford") if namn in val}
    svar["utfasning_orsaker"] = val.get("utfasning_orsaker", [])
    svar["nivaer"] = ", ".join(f"{fran}>{till}" for fran, till in val.get("nivaer", {}).items())
    for ett in val.get("priser", ())[:1]:
        svar |= {"pris": ett["belopp"].replace(".", ","), "pris_enhet": ett["enhet"], "pris_niva": ett["niva"]}
    return svar
