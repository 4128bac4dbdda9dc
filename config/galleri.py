"""A page of every component in its variants, for those who build pages. Only in development."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import django_tables2 as tables
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from grund.attgora import Uppgift, Uppgiftsgrupp
from grund.tabeller import Kronorkolumn, Tabell, Talkolumn

KOMMENTAR = re.compile(r"\{% comment %\}\s*(.*?)\s*\{% endcomment %\}", re.DOTALL)
Kontext = Mapping[str, Any]


class Exempel(NamedTuple):
    """A component: its name, what its comment says of its parameters, and how it looks in each variant."""

    namn: str
    parametrar: str
    utseenden: list[str]


class Exempelformular(forms.Form):
    """Every kind of field."""

    text = forms.CharField(label="Benämning", help_text="Som den ska stå i prislistan.")
    pris = forms.DecimalField(label="Pris", help_text="Kronor per timme.", max_digits=9, decimal_places=2)
    fran = forms.DateField(label="Gäller från", widget=forms.DateInput(attrs={"type": "date"}))
    insats = forms.ChoiceField(
        label="Insats", choices=[("", "Alla insatser"), ("1", "Boendestöd"), ("2", "Ledsagning")]
    )
    avrundning = forms.ChoiceField(
        label="Avrundning",
        choices=[("1", "Varje besök för sig"), ("2", "Månadens summa")],
        widget=forms.RadioSelect,
        help_text="Hur minuter blir timmar.",
    )
    dagar = forms.MultipleChoiceField(
        label="Dagar", choices=[("1", "Vardagar"), ("2", "Helger")], widget=forms.CheckboxSelectMultiple, required=False
    )
    motivering = forms.CharField(label="Motivering", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    last = forms.BooleanField(label="Jag har kontrollerat priset mot avtalet")


class Exempeltabell(Tabell):
    """Sums, sorting and pages."""

    utforare = tables.Column("Utförare", footer="Summa")
    avtalsform = tables.Column("Avtalsform", orderable=False)
    personer = Talkolumn("Personer", footer=832)
    kronor = Kronorkolumn("Kronor", footer=Decimal("18400720.75"))
    skillnad = Kronorkolumn("Mot april")

    class Meta(Tabell.Meta):
        caption = "Ersättning per utförare maj 2026"
        kort = True
        huvud = "kronor"
        row_attrs: ClassVar = {"class": lambda record: "vald" if record["personer"] == 94 else None}


RADER = [
    {"utforare": "Ekstads kommun, bostad", "avtalsform": "Egen regi", "personer": 148, "kronor": Decimal(8_202_594)},
    {"utforare": "Solgläntan Omsorg AB", "avtalsform": "LOV", "personer": 94, "kronor": Decimal("2209989.5")},
    {"utforare": "Björkö Stöd och Boende AB", "avtalsform": "Ramavtal", "personer": 41, "kronor": Decimal(2_514_881)},
    {"utforare": "Stiftelsen Hantverkarna", "avtalsform": "LOV", "personer": 63, "skillnad": Decimal(-23_069)},
]

STEG = [
    {"namn": "Underlag", "lage": "brist", "text": "Inget från 2 utförare."},
    {"namn": "Beräkning", "lage": "klar", "text": "Klar 3 juni kl. 07.14 på 41 sekunder."},
    {"namn": "Granskning", "lage": "nu", "text": "11 av 17 avvikelser bedömda.", "klara": 11, "alla": 17}
    | {"etikett": "Bedömda avvikelser"},
    {"namn": "Fastställd", "lage": "kommande", "text": "Av någon annan än den som räknat eller granskat."},
]

INGRESS = "Dagar kvar till tre månader från beslutsdagen."
UPPGIFTER = [
    Uppgift(
        *(
            "8 dagar över",
            "Mikael Rönn",
            "#innehall",
            "Bostad med särskild service",
            "Två erbjudanden, båda tackat nej",
        ),
        *("Skriv orsak", "#innehall", "26 maj", "LSS-2025-0941, f. 1991", "LSS 9 § 9, bifall 26 februari"),
        sen=True,
        andel=100,
    ),
    Uppgift(
        *("62 dagar kvar", "Linnea Forsberg", "#innehall", "Korttidsvistelse, 4 dygn per månad", "Inget erbjudande än"),
        *("Beställ", "#innehall", "4 augusti", "LSS-2026-0204, f. 2012", "LSS 9 § 6, delvis bifall 4 maj"),
        andel=32,
    ),
]


def _remsans_dagar() -> Iterator[dict[str, Any]]:
    for nummer in range(1, 32):
        veckodag = date(2026, 5, nummer).weekday()
        klass, tecken = ("full", "100") if nummer < 7 else ("fran", "100") if nummer < 21 else ("har", "50")
        klass, tecken = ("", "–") if nummer > 29 else (klass, tecken)
        text = {"full": "procent, närvaro", "": "ingen ersättning"}.get(klass, "procent, frånvaro")
        yield {"veckodag": "mtotfls"[veckodag], "nummer": nummer, "klass": klass, "helg": veckodag > 4} | {
            "tecken": tecken,
            "text": text,
        }


def _komponenter() -> dict[str, list[Kontext]]:
    """Each component's contexts."""
    lank = {"lank": "#innehall", "lanktext": "Visa dem"}
    return {
        "meddelande": [
            {"slag": "info", "text": "Du har räknat den här månaden. Därför fastställs den av någon annan."},
            {"slag": "varning", "text": "Sex avvikelser är inte bedömda.", **lank},
            {"slag": "fel", "text": "Månaden gick inte att beräkna."},
            {"slag": "klart", "text": "Månaden är fastställd."},
        ],
        "flode": [{"steg": STEG}],
        "arbetslista": [
            {"grupp": Uppgiftsgrupp("ej", "Beslut som inte är verkställda", "Ej verkställda", INGRESS, UPPGIFTER, 2)}
        ],
        "framsteg": [{"klara": 412_000, "alla": 1_000_000, "etikett": "Beräknade personer"}],
        "nyckeltal": [
            {
                "tal": [
                    {"namn": "Summa maj", "varde": "18 400 721 kr", "not_": "18 400 720,75 kr exakt"},
                    {"namn": "Mot april", "varde": "+161 274 kr", "not_": "+0,9 %"},
                    {"namn": "Arbetsbonus", "varde": "30 000 kr", "not_": ""},
                ]
            }
        ],
        "ekvation": [
            {
                "led": [
                    {"varde": "9", "namn": "dygn"},
                    {"varde": "1 962,00 kr", "namn": "pris per dygn, nivå 3"},
                    {"varde": "50 %", "namn": "frånvarodag 15–30"},
                    {"varde": "8 829,00 kr", "namn": "ersättning"},
                ]
            },
            {
                "led": [
                    {"varde": "8 829,00 kr", "namn": "så som det borde ha varit"},
                    {"varde": "9 810,00 kr", "namn": "redan betalt", "tecken": "−"},
                    {"varde": "−981,00 kr", "namn": "rättelse"},
                ]
            },
        ],
        "remsa": [{"dagar": list(_remsans_dagar()), "borja": 5}],
        "kedja": [
            {
                "lankar": [
                    {"vad": "Beslut", "text": "Bifall 12 februari 2019", "adress": "#innehall"}
                    | {"forklaring": "Täcker alla dagar på raden.", "regel": "Regel R1", "regeladress": "#innehall"},
                    {"vad": "Avtal", "text": "Ramavtal bostad 2023–2027", "adress": ""}
                    | {"forklaring": "Modell dygn.", "regel": "Regel R2", "regeladress": ""},
                ]
            }
        ],
        "fakta": [{"par": [("Avtalsform", "Ramavtal"), ("Prislista", "Bostad ramavtal", "#innehall")]}],
        "handelser": [{"handelser": [{"nar": "3 juni 07.14", "text": "Beräknad, försök 2"}] * 2}],
        "tomt": [{"rubrik": "Inga körningar än", "text": "Den första startas när datapaketet är inläst."} | lank],
    }


def _exempel() -> Iterator[Exempel]:
    for namn, kontexter in _komponenter().items():
        mall = f"komponenter/{namn}.html"
        yield Exempel(namn, _parametrar(mall), [render_to_string(mall, dict(kontext)) for kontext in kontexter])


def _parametrar(mall: str) -> str:
    """What the template's own comment says."""
    traff = KOMMENTAR.search((Path(settings.BASE_DIR) / "templates" / mall).read_text(encoding="utf-8"))
    return traff[1] if traff else ""


def galleri(request: HttpRequest) -> HttpResponse:
    """Every component. The form is filled in wrongly, the tables have rows, and none."""
    tabell = Exempeltabell([{"skillnad": Decimal(0), "kronor": None, **rad} for rad in RADER])
    tables.RequestConfig(request, paginate={"per_page": 3}).configure(tabell)
    kontext = {
        "exempel": list(_exempel()),
        "formular": Exempelformular({"pris": "1.005", "dagar": ["1"]}),
        "tabell": tabell,
        "tom_tabell": Exempeltabell([], prefix="tom-", caption="Ersättning per utförare juni 2026"),
        "tabellens_parametrar": _parametrar("komponenter/tabell.html"),
    }
    return render(request, "galleri.html", kontext)
