"""Making, keeping and checking the month's files."""

from io import StringIO

import pytest
from celery import current_app
from django.core.management import CommandError, call_command

from ersattning.filer import actions, lager, queries, tasks, vantan
from ersattning.models import Fil
from ersattning.regler import Status
from grund import dokument
from grund.hinder import Hindrad
from grund.models import Handelse

from . import fabrik

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def egen_mapp(settings, tmp_path, monkeypatch):
    """Files in a folder of their own, tasks run at once, and PDFs that cost nothing to make."""
    settings.FILER_DIR = tmp_path / "filer"
    monkeypatch.setattr(actions.specifikation_pdf, "gor", lambda spec: f"%PDF {spec.status} {spec.belopp}".encode())
    current_app.conf.task_always_eager = True
    yield settings.FILER_DIR
    current_app.conf.task_always_eager = False


@pytest.fixture
def fast(django_capture_on_commit_callbacks):
    return fabrik.faststall(fabrik.blandad_manad()[0])


def kor(*argument: str) -> str:
    ut = StringIO()
    call_command("skapa_filer", "2026-05", *argument, stdout=ut, stderr=StringIO())
    return ut.getvalue()


def test_tasks_make_the_files_of_a_settled_month(fast, egen_mapp, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        vantade = actions.bestall_filer(korning=fast)
    assert vantade == queries.antal_klara(fast) == 4
    assert vantan.vanta_pa_filer(fast, timeout=1) == 4
    namn = sorted(fil.relative_to(egen_mapp).as_posix() for fil in egen_mapp.rglob("*") if fil.is_file())
    nummer = Fil.objects.get(slag="specifikation_pdf").utforare_id
    namnet = f"2026-05-summastod-omsorg-aao-ab-{nummer}"
    stam = f"2026-05/ersattningsspecifikation-{namnet}"
    assert namn == ["2026-05/ersattning-2026-05.xlsx", f"{stam}.pdf", f"{stam}.xlsx", f"2026-05/underlag-{namnet}.xlsx"]
    assert b"Gunnel Ask" in (egen_mapp / f"{stam}.pdf").read_bytes()
    assert Handelse.objects.filter(handling="skapa_fil", objekt="korning:2026-05").count() == 4


def test_a_task_that_runs_twice_makes_one_file(fast):
    utforare = queries.utforare_i_korning(fast)[0]
    for _ in range(2):
        tasks.skapa_filer(fast.pk, fast.omgang, utforare.pk)
    fore = list(Fil.objects.order_by("pk").values_list("sha256", "skapad"))
    assert kor("--direkt") == "2026-05: 4\xa0filer.\n"
    assert kor("--direkt") == "2026-05: 4\xa0filer.\n"
    assert list(Fil.objects.order_by("pk").values_list("sha256", "skapad"))[:3] == fore
    assert Fil.objects.count() == 4


def test_a_file_of_a_settled_month_that_was_altered_or_lost_is_reported_and_not_made_again(fast):
    kor("--direkt")
    assert kor("--kontrollera") == "2026-05: 4\xa0filer, alla som de gjordes.\n"
    andrad, borta = (lager.plats(fil.sokvag) for fil in Fil.objects.filter(slag__startswith="spec").order_by("slag"))
    andrad.write_bytes(b"annat")
    borta.unlink()
    with pytest.raises(CommandError) as fel:
        kor("--kontrollera")
    assert "annan SHA-256" in str(fel.value)
    assert "saknas på disken" in str(fel.value)
    with pytest.raises(CommandError, match="säkerhetskopian"):
        kor("--direkt")
    with pytest.raises(CommandError, match="säkerhetskopian"):
        kor("--timeout", "5")
    assert andrad.read_bytes() == b"annat"
    assert not borta.exists()


def test_only_what_is_missing_is_made(fast):
    actions.skapa_filer(korning=fast, utforare=None)
    with pytest.raises(CommandError, match="3\xa0filer är inte gjorda än"):
        kor("--kontrollera")
    boken = Fil.objects.get()
    kor("--direkt")
    boken.refresh_from_db()
    assert queries.saknade_filer(fast) == set()


def test_preliminary_files_say_so_are_replaced_and_go_before_settling(egen_mapp, django_capture_on_commit_callbacks):
    korning, _ = fabrik.blandad_manad()
    assert kor("--direkt") == "2026-05: 4\xa0preliminära filer.\n"
    forsta = set(Fil.objects.values_list("pk", flat=True))
    sokvag = Fil.objects.get(slag="specifikation_pdf").sokvag
    assert sokvag.startswith("2026-05/preliminar/")
    assert "Preliminär" in lager.plats(sokvag).read_bytes().decode()
    kor("--direkt")
    assert not forsta & set(Fil.objects.values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.ta_bort_preliminara(korning) == 4
    assert not Fil.objects.exists()
    assert not lager.plats(sokvag).exists()


def test_files_of_a_settled_month_are_not_taken_for_preliminary(fast):
    kor("--direkt")
    assert actions.ta_bort_preliminara(fast) == 0
    assert Fil.objects.count() == 4


def test_a_task_from_before_the_month_was_calculated_anew_does_nothing():
    korning, utforare = fabrik.blandad_manad()
    tasks.skapa_filer(korning.pk, korning.omgang - 1, utforare.pk)
    assert not Fil.objects.exists()


def test_a_month_settled_while_its_preliminary_file_was_made_does_not_get_that_file(egen_mapp):
    korning, utforare = fabrik.blandad_manad()
    fabrik.faststall(type(korning).objects.get(pk=korning.pk))
    with pytest.raises(Hindrad, match="har ändrats medan filen gjordes"):
        actions.skapa_filer(korning=korning, utforare=utforare)
    assert not Fil.objects.exists()
    assert [fil for fil in egen_mapp.rglob("*") if fil.is_file()] == []


def test_who_waits_is_told_that_a_file_could_not_be_made(fast, monkeypatch):
    def trasig(spec):
        raise ValueError("Åsa Öberg 19790312")

    monkeypatch.setattr(actions.specifikation_pdf, "gor", trasig)
    utforare = queries.utforare_i_korning(fast)[0]
    monkeypatch.setattr(vantan, "_senaste_handelse", lambda: 0)
    with pytest.raises(ValueError, match="Öberg"):
        tasks.skapa_filer(fast.pk, fast.omgang, utforare.pk)
    with pytest.raises(Hindrad, match="kunde inte göras: ValueError, se arbetarnas logg") as fel:
        vantan.vanta_pa_filer(fast, timeout=1)
    assert "Öberg" not in str(fel.value)


def test_waiting_sends_lost_tasks_again_and_gives_up_in_time(fast, monkeypatch):
    skickade = []
    monkeypatch.setattr(vantan, "TYST", 0)
    monkeypatch.setattr(actions, "sand_saknade", lambda korning: skickade.append(korning))  # noqa: PLW0108 called by name
    with pytest.raises(Hindrad, match="0 av 4 filer"):
        vantan.vanta_pa_filer(fast, timeout=0.3)
    assert skickade


def test_files_are_refused_while_the_month_is_calculated_or_was_never_run():
    with pytest.raises(CommandError, match="2026-05 är inte körd"):
        kor()
    fabrik.korning(status=Status.BERAKNAS)
    with pytest.raises(CommandError, match="är inte färdigberäknad"):
        kor()


def test_files_are_refused_without_the_typeface(fast, monkeypatch, tmp_path):
    monkeypatch.setattr(dokument, "typsnitt_mapp", lambda: tmp_path)
    with pytest.raises(CommandError, match=r"Typsnittet Inter saknas.*npm ci"):
        kor("--direkt")
