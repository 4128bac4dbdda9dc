"""R51 in the körning: exactly once whatever is run again, settled with the month, and in every sum and file."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from ersattning import justeringar, oversikt, queries, utbetalning, utforarens, visning
from ersattning.filer import innehall, specifikation_pdf, specifikation_xlsx, underlag_xlsx
from ersattning.filer import queries as filqueries
from ersattning.filer.actions import skapa_filer
from ersattning.forklaring import dokument
from ersattning.forklaring.hamta import forklara
from ersattning.forklaring.utforarens import utforarens as for_utforaren
from ersattning.justeringsrader import inte_med
from ersattning.justeringsvisning import effekt, justeringens_effekt, om_manaden
from ersattning.models import Ersattningsrad, Korning, Manadssumma
from ersattning.regler import Justeringsslag
from ersattning.simulering.resultat import hamta
from grund.models import Handelse
from grund.tid import Manad
from tests.filer.fabrik import KLOCKAN_NIO
from tests.justering.conftest import APRIL, JUNI, MAJ, NU, Hus, rader
from tests.kedja import direkt
from tests.rapportering.conftest import PAKET
from tests.simulering.hjalp import simulera
from tests.utbetalning.mall import hel_mall, kontering
from uppfoljning.tjansteutlatande.queries import hamta_underlag
from utforare.models import Utforare

VITE = Decimal("-10000.50")


def test_it_comes_once_however_often_the_month_is_run(hus: Hus) -> None:
    ett = hus.godkand()
    hus.foresla()  # not approved: not paid
    for _ in range(3):
        direkt.kor("2026-05")
        assert rader("2026-05") == [(f"J-{ett.pk}", date(2026, 5, 1), "vite", "", VITE)]
    rad = Ersattningsrad.objects.get(justering=ett)
    assert (rad.antal, rad.a_pris, rad.faktor, rad.fran, rad.till) == (-1, 10000.5, 1, MAJ.fran, JUNI.fran)
    rad.pk = None
    with pytest.raises(IntegrityError, match="rad_justering_en_gang"), transaction.atomic():
        rad.save(force_insert=True)


def test_a_month_that_is_settled_sends_it_to_the_first_open_one_and_is_left_alone(hus: Hus) -> None:
    i_april = hus.godkand(manad=APRIL, verkstallighet=hus.verk("V2"), slag=Justeringsslag.TILLAGG)
    direkt.kor("2026-04")
    direkt.faststall("2026-04")
    sen = hus.godkand(manad=APRIL)
    gammal = hus.godkand(manad=Manad(2025, 11))
    direkt.kor("2026-06")  # May is the first open one
    assert rader("2026-06") == []
    for _ in range(2):
        direkt.kor("2026-05")
        assert [(namn, avser) for namn, avser, *_ in rader("2026-05")] == [
            (f"J-{sen.pk}", APRIL.fran),
            (f"J-{gammal.pk}", Manad(2025, 11).fran),
        ]
    direkt.faststall("2026-05")
    direkt.kor("2026-06")
    assert rader("2026-06") == []
    assert [namn for namn, *_ in rader("2026-04")] == [f"J-{i_april.pk}"]
    with pytest.raises(IntegrityError, match="fastställd"), transaction.atomic():
        Ersattningsrad.objects.filter(justering=sen).update(belopp=0)


def test_a_rattelse_of_the_person_does_not_touch_it(hus: Hus) -> None:
    """R40: what has changed is corrected, and the justering stands."""
    ett = hus.godkand(manad=APRIL, verkstallighet=hus.verk("V2"))
    direkt.kor("2026-04")
    direkt.faststall("2026-04")
    sen = hus.mapp / "sen"
    sen.mkdir()
    (sen / "narvaro.csv").write_text("verkstallighet_id;datum;kod;omfattning;minuter;orsak\nV2;2026-04-30;F;;;\n")
    direkt.las_in(sen)
    direkt.kor("2026-05")
    maj = Ersattningsrad.objects.filter(korning__manad=MAJ.fran, person=ett.person)
    assert set(maj.values_list("typ", flat=True)) >= {"kreditering", "rattelse"}
    assert not maj.filter(artikel="vite").exists()
    assert rader("2026-04") == [(f"J-{ett.pk}", APRIL.fran, "vite", "V2", VITE)]


def test_other_terms_of_the_utforare_correct_its_persons_and_leave_it(hus: Hus) -> None:
    """What has changed for a whole utförare is traced to persons, and a vite has none."""
    hus.godkand(manad=APRIL)
    direkt.kor("2026-04")
    direkt.faststall("2026-04")
    sen = hus.mapp / "sen"
    sen.mkdir()
    avtal = PAKET["avtal"].replace(
        "A1;U1;LSS-10;lov;;PL;narvaro;2026-01-01;;1-14:100", "A1;U1;LSS-10;lov;;PL;narvaro;2026-01-01;;1-14:90"
    )
    (sen / "avtal.csv").write_text(avtal)
    direkt.las_in(sen)
    direkt.kor("2026-05")
    assert rader("2026-05") == []


def test_the_namnd_is_told_what_is_the_utforares_alone_apart(maj: Korning) -> None:
    tillagg = [(ett.avser, len(ett.personer), ett.belopp) for ett in hamta_underlag(MAJ).tillagg if ett.justering]
    assert tillagg == [(None, 1, Decimal(700)), (None, 0, Decimal("-9999.99"))]


def test_the_opposite_one_takes_the_other_back_to_the_ore(hus: Hus) -> None:
    ett = hus.godkand(manad=APRIL)
    direkt.kor("2026-04")
    direkt.faststall("2026-04")
    motsatt = justeringar.ta_tillbaka(justering=ett, motiv="Avtalet gällde inte.", bilaga=None, av=hus.klara, nu=NU)
    justeringar.godkann(justering=motsatt, av=hus.gustav, nu=NU)
    direkt.kor("2026-05")
    assert rader("2026-05") == [(f"J-{motsatt.pk}", APRIL.fran, "vite", "", -VITE)]
    alla = Ersattningsrad.objects.filter(typ="justering").values_list("belopp", flat=True)
    assert sum(alla) == 0
    forklarad = forklara(Ersattningsrad.objects.get(justering=ett).pk)
    assert forklarad is not None
    assert [ett.text for ett in forklarad.observationer] == [f"Justeringen tas tillbaka av J-{motsatt.pk}."]


def test_one_that_comes_after_the_run_is_told_of_until_the_month_is_run_again(hus: Hus) -> None:
    korning = direkt.kor("2026-05")
    ett = hus.foresla()
    assert [m.slag for m in om_manaden(korning)] == ["info"]
    fore = effekt(ett.utforare, ett.belopp, ett.avser)
    assert fore.fore is not None
    assert fore.efter == fore.fore + VITE
    assert "Maj 2026 är redan beräknad." in fore.meningar[0]
    justeringar.godkann(justering=ett, av=hus.gustav, nu=NU)
    assert "är inte med i maj 2026. Räkna om" in inte_med(korning)[0]
    assert [m.slag for m in om_manaden(korning)] == ["varning"]
    direkt.kor("2026-05")
    assert om_manaden(korning) == []
    efter = justeringens_effekt(ett)
    assert (efter.fore, efter.efter, efter.klar) == (fore.fore, fore.efter, True)


def test_a_month_that_is_settled_without_it_says_so_and_the_next_takes_it(hus: Hus) -> None:
    direkt.kor("2026-05")
    ett = hus.godkand()
    direkt.faststall("2026-05")
    texter = Handelse.objects.filter(objekt="korning:2026-05", handling="faststall_manad").values_list(
        "text", flat=True
    )
    assert "annars betalas det med juni 2026" in texter[0]
    assert "Beloppet hör dit men betalas med juni 2026" in justeringens_effekt(ett).meningar[0]
    direkt.kor("2026-06")
    assert rader("2026-06") == [(f"J-{ett.pk}", MAJ.fran, "vite", "", VITE)]


@pytest.fixture
def maj(hus: Hus) -> Korning:
    """May, with a vite of the whole utförare, a tillägg for an enhet and one for a protected person."""
    direkt.kor("2026-04")
    hus.godkand()
    hus.godkand(slag=Justeringsslag.TILLAGG, belopp=Decimal("0.51"), enhet=hus.enhet("DV"))
    hus.gustav.ser_skyddade = True
    hus.godkand(slag=Justeringsslag.ENGANG, belopp=Decimal(700), verkstallighet=hus.verk("V3"))
    direkt.kor("2026-05")
    return Korning.objects.get(manad=MAJ.fran)


def test_rows_sums_file_and_bookkeeping_agree_to_the_ore(maj: Korning, hus: Hus) -> None:
    total = queries.totalbelopp(maj)
    alla = Manadssumma.objects.get(korning=maj, utforare=None, insats="")
    assert (alla.summa, alla.justeringar, alla.justering_skillnad) == (total, Decimal("-9299.99"), Decimal("-9299.99"))
    per_utforare = Manadssumma.objects.filter(korning=maj, utforare__isnull=False)
    assert sum(ett.justeringar for ett in per_utforare) == alla.justeringar
    assert sum(ett.summa for ett in Manadssumma.objects.filter(korning=maj).exclude(insats="")) == total
    fil = list(csv.DictReader(StringIO(direkt.exporterat("2026-05", hus.mapp / "ut")[0]), delimiter=";"))
    assert sum(Decimal(rad["belopp"]) for rad in fil) == total
    vite = next(rad for rad in fil if rad["artikel"] == "vite")
    assert {vite[ett] for ett in ("enhet_id", "verkstallighet_id", "person_id", "niva")} == {""}
    assert (vite["antal"], vite["a_pris"], vite["belopp"]) == ("-1.0000", "10000.50", "-10000.50")
    bild = visning.vattenfall(oversikt.manadsbild(maj))
    assert bild is not None
    assert [stapel.namn for stapel in bild.staplar][-2] == "Justeringar"
    hel_mall()
    direkt.faststall("2026-04")
    direkt.faststall("2026-05")
    maj.refresh_from_db()
    underlag = utbetalning.las(maj)
    assert utbetalning.summan(underlag.verifikat) == total
    assert all(sum(rad.belopp for rad in ett.transar) == 0 for ett in underlag.verifikat)


def test_a_mall_without_a_row_for_it_says_which(maj: Korning) -> None:
    for artikel in ("narvaro", "dygn", "franvaro", "vite", "engang"):
        kontering(artikel=artikel)
    assert [utbetalning.saknad_i_ord(ett) for ett in utbetalning.las(maj).saknas] == [
        "Daglig verksamhet (LSS), artikeln tillägg, i privat regi"
    ]


def test_the_files_of_the_utforare_tell_of_them(maj: Korning) -> None:
    utforare = Utforare.objects.get(nyckel="U1")
    spec = filqueries.specifikation(maj, utforare)
    assert ("Justeringar", Decimal("-9299.99")) in spec.poster
    assert sum(belopp for _, belopp in spec.poster) == spec.belopp
    assert specifikation_pdf.gor(spec).startswith(b"%PDF")
    for skriv, blad in ((specifikation_xlsx.skriv, "Rader"),):
        ut = BytesIO()
        skriv(spec, ut, skapad=KLOCKAN_NIO)
        celler = [str(cell.value) for rad in load_workbook(BytesIO(ut.getvalue()))[blad] for cell in rad]
        assert "Vite" in celler
    ut = BytesIO()
    underlag_xlsx.skriv(maj, utforare, ut, skapad=KLOCKAN_NIO)
    rader_ = list(load_workbook(BytesIO(ut.getvalue()), data_only=True)["Rader"].values)
    assert {rad[-1] for rad in rader_ if "Vite" in rad or "Tillägg" in rad} == {"stämmer"}
    assert innehall.summa(spec.justeringar) == spec.justerat_belopp


def test_each_is_explained_to_those_who_pay_and_to_the_one_who_is_paid(maj: Korning) -> None:
    ord_ = {}
    for rad in Ersattningsrad.objects.filter(typ="justering"):
        forklarad = forklara(rad.pk)
        assert forklarad is not None
        inat = {ett.vad: f"{ett.text} {ett.forklaring}" for ett in forklarad.kedja}
        utat = {ett.vad: f"{ett.text} {ett.forklaring}" for ett in for_utforaren(forklarad).kedja}
        assert "fyra veckor för sent" in utat["Justering"]
        assert "Av Eva." in inat["Föreslagen"]
        assert "Av Gustav." in inat["Godkänd"]
        assert "Eva" not in str(utat)
        assert "Gustav" not in str(utat)
        assert forklarad.led[-1].namn in {"vite", "tillägg", "engångsersättning"}
        assert dokument.gor(forklarad).startswith(b"%PDF")
        ord_[rad.artikel] = next(ett for ett in inat if ett in {"Utförare", "Enhet", "Verkställighet"})
    assert ord_ == {"vite": "Utförare", "tillagg": "Enhet", "engang": "Verkställighet"}


def test_the_utforare_finds_its_own_and_its_files(maj: Korning, hus: Hus) -> None:
    direkt.faststall("2026-04")
    direkt.faststall("2026-05")
    u1, u2 = (Utforare.objects.get(nyckel=nyckel) for nyckel in ("U1", "U2"))
    mina, andras = list(u1.enheter.all()), list(u2.enheter.all())
    vite = Ersattningsrad.objects.get(artikel="vite")
    assert list(utforarens.utan_enhet(maj, u1)) == [vite]
    assert utforarens.rad(vite.pk, mina) == vite
    assert utforarens.rad(vite.pk, andras) is None
    maj.refresh_from_db()
    skapa_filer(korning=maj, utforare=u1)
    assert utforarens.filer(u1, mina).filter(korning=maj).count() == 3
    assert utforarens.filer(u1, mina[:1]).filter(korning=maj).count() == 0


def test_a_simulering_as_it_is_equals_the_month_without_them(maj: Korning) -> None:
    direkt.faststall("2026-04")
    direkt.faststall("2026-05")
    avstamning = hamta(simulera("2026-04", "2026-05")).avstamning
    assert avstamning.manader == 2
    assert avstamning.simulerat == avstamning.faststallt
    assert avstamning.utanfor == Decimal("-9299.99")
