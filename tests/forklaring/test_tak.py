"""The cap over a month's visits is shown as the sum that it is, on the page and in the document (R21–R23)."""

from fractions import Fraction
from pathlib import Path

import pytest

from ersattning.forklaring import dokument
from ersattning.forklaring.hamta import forklara
from ersattning.forklaring.typer import Forklaring
from ersattning.models import Ersattningsrad
from tests.forklaring.conftest import EXEMPEL, inloggad
from tests.forklaring.pdftext import jamn, text_i_pdf
from tests.forklaring.rakna_om import rakna_om
from tests.kedja import direkt

pytestmark = pytest.mark.django_db

AVTAL = (EXEMPEL / "6-rattelse" / "paket-1" / "avtal.csv").read_text(encoding="utf-8").splitlines()[0] + "\n"
BESOK = (
    "besok_id;verkstallighet_id;planerad_start;planerad_slut;utford_start;utford_slut;avbokad;avbokad_av;"
    "orsak;registrering\n"
)


def skriv(mapp: Path, **filer: str) -> None:
    mapp.mkdir()
    for namn, text in filer.items():
        (mapp / f"{namn}.csv").write_text(text, encoding="utf-8")
    direkt.las_in(mapp)


def kommun(mapp: Path, *avtal: str, besok: tuple[str, ...], bestallt: str = ";") -> None:
    """One person with two hours a week of boendestöd from 3 March 2025, at 400 kr an hour; March is run."""
    skriv(
        mapp / "paket",
        personer="person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden\nP1;198802029812;A;B;;nej;\n",
        utforare="utforare_id;namn;organisationsnummer;regi\nU;Stödet;5566002357;privat\n",
        enheter="enhet_id;utforare_id;namn;platser\nE;U;Norr;\n",
        prislistor="prislista_id;namn\nL;Lista\n",
        priser=(
            "prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till\n"
            "L;SOL-BOSTOD;;;;timme;400;2025-01-01;\n"
        ),
        avtal=AVTAL + "".join(f"{ett}\n" for ett in avtal),
        beslut=(
            "beslut_id;person_id;insats;lagrum;utfall;ansokan;beslutsdatum;fran;till;omfattning;omfattning_enhet;"
            "uppfoljning\nB1;P1;SOL-BOSTOD;SoL;bifall;;2025-01-01;2025-01-01;;2;timmar_vecka;\n"
        ),
        verkstalligheter=(
            "verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;bestallt_antal;bestallt_enhet;fran;till;"
            f"slutorsak\nV1;B1;E;2025-01-01;;{bestallt};2025-03-03;;\n"
        ),
        besok=BESOK + "".join(f"{ett}\n" for ett in besok),
    )
    direkt.kor("2025-03")


def forklarad(artikel: str = "utford_tid") -> Forklaring:
    rad = Ersattningsrad.objects.filter(artikel=artikel).order_by("pk")[0]
    f = forklara(rad.pk)
    assert f is not None
    assert rakna_om(f) == rad.belopp
    return f


def sidan(f: Forklaring) -> str:
    return jamn(inloggad().get(f"/rader/{f.rad.id}/").content.decode())


UTFORT = tuple(f"K{dag};V1;;;2025-03-{dag:02}T09:00;2025-03-{dag:02}T13:00;;;;pa_plats" for dag in (4, 11, 18))
ETT_AVTAL = "A1;U;SOL-BOSTOD;ramavtal;;L;utford_tid;2025-01-01;;;;;;;24;0.5;0.3;1;"


def test_the_cap_is_days_times_ordered_minutes_times_share(tmp_path: Path) -> None:
    """29 days from 3 March × 120/7 minutes = 497.14…: 497 of the 720 minutes are paid."""
    kommun(tmp_path, ETT_AVTAL, besok=UTFORT)
    f = forklarad()
    assert f.tak
    assert (f.tak.exakt, f.tak.minuter, f.tak.betalt) == (Fraction(29 * 120, 7), 497, 497)
    for text in (sidan(f), text_i_pdf(dokument.gor(f))):
        for del_ in (
            "Taket för månadens besök",
            "2 timmar per vecka enligt beslutet",
            "29 × 2 × 60 ÷ 7 × 100 %",
            "497,1429",
            "Taket, nedåt till hela minuter",
            "3–31 mars",
        ):
            assert del_ in text
    assert f"/beslut/{f.tak.bestallt_mal.argument[0]}/" in sidan(f)  # type: ignore[union-attr]
    assert f"/avtal/{f.tak.delar[0].avtal_mal.argument[0]}/" in sidan(f)


def test_a_cap_of_two_avtal_is_the_sum_of_their_days(tmp_path: Path) -> None:
    """The share is 100 % to the 16th and 50 % from the 17th; what the verkställighet orders goes before the beslut."""
    kommun(
        tmp_path,
        "A1;U;SOL-BOSTOD;ramavtal;;L;utford_tid;2025-01-01;2025-03-16;;;;;;;;;1;",
        "A2;U;SOL-BOSTOD;ramavtal;;L;utford_tid;2025-03-17;;;;;;;;;;0.5;",
        besok=UTFORT,
        bestallt="31;timmar_manad",
    )
    f = forklarad()
    assert f.tak
    assert [(len(ett.dagar), ett.andel, ett.minuter) for ett in f.tak.delar] == [
        (14, 1, 840),
        (15, Fraction(1, 2), 450),
    ]
    assert (f.tak.minuter, f.tak.betalt) == (1290, 720)
    text = sidan(f)
    assert "31 timmar per månad enligt verkställigheten" in text
    assert "14 × 31 × 60 ÷ 31 × 100 %" in text
    assert "15 × 31 × 60 ÷ 31 × 50 %" in text
    assert "Summa" in text


def test_bomtid_has_a_cap_of_its_own(tmp_path: Path) -> None:
    """30 % of 29 × 120/7 minutes = 149.14…: of two visits of 90 minutes that did not come off, 149 are paid."""
    bom = tuple(f"K{d};V1;2025-03-{d:02}T09:00;2025-03-{d:02}T10:30;;;;brukare;ej_hemma;" for d in (5, 12))
    kommun(tmp_path, ETT_AVTAL, besok=(*UTFORT, *bom))
    f = forklarad("bomtid")
    assert f.tak
    assert (f.tak.minuter, f.tak.betalt) == (149, 149)
    assert "Taket för månadens bomtid" in sidan(f)
    assert "29 × 2 × 60 ÷ 7 × 30 %" in text_i_pdf(dokument.gor(f))


def test_without_a_share_or_an_order_there_is_no_cap_to_show(tmp_path: Path) -> None:
    kommun(tmp_path, "A1;U;SOL-BOSTOD;ramavtal;;L;utford_tid;2025-01-01;;;;;;;;;;;", besok=UTFORT)
    f = forklarad()
    assert f.tak is None
    assert "Taket" not in sidan(f)


def test_the_cap_is_what_it_was_when_the_order_has_changed_since(tmp_path: Path) -> None:
    kommun(tmp_path, ETT_AVTAL, besok=UTFORT)
    fore = forklarad()
    huvud = "beslut_id;person_id;insats;lagrum;utfall;ansokan;beslutsdatum;fran;till;omfattning;omfattning_enhet;"
    andrat = "uppfoljning\nB1;P1;SOL-BOSTOD;SoL;bifall;;2025-01-01;2025-01-01;;10;timmar_vecka;\n"
    skriv(tmp_path / "sent", beslut=huvud + andrat)
    assert forklarad().tak == fore.tak


def test_one_hour_is_said_in_the_singular(tmp_path: Path) -> None:
    """Ordered, cancelled and rounded by one: no `1 timmar`, no `1 minuter`."""
    avtal = "A1;U;SOL-BOSTOD;ramavtal;;L;utford_tid;2025-01-01;;;;;;;1;0.5;1;1;"
    bom = ("K5;V1;2025-03-05T09:00;2025-03-05T09:01;;;;brukare;ej_hemma;",)
    en_minut = ("K6;V1;;;2025-03-06T09:00;2025-03-06T09:01;;;;pa_plats",)
    kommun(tmp_path, avtal, besok=(*bom, *en_minut), bestallt="1;timmar_vecka")
    for artikel in ("utford_tid", "bomtid"):
        f = forklarad(artikel)
        for text in (sidan(f), text_i_pdf(dokument.gor(f))):
            assert "1 timme per vecka" in text
            assert "1 minut" in text
            for fel in (" 1 timmar", " 1 minuter", " 1 dagar", " 1 besök går", " 1 rader"):
                assert fel not in text
    assert "inom 1 timme" in sidan(forklarad("bomtid"))
