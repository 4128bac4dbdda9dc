"""From the database to the document: the same sums as the files, few queries, the page and the command."""

import csv
import unicodedata
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from ersattning.filer import manadsbok
from ersattning.models import Ersattningsrad, Korning
from ersattning.queries import totalbelopp
from ersattning.regler import Status
from grund.behorighet import Roll
from grund.models import Anvandare
from grund.tid import Manad
from tests.filer import fabrik
from uppfoljning.tjansteutlatande.queries import hamta_underlag
from uppfoljning.tjansteutlatande.siffror import Siffror, rakna
from utforare.models import Avtal, Enhet, Prislista

pytestmark = pytest.mark.django_db
MAJ, APRIL = fabrik.MAJ, fabrik.APRIL
JUNI_2 = fabrik.KLOCKAN_NIO - timedelta(days=6)
IFYLLT = {
    "diarienummer": "SN 2026/0148",
    "datum": "2026-06-10",
    "sammantrade": "2026-06-16",
    "handlaggare": "Karin Holm",
    "handlaggare_titel": "controller",
    "epost": "",
    "undertecknare": "Gunnel Ask",
    "undertecknare_titel": "socialdirektör",
    "skickas_till": "Ekonomiavdelningen\n\n  Utförarna  ",
}


@pytest.fixture
def maj() -> Korning:
    """April settled and May calculated: two insatser under two forms of contract, corrections, bonus and avvikelser."""
    april, maj = fabrik.korning(APRIL), None
    folk = [fabrik.person(f"P{nr}", "Åsa", f"Hemligsson{nr}") for nr in range(12)]
    dv = _enhet("U1", "LSS-10", "lov")
    stod = _enhet("U2", "SOL-BOSTOD", "egenregi")
    verk = [fabrik.verkstallighet(f"V-D{nr}", en, dv[0], "LSS-10") for nr, en in enumerate(folk[:7])]
    verk += [fabrik.verkstallighet(f"V-S{nr}", en, stod[0], "SOL-BOSTOD") for nr, en in enumerate(folk[4:])]
    betalda = [_rad(april, en, "20", dv[1] if nr < 7 else stod[1]) for nr, en in enumerate(verk)]
    fabrik.faststall(april)
    maj = fabrik.korning(MAJ)
    for nr, en in enumerate(verk):
        _rad(maj, en, "64/3", dv[1] if nr < 7 else stod[1])
    for en, betald in list(zip(verk, betalda, strict=True))[:6]:
        fabrik.rad(maj, en, "-20", "411.55", typ="kreditering", avser=APRIL, krediterar=betald)
    fabrik.rad(maj, verk[0], "1", "15000.00", typ="bonus", artikel="arbetsbonus", enhet_for_antal="styck")
    for en in verk[:6]:
        fabrik.avvikelse(maj, en, "pris_saknas", MAJ.fran, MAJ.fran)
    return maj


def _enhet(nyckel: str, insats: str, form: str) -> tuple[Enhet, Avtal]:
    utforare = fabrik.utforare(nyckel, f"Utförare {nyckel}", regi="egen" if form == "egenregi" else "privat")
    prislista = Prislista.objects.create(nyckel=f"PL-{nyckel}", namn=nyckel)
    falt = {"avtalsform": form, "prislista": prislista, "modell": "narvaro", "fran": fabrik.APRIL.plus(-12).fran}
    avtal = Avtal.objects.create(nyckel=f"A-{nyckel}", utforare=utforare, insats=insats, **falt)
    return Enhet.objects.create(nyckel=f"E-{nyckel}", utforare=utforare, namn=f"Enhet {nyckel}"), avtal


def _rad(korning: Korning, verk: object, antal: str, avtal: Avtal) -> Ersattningsrad:
    grund = [{"dagar": 1, "mangd": antal, "avtal": avtal.pk, "pris": 1}]
    return fabrik.rad(korning, verk, antal, "411.55", artikel="narvaro", enhet_for_antal="dag", grund=grund)


def siffror(manad: Manad = MAJ) -> Siffror:
    return rakna(hamta_underlag(manad))


@pytest.fixture
def klara(client: Client) -> Client:
    client.force_login(
        Anvandare.objects.create_user("klara", roller=[Roll.CONTROLLER], first_name="Klara", last_name="Ek")
    )
    return client


# ---- the same sums everywhere ----------------------------------------------------------------------------------------


def test_document_csv_excel_and_database_have_the_same_sums(maj: Korning, tmp_path: Path) -> None:
    call_command("exportera_ersattning", "2026-05", tmp_path, stdout=StringIO())
    per_typ: dict[str, Decimal] = defaultdict(Decimal)
    per_insats: dict[str, Decimal] = defaultdict(Decimal)
    enheter: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    with (tmp_path / "ersattning.csv").open(encoding="utf-8") as fil:
        for rad in csv.DictReader(fil, delimiter=";"):
            per_typ[rad["typ"]] += Decimal(rad["belopp"])
            if rad["typ"] == "ordinarie":
                per_insats[rad["insats"]] += Decimal(rad["belopp"])
                enheter[rad["insats"], rad["enhet"]] += Decimal(rad["antal"])
    det = siffror()
    assert det.ordinarie[0] == per_typ["ordinarie"]
    assert det.tillagg is not None
    assert sum(rad.belopp for rad in det.tillagg) == sum(per_typ.values()) - per_typ["ordinarie"]
    assert det.totalt == sum(per_typ.values()) == totalbelopp(maj) == _summa_i_arbetsboken(maj)
    assert sum(det.kronor) - sum(rad.kronor[0] + rad.kronor[1] for rad in det.insatser) == 0
    for rad in det.insatser:
        assert abs(rad.kronor[0] - per_insats[rad.kod]) < 1
    assert {(rad.kod, rad.enhet): rad.antal[0] for rad in det.volymer} == enheter


def _summa_i_arbetsboken(korning: Korning) -> Decimal:
    ut = BytesIO()
    manadsbok.skriv(korning, ut, skapad=fabrik.KLOCKAN_NIO)
    rader = list(openpyxl.load_workbook(BytesIO(ut.getvalue()), data_only=True)["Sammanställning"].values)
    return Decimal(str(rader[-1][-1]))


def test_persons_are_counted_once_in_each_insats(maj: Korning) -> None:
    assert {rad.kod: rad.personer for rad in siffror().insatser} == {"LSS-10": (7, 7), "SOL-BOSTOD": (8, 8)}


def test_corrections_are_net_by_month_and_bonus_for_one_is_merged_with_them(maj: Korning) -> None:
    det = siffror()
    assert det.tillagg
    assert [(rad.rattelser, rad.bonus, rad.personer, rad.belopp) for rad in det.tillagg] == [
        (True, True, None, Decimal("-34386.00"))
    ]
    assert det.avvikelser
    assert [(rad.kod, rad.antal) for rad in det.avvikelser] == [("pris_saknas", 6)]


def test_the_figures_take_few_queries_however_many_the_rows(maj: Korning, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(7):  # five, and the test's own transaction
        hamta_underlag(MAJ)


def test_rows_that_name_no_avtal_are_not_guessed_about(maj: Korning) -> None:
    fabrik.rad(maj, Ersattningsrad.objects.filter(korning=maj).first().verkstallighet, "1", "5.00")
    with pytest.raises(ValueError, match="säger inte vilket avtal"):
        hamta_underlag(MAJ)


# ---- the pages -------------------------------------------------------------------------------------------------------


def test_the_months_are_listed_with_a_way_to_the_document(maj: Korning, klara: Client) -> None:
    svar = klara.get(reverse("uppfoljning:rapporter")).content.decode()
    assert svar.index("Maj 2026") < svar.index("April 2026")
    assert reverse("uppfoljning:tjansteutlatande", args=[MAJ]) in svar


def test_a_month_being_calculated_has_no_document(maj: Korning, klara: Client) -> None:
    Korning.objects.filter(pk=maj.pk).update(status=Status.BERAKNAS)
    assert "Maj 2026" not in klara.get(reverse("uppfoljning:rapporter")).content.decode()
    assert klara.get(reverse("uppfoljning:tjansteutlatande", args=[MAJ])).status_code == 404
    assert klara.get(reverse("uppfoljning:tjansteutlatande", args=[Manad(2031, 1)])).status_code == 404


def test_the_page_shows_the_documents_tables_and_a_form_with_what_is_known(maj: Korning, klara: Client) -> None:
    svar = klara.get(reverse("uppfoljning:tjansteutlatande", args=[MAJ])).content.decode()
    assert "Personer per insats" in svar
    assert 'value="Klara Ek"' in svar
    assert 'value="controller"' in svar
    assert "Månaden är inte fastställd" in svar
    for hemligt in ("Hemligsson", "Åsa", "V-D1", "2384"):
        assert hemligt not in svar


def test_the_form_gives_the_pdf(maj: Korning, klara: Client) -> None:
    svar = klara.post(reverse("uppfoljning:tjansteutlatande", args=[MAJ]), IFYLLT)
    assert svar["Content-Type"] == "application/pdf"
    assert svar["Content-Disposition"] == 'attachment; filename="tjansteutlatande-2026-05.pdf"'
    text = " ".join(" ".join(sida.extract_text() for sida in pypdf.PdfReader(BytesIO(svar.content)).pages).split())
    for vantat in ("SN 2026/0148", "Karin Holm, controller", "Gunnel Ask", "Utförarna", "Preliminärt underlag"):
        assert vantat in text
    for hemligt in ("Hemligsson", "Åsa", "V-D1", "2384"):
        assert hemligt not in text
    assert klara.post(reverse("uppfoljning:tjansteutlatande", args=[MAJ]), IFYLLT).content == svar.content


@pytest.mark.parametrize(
    ("falt", "varde", "sagt"),
    [
        ("diarienummer", "", "Skriv ärendets diarienummer."),
        ("datum", "3 juni", "Skriv datumet som 2026-06-03."),
        ("datum", "2026-04-30", "Utlåtandet kan inte vara äldre än månaden 2026-05."),
        ("sammantrade", "2026-06-09", "Sammanträdet kan inte vara före utlåtandets datum."),
        ("epost", "karin", "Skriv en e-postadress som namn@kommun.se"),
        ("handlaggare", "K" * 81, "Skriv högst 80 tecken."),
        ("epost", f"{'k' * 80}@kommun.se", "Skriv högst 80 tecken."),
        ("skickas_till", "x" * 1001, "Skriv högst 1\xa0000 tecken."),
        ("datum", "0001-01-01", "Utlåtandet kan inte vara äldre än månaden 2026-05."),
        ("datum", "9999-12-31", "Utlåtandets datum ligger mer än ett år framåt. Kontrollera årtalet."),
        ("datum", "10000-01-01", "Skriv datumet som 2026-06-03."),
        ("datum", "2026-06-07", "körningen av maj 2026, som blev beräknad den 8\xa0juni 2026. Det kan inte ha ett tid"),
        ("sammantrade", "0001-01-01", "Sammanträdet kan inte vara före utlåtandets datum."),
        (
            "sammantrade",
            "9999-12-31",
            "Sammanträdet ligger mer än ett år efter utlåtandets datum. Kontrollera årtalet.",
        ),
        ("diarienummer", "SN\x01 1", "Texten har ett tecken som inte syns (U+0001) efter ”SN”. Skriv om den utan det."),
        ("handlaggare", "Ka\x07rin", "tecken som inte syns (U+0007) efter ”Ka”"),
        ("undertecknare", "\u202eksA", "tecken som inte syns (U+202E) i början"),
        ("undertecknare_titel", "chef\u200b", "tecken som inte syns (U+200B) efter ”chef”"),
        ("skickas_till", "Ekonomi\nVer\u2066k", "tecken som inte syns (U+2066) efter ”Ver”"),
        ("handlaggare", "李 Ek", "Tecknet 李 (U+674E) finns inte i dokumentets typsnitt. Skriv det på annat sätt."),
        ("skickas_till", "😀 李", "Tecknen 😀 (U+1F600) och 李 (U+674E) finns inte i dokumentets typsnitt. Skriv dem"),
    ],
)
def test_what_is_wrong_is_said_in_swedish(maj: Korning, klara: Client, falt: str, varde: str, sagt: str) -> None:
    svar = klara.post(reverse("uppfoljning:tjansteutlatande", args=[MAJ]), IFYLLT | {falt: varde})
    assert svar["Content-Type"].startswith("text/html")
    assert sagt in svar.content.decode()


def test_a_document_is_not_older_than_any_month_that_it_compares_with(maj: Korning, klara: Client) -> None:
    Korning.objects.filter(pk=maj.pk).update(startad=JUNI_2, beraknad=JUNI_2)
    svar = klara.post(reverse("uppfoljning:tjansteutlatande", args=[MAJ]), IFYLLT | {"datum": "2026-06-07"})
    assert "körningen av april 2026, som blev fastställd den 8\xa0juni 2026" in svar.content.decode()


def test_letters_written_in_parts_become_whole(maj: Korning, klara: Client) -> None:
    adress = reverse("uppfoljning:tjansteutlatande", args=[MAJ])
    delade = {falt: unicodedata.normalize("NFD", varde) for falt, varde in IFYLLT.items()}
    assert delade != IFYLLT
    assert klara.post(adress, delade).content == klara.post(adress, IFYLLT).content


def test_some_read_the_report_and_some_make_the_document(maj: Korning, client: Client) -> None:
    adresser = [reverse("uppfoljning:rapporter"), reverse("uppfoljning:tjansteutlatande", args=[MAJ])]
    assert [client.get(adress).status_code for adress in adresser] == [302, 302]
    roller = {Roll.NAMNDSEKRETERARE: (200, 200), Roll.GRUPPCHEF: (200, 403), Roll.REVISOR: (200, 403)}
    for roll, (laser, gor) in (roller | {Roll.UTFORARE: (403, 403)}).items():
        client.force_login(Anvandare.objects.create_user(roll, roller=[roll]))
        assert [client.get(adress).status_code for adress in adresser] == [laser, laser]
        assert client.post(adresser[1], IFYLLT).status_code == gor


def test_to_look_writes_nothing(maj: Korning, klara: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12) as fragor:
        klara.get(reverse("uppfoljning:tjansteutlatande", args=[MAJ]))
    assert not [fraga for fraga in fragor if fraga["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


# ---- the command -----------------------------------------------------------------------------------------------------


def skapa(ut: Path, **andrat: object) -> str:
    sagt = StringIO()
    argument = {
        "dnr": "SN 2026/0148",
        "handlaggare": "Karin Holm",
        "undertecknare": "Gunnel Ask",
        "datum": "2026-06-10",
        "sammantrade": "2026-06-16",
        **andrat,
    }
    arg = [text for namn, varde in argument.items() for text in (f"--{namn}", str(varde))]
    call_command("skapa_tjansteutlatande", "2026-05", *arg, "--ut", str(ut), stdout=sagt)
    return sagt.getvalue()


def test_the_command_writes_the_same_document_as_the_page(maj: Korning, klara: Client, tmp_path: Path) -> None:
    sagt = skapa(tmp_path / "u.pdf")
    assert sagt == f"{tmp_path / 'u.pdf'} är gjord. Månaden är inte fastställd, så underlaget är preliminärt.\n"
    svar = klara.post(reverse("uppfoljning:tjansteutlatande", args=[MAJ]), IFYLLT | {"skickas_till": ""})
    assert (tmp_path / "u.pdf").read_bytes() == svar.content


def test_the_command_refuses_in_the_same_words(maj: Korning, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Nämndens sammanträde: Sammanträdet kan inte vara före"):
        skapa(tmp_path / "u.pdf", sammantrade="2026-06-09")
    with pytest.raises(CommandError, match="”juni” är inget datum"):
        skapa(tmp_path / "u.pdf", datum="juni")
    with pytest.raises(CommandError, match="Det går inte att skriva"):
        skapa(tmp_path / "saknas" / "u.pdf")
    assert not list(tmp_path.iterdir())


def test_a_month_that_was_never_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="2026-05 är inte körd"):
        skapa(tmp_path / "u.pdf")
