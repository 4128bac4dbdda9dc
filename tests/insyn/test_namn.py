"""What a thing is named by hand is repeated by events, lists and files: it may be no personnummer."""

import pytest
from django import forms
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string

from grund.models import Anvandare
from grund.regler import hinder_for_namn

NUMMER = "19900202-9818"
FALT = [
    ("beslut.forms.instrument.Instrumentform", "namn"),
    ("ersattning.prisformular.Prislistaform", "namn"),
    ("ersattning.prognos.forms.Budgetform", "kalla"),
    ("ersattning.simulering.forms.Fragaform", "namn"),
    ("ersattning.simulering.variantform.Variantform", "namn"),
    ("grund.forms.Skyddadeform", "skal"),
    ("uppfoljning.dokument.forms.Huvudform", "diarienummer"),
    ("uppfoljning.dokument.mallforms.Mallform", "namn"),
    ("uppfoljning.forms.Utlatandeform", "diarienummer"),
    ("uppfoljning.leveranser.forms.Bekraftaform", "mot"),
    ("uppfoljning.leveranser.forms.Lamnadform", "kvittens"),
    ("uppfoljning.leveranser.forms.Layoutform", "kalla"),
    ("uppfoljning.uppgifter.forms.Uppgiftsform", "kalla"),
    ("utforare.forms.register.Enhetsform", "namn"),
    ("utforare.forms.register.Utforarform", "namn"),
]


@pytest.mark.parametrize(("formular", "falt"), FALT)
def test_a_thing_is_not_named_by_a_personnummer(formular: str, falt: str) -> None:
    ett = import_string(formular).base_fields[falt]
    with pytest.raises(forms.ValidationError, match="Texten har ett personnummer"):
        ett.clean(f"Till {NUMMER}, 2026")
    assert ett.clean("Daglig verksamhet, LOV 2026-01-01") == "Daglig verksamhet, LOV 2026-01-01"


def test_nobody_signs_in_as_a_personnummer() -> None:
    assert hinder_for_namn("199002029818") == [
        "Ett användarnamn får inte vara ett personnummer: det står i händelserna och i adresser."
    ]
    assert hinder_for_namn("maria.lund2") == []


@pytest.mark.django_db
def test_nor_is_a_restore_explained_by_one() -> None:
    Anvandare.objects.create(username="sven")
    with pytest.raises(CommandError, match="Skälet har ett personnummer"):
        call_command("kontrollera_logg", "--aterstalld", f"Fel på {NUMMER}", "--av", "sven")
