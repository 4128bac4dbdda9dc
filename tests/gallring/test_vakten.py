"""Nothing new is taken in of a person who is gallrad: the import says it, and the database refuses it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from beslut.models import Arende, Beslut, Nivabedomning, Person
from grund.datapaket.actions import las_in
from grund.datapaket.fel import PaketFel
from grund.fel import svenska
from grund.models import Anvandare
from tests.gallring.varld import ALVA, BROR, IDAG, NU
from uppfoljning.gallring import atgarder
from utforare.models import Besok, Narvaro, Verkstallighet

pytestmark = pytest.mark.django_db
NEJ = "Personen är gallrad."
HUVUD = {
    "personer": "person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden\n",
    "beslut": "beslut_id;person_id;insats;lagrum;utfall;beslutsdatum;fran;till;omfattning;omfattning_enhet\n",
    "verkstalligheter": "verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;fran;till;slutorsak\n",
    "nivabedomningar": "nivabedomning_id;person_id;insats;niva;fran;status;bedomd_av;godkand_av;godkand\n",
    "narvaro": "verkstallighet_id;datum;kod;omfattning;minuter;orsak\n",
    "besok": "besok_id;verkstallighet_id;utford_start;utford_slut\n",
}
ALVAS = "P-ALVA;199002029818;Alvahild;Ekdahlquist;1;nej;\n"


@pytest.fixture
def gallrad(alva: Person) -> Person:
    nora, gustav = (Anvandare.objects.get(username=namn) for namn in ("nora", "gustav"))
    lista = atgarder.foresla(av=nora, idag=IDAG, nu=NU)
    atgarder.besluta(lista=lista, avtryck=lista.avtryck, av=gustav, nu=NU)
    atgarder.genomfor(lista_id=lista.pk, idag=IDAG, nu=NU)
    alva.refresh_from_db()
    assert alva.gallrad == IDAG
    return alva


@pytest.mark.usefixtures("gallrad")
@pytest.mark.parametrize(
    "paket",
    [
        {
            "personer": ALVAS,
            "beslut": "B10-ALVA;P-ALVA;LSS-10;LSS;bifall;2019-01-01;2019-01-01;2020-01-31;;\n",
        },
        {"verkstalligheter": "V-NY;B10-ALVA;E;2019-01-01;heltid;2019-01-01;2020-01-31;beslut_upphor\n"},
        {"verkstalligheter": "V10-ALVA;B10-ALVA;E;2019-01-02;heltid;2019-01-01;2020-01-31;beslut_upphor\n"},
        {"personer": ALVAS, "nivabedomningar": "N-ALVA;P-ALVA;LSS-10;2;2019-01-01;godkand;Karin;Gunnel;2019-01-02\n"},
        {"narvaro": "V10-ALVA;2019-12-05;N;;;\n"},
        {"besok": "BS-NY;V3-ALVA;2019-12-05T09:00;2019-12-05T10:00\n"},
    ],
    ids=["beslut", "ny verkställighet", "ändrad verkställighet", "nivå", "närvaro", "besök"],
)
def test_an_import_of_something_new_is_refused_in_plain_words(paket: dict[str, str], tmp_path: Path) -> None:
    antal = [modell.objects.count() for modell in (Person, Beslut, Verkstallighet, Narvaro, Besok, Nivabedomning)]
    for namn, rader in paket.items():
        (tmp_path / f"{namn}.csv").write_text(HUVUD[namn] + rader, encoding="utf-8")
    with pytest.raises(PaketFel) as nej:
        las_in(tmp_path, av=None)
    assert all(fel.text.startswith(NEJ) for fel in nej.value.fel)
    assert antal == [
        modell.objects.count() for modell in (Person, Beslut, Verkstallighet, Narvaro, Besok, Nivabedomning)
    ]


def test_the_database_refuses_it_too_whoever_asks(gallrad: Person) -> None:
    beslut, verk = Beslut.objects.get(nyckel="B10-ALVA"), Verkstallighet.objects.get(nyckel="V10-ALVA")
    besok, maria = (
        Besok.objects.filter(verkstallighet__nyckel="V3-ALVA").first(),
        Anvandare.objects.get(username="maria"),
    )
    assert besok
    narvaro = Narvaro(verkstallighet_id=verk.pk, datum=date(2019, 12, 6), kod="N")

    def kopia(rad: Any, **nytt: Any) -> None:
        rad.pk = None
        for falt, varde in nytt.items():
            setattr(rad, falt, varde)
        rad.save()

    for forsok in (
        lambda: kopia(beslut, nyckel="B-NY"),
        lambda: kopia(verk, nyckel="V-NY"),
        lambda: kopia(besok, nyckel="BS-NY"),
        lambda: Narvaro.objects.bulk_create([narvaro]),
        lambda: Arende.objects.create(
            nummer="L-9",
            person=gallrad,
            handlaggare=maria,
            slag="ansokan",
            insats="LSS-10",
            inkom=IDAG,
            oppnat=NU,
            sokande="sjalv",
        ),
        lambda: Beslut.objects.filter(nyckel="B10-ALVA").update(omfattning=None, utfall="bifall"),
        lambda: Verkstallighet.objects.filter(nyckel="V10-ALVA").update(bestalld=IDAG),
    ):
        with pytest.raises(DatabaseError) as nej, transaction.atomic():
            forsok()
        assert svenska(nej.value).startswith(NEJ)


def test_others_are_taken_in_as_before(gallrad: Person) -> None:
    ny = Person.objects.create(nyckel="P-NY", personnummer="199003039824")
    Beslut.objects.create(nyckel="B-NY", person=ny, insats="LSS-10", lagrum="LSS", utfall="avslag", beslutsdatum=IDAG)
    assert gallrad.gallrad
    assert not Person.objects.filter(nyckel=BROR[0]).exists()
    assert ALVA[0] != ny.nyckel
