"""The nämnd's documents as they are kept: versions, frozen figures, signatures that lock, and no personal data."""

import io
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pikepdf
import pypdf
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from PIL import Image
from weasyprint import HTML

from beslut.models import Person
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from tests.webb.varld import Varld, Vems
from tests.webb.varld_dokument import INNEHALL, NU, RAPPORT, dokument, mall
from uppfoljning.dokument import filer, pdf, personregister, serie
from uppfoljning.dokument.actions import (
    ANNAN_VERSION,
    Personuppgift,
    byt_mall,
    byt_siffror,
    infoga_siffror,
    lagg_till_bilaga,
    notera_stopp,
    skapa_dokument,
    spara,
    ta_bort_bilaga,
    ta_bort_siffror,
)
from uppfoljning.dokument.innehall import Innehall, Underlag
from uppfoljning.dokument.mallar import andra_mall, skapa_mall
from uppfoljning.dokument.personkontroll import VISAS
from uppfoljning.dokument.queries import las_version, rapport_ur
from uppfoljning.dokument.signering import aterlamna, kontrasignera, revidera, signera
from uppfoljning.models import Dokument, Dokumentsiffror, Dokumentutgava, Dokumentversion, Mallversion
from uppfoljning.rapport.innehall import Del, Rapport

pytestmark = pytest.mark.django_db
IDAG = NU.date()
TEXTER = (("arendet", "Text.\n\n[Siffror 1]"), ("bedomning", "Bra."), ("ekonomiska_konsekvenser", "Inga."))


PERSONER = [
    ("P-EGEN", "199002029818", "Anna", "Ek", False),
    ("P-ANNANS", "199003039824", "Bo", "Gran", False),
    ("P-SKYDDAD", "198501019809", "Hemlig", "Person", True),
]


@pytest.fixture
def varld(db: None, tmp_path: Path) -> Varld:
    for nyckel, nummer, fornamn, efternamn, skyddad in PERSONER:
        namn = {"fornamn": fornamn, "efternamn": efternamn}
        Person.objects.create(nyckel=nyckel, personnummer=nummer, skyddad=skyddad, **namn)
    roller = (Roll.CONTROLLER, Roll.GRUPPCHEF, Roll.REVISOR)
    varld = Varld(tmp_path, {roll: Anvandare.objects.create_user(f"en-{roll}", roller=[roll]) for roll in roller})
    varld.ids[Vems.EGEN] = dokument(varld, Vems.EGEN)
    return varld


@pytest.fixture
def klara(varld: Varld) -> Anvandare:
    klara = varld.anvandare[Roll.CONTROLLER]
    klara.first_name, klara.last_name = "Klara", "Lind"
    klara.save()
    return klara


@pytest.fixture
def gustav(varld: Varld) -> Anvandare:
    return varld.anvandare[Roll.GRUPPCHEF]


@pytest.fixture
def ett(klara: Anvandare) -> Dokument:
    return Dokument.objects.get()


def _klart(ett: Dokument) -> Innehall:
    nu = las_version(ett).innehall
    return replace(
        nu,
        texter=(("sammanfattning", "Kort."), *TEXTER),
        forslag=("Nämnden godkänner redovisningen.",),
        underlag=(Underlag(IDAG, "Rapport"),),
    )


def ifyllt() -> Innehall:
    """A document that can be signed."""
    return replace(
        INNEHALL,
        texter=(("arendet", "Text."), *TEXTER[1:]),
        forslag=("Nämnden godkänner redovisningen.",),
    )


def _spara(ett: Dokument, innehall: Innehall, av: Anvandare) -> Dokument:
    ett.refresh_from_db()
    spara(dokument=ett, sedd=ett.version, innehall=innehall, av=av, nu=NU)
    ett.refresh_from_db()
    return ett


def _signera(ett: Dokument, av: Anvandare) -> Dokumentutgava:
    return signera(dokument=ett, sedd=ett.version, av=av, idag=IDAG, nu=NU)


def test_every_save_is_a_version_and_somebody_elses_is_not_written_over(ett: Dokument, klara: Anvandare) -> None:
    fore = ett.version
    _spara(ett, _klart(ett), klara)
    assert ett.version == fore + 1 == ett.versioner.count()
    with pytest.raises(Hindrad, match=ANNAN_VERSION):
        spara(dokument=ett, sedd=fore, innehall=replace(_klart(ett), titel="Annan"), av=klara, nu=NU)
    with pytest.raises(Hindrad, match="Ingenting är ändrat"):
        spara(dokument=ett, sedd=ett.version, innehall=las_version(ett).innehall, av=klara, nu=NU)
    assert las_version(ett, fore).innehall.forslag == ()  # the earlier is kept as it was


@pytest.mark.parametrize(
    ("falt", "varde"),
    [
        ("titel", "Om Anna Ek"),
        ("diarienummer", "19900202-9818"),
        ("forslag", ("Bifall till Ek, Anna.",)),
        ("texter", (("arendet", "Rad.\n\nBo\N{NO-BREAK SPACE}Gran"),)),
        ("underlag", (Underlag(IDAG, "Ansökan från Hemlig Person"),)),
        ("skickas_till", ("Anna Ek",)),
        ("undertecknare_titel", "900202+9818"),
    ],
)
def test_personal_data_cannot_be_saved_in_any_field(ett: Dokument, klara: Anvandare, falt: str, varde: object) -> None:
    fore = ett.version
    with pytest.raises(Personuppgift) as stopp:
        _spara(ett, replace(_klart(ett), **{falt: varde}), klara)  # type: ignore[arg-type]
    assert len(stopp.value.orsaker) == 1
    assert Dokument.objects.get().version == fore == Dokumentversion.objects.count()


def test_a_protected_person_is_told_of_in_the_same_words_as_others(ett: Dokument, klara: Anvandare) -> None:
    sagt = []
    for namn in ("Anna Ek", "Hemlig Person"):
        with pytest.raises(Personuppgift) as stopp:
            _spara(ett, replace(_klart(ett), titel=namn), klara)
        sagt.append(stopp.value.orsaker[0].replace(namn, "…"))
    assert sagt[0] == sagt[1] == "Titel, rad 1: ett namn som finns i personregistret (”…”)."


def test_staff_may_be_named_in_the_header_though_somebody_in_the_register_has_the_name(
    ett: Dokument, klara: Anvandare
) -> None:
    klara.first_name, klara.last_name = "Anna", "Ek"
    klara.save()
    _spara(ett, replace(_klart(ett), handlaggare="Anna Ek", epost="anna.ek@ekstad.example"), klara)
    with pytest.raises(Personuppgift):
        _spara(ett, replace(_klart(ett), titel="Anna Ek"), klara)


def test_whoever_is_stopped_too_often_cannot_go_on_asking(ett: Dokument, klara: Anvandare) -> None:
    klient = Client()
    klient.force_login(klara)
    adress = f"/dokument/{ett.pk}/redigera/"
    falt = {"version": ett.version, "titel": "Anna Ek", "diarienummer": "SN 1", "datum": "2026-06-03"}
    falt |= {"sammantrade": "2026-06-16", "handlaggare": "Klara Lind", "handlaggare_titel": "controller"}
    svar = klient.post(adress, falt).content.decode()
    assert "ett namn som finns i personregistret (”Anna Ek”)" in svar
    handelse = Handelse.objects.get(handling=personregister.STOPPADES)
    assert "Ek" not in handelse.text + str(handelse.data)
    for _ in range(personregister.FLEST_STOPP - 2):
        notera_stopp(dokument=ett, antal=1, av=klara)
    assert "ett namn som finns" in klient.post(adress, falt | {"titel": "Bo Gran"}).content.decode()
    assert Handelse.objects.filter(handling=personregister.STOPPADES).count() == personregister.FLEST_STOPP
    svar = klient.post(adress, falt | {"titel": "Bo Gran"}).content.decode()
    assert personregister.FOR_MANGA in svar
    assert "personregistret (" not in svar
    assert Dokument.objects.get().version == ett.version


def test_figures_stay_as_they_were_read_until_somebody_reads_them_anew(ett: Dokument, klara: Anvandare) -> None:
    siffror = Dokumentsiffror.objects.get()
    assert rapport_ur(siffror) == RAPPORT
    nytt = replace(RAPPORT, delar=(Del("laget", "Läget", ("Tretton.",)),))
    sedd = {"dokument": ett, "sedd": ett.version, "nr": 1, "rapport": nytt, "av": klara, "nu": NU + timedelta(days=1)}
    with pytest.raises(Hindrad, match="ändrats igen sedan sidan visades"):
        byt_siffror(**sedd, visat=siffror.sha256)  # type: ignore[arg-type]
    byt_siffror(**sedd, visat=serie.avtryck(serie.skriv(nytt)))  # type: ignore[arg-type]
    ett.refresh_from_db()
    assert las_version(ett, ett.version - 1).rapporter[siffror.pk] == RAPPORT
    (rapport,) = las_version(ett).rapporter.values()
    assert rapport == nytt
    ta_bort_siffror(dokument=ett, sedd=ett.version, nr=1, av=klara, nu=NU)
    ett.refresh_from_db()
    assert las_version(ett).innehall.infogade == ()
    assert "[Siffror" not in las_version(ett).innehall.text("arendet")
    for nekat in (lambda: Dokumentsiffror.objects.update(urval="x"), lambda: Dokumentversion.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            nekat()


def test_figures_that_have_been_altered_are_not_shown(ett: Dokument) -> None:
    siffror = Dokumentsiffror.objects.get()
    siffror.innehall = siffror.innehall.replace("Tolv", "Elva")
    with pytest.raises(ValueError, match=r"inte de som sparades.*SHA-256"):
        rapport_ur(siffror)


def test_a_signed_document_is_locked_and_a_new_edition_keeps_the_earlier(ett: Dokument, klara: Anvandare) -> None:
    with pytest.raises(Hindrad, match="Det saknas innehåll under ”Förslag till beslut”"):
        _signera(ett, klara)
    _spara(ett, _klart(ett), klara)
    utgava = _signera(ett, klara)
    assert utgava.sha256 == sha256(bytes(utgava.pdf)).hexdigest()
    assert Handelse.objects.get(handling="signera_dokument").data["sha256"] == utgava.sha256
    with pytest.raises(Hindrad, match="Dokumentet är signerat"):
        _spara(ett, replace(_klart(ett), titel="Annan"), klara)
    sist = ett.versioner.latest("version")
    sist.pk, sist.version = None, 99
    with pytest.raises(DatabaseError, match="Dokumentet är signerat"), transaction.atomic():
        sist.save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Dokumentutgava.objects.update(sha256="0" * 64)
    revidera(dokument=ett, av=klara, nu=NU)
    _spara(ett, replace(_klart(ett), titel="Ny titel"), klara)
    andra = _signera(ett, klara)
    assert (andra.nummer, andra.sha256 == utgava.sha256) == (2, False)
    assert bytes(Dokumentutgava.objects.get(nummer=1).pdf) == bytes(utgava.pdf)


def test_the_same_document_gives_the_same_bytes_tagged_with_bookmarks_and_page_numbers(
    ett: Dokument, klara: Anvandare
) -> None:
    logotyp = filer.logotyp(_png())
    _spara(ett, replace(_klart(ett), texter=(*TEXTER[1:], ("arendet", "Stycke.\n\n" * 60 + "[Siffror 1]"))), klara)
    last = las_version(ett)
    ena, andra = pdf.gor(last.satt(), logotyp), pdf.gor(las_version(ett).satt(), logotyp)
    assert ena == andra
    lasare = pypdf.PdfReader(io.BytesIO(ena))
    antal = len(lasare.pages)
    assert antal > 1
    assert f"2({antal})" in lasare.pages[1].extract_text()
    namn = [post["/Title"] for post in _poster(lasare.outline)]
    assert namn[:3] == ["Redovisning", "Förslag till beslut", "Ärendet"]
    assert "Läget" in namn
    rot = lasare.trailer["/Root"]
    assert rot["/MarkInfo"]["/Marked"]
    assert rot["/Lang"] == "sv"
    assert "Utkast" in lasare.pages[0].extract_text()


def _poster(lista: list[object]) -> list[dict[str, str]]:
    svar = []
    for ett in lista:
        svar += _poster(ett) if isinstance(ett, list) else [ett]  # type: ignore[list-item]
    return svar  # type: ignore[return-value]


def _png() -> bytes:
    ut = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(ut, "PNG")
    return ut.getvalue()


def test_a_chef_signs_too_where_the_mall_says_so_and_never_ones_own(
    ett: Dokument, klara: Anvandare, gustav: Anvandare
) -> None:
    gammal = las_version(ett).rad.mallversion
    ny = andra_mall(mall=gammal.mall, sedd=1, innehall=mall(kontrasigneras=True), logotyp=None, av=klara, nu=NU)
    assert las_version(ett).mall.kontrasigneras is False  # a document keeps the version that it has
    byt_mall(dokument=ett, sedd=ett.version, mallversion=ny, av=klara, nu=NU)
    _spara(ett, _klart(ett), klara)
    assert _signera(ett, klara).sha256 == ""
    with pytest.raises(Hindrad, match="kan inte kontrasignera"):
        kontrasignera(dokument=ett, sedd=1, av=klara, nu=NU)
    aterlamna(dokument=ett, sedd=1, svar="Skriv mer om barn.", av=gustav, nu=NU)
    _spara(ett, replace(_klart(ett), titel="Redovisning med barn"), klara)
    _signera(ett, klara)
    utgava = kontrasignera(dokument=ett, sedd=2, av=gustav, nu=NU)
    text = pypdf.PdfReader(io.BytesIO(bytes(utgava.pdf))).pages[-1].extract_text()
    assert "Signerat av Klara Lind, controller" in text
    assert "Kontrasignerat av en-gruppchef, gruppchef" in text
    with pytest.raises(DatabaseError), transaction.atomic():
        Mallversion.objects.update(version=7)


def test_a_mall_is_saved_once_by_name_and_not_from_an_old_page(ett: Dokument, klara: Anvandare) -> None:
    gammal = las_version(ett).rad.mallversion
    with pytest.raises(Hindrad, match="Det finns redan en mall"):
        skapa_mall(namn="Mall", innehall=mall(), logotyp=b"", av=klara, nu=NU)
    with pytest.raises(Hindrad, match="Ingenting är ändrat"):
        andra_mall(mall=gammal.mall, sedd=1, innehall=mall(), logotyp=None, av=klara, nu=NU)
    andra_mall(mall=gammal.mall, sedd=1, innehall=mall(namnd="Nämnden"), logotyp=_png(), av=klara, nu=NU)
    with pytest.raises(Hindrad, match="Någon annan har sparat mallen"):
        andra_mall(mall=gammal.mall, sedd=1, innehall=mall(namnd="Annan"), logotyp=None, av=klara, nu=NU)
    with pytest.raises(Personuppgift):
        andra_mall(mall=gammal.mall, sedd=2, innehall=mall(kontakt=("Bo Gran",)), logotyp=None, av=klara, nu=NU)


def _pdf(html: str) -> bytes:
    return bytes(HTML(string=f"<title>Anna Ek</title><meta name=author content='Anna Ek'>{html}").write_pdf())


def test_an_attachment_is_searched_cleaned_and_kept_in_earlier_versions(ett: Dokument, klara: Anvandare) -> None:
    ren = filer.bilaga(_pdf("<p>Karta över enheterna</p>"))
    assert (ren.sidor, ren.bildsidor) == (1, 0)
    assert ren == filer.bilaga(_pdf("<p>Karta över enheterna</p>"))
    with pikepdf.open(io.BytesIO(ren.innehall)) as fil:
        assert "/Info" not in fil.trailer
        assert "/Metadata" not in fil.Root
    hemlig = filer.bilaga(_pdf("<p>Beslut om <b>Anna</b> Ek</p>"))
    with pytest.raises(Personuppgift) as stopp:
        lagg_till_bilaga(dokument=ett, titel="Beslut", fil=hemlig, av=klara, nu=NU)
    assert "sida 1, rad" in stopp.value.orsaker[0]
    with pytest.raises(Personuppgift):
        lagg_till_bilaga(dokument=ett, titel="Om Bo Gran", fil=ren, av=klara, nu=NU)
    lagg_till_bilaga(dokument=ett, titel="Enheterna", fil=ren, av=klara, nu=NU)
    ett.refresh_from_db()
    stycke = next(stycke for stycke in las_version(ett).satt().stycken if stycke.rubrik.slag == "bilagor")
    assert stycke.punkter[-1] == "Bilaga 2. Enheterna (1\N{NO-BREAK SPACE}sida)"
    sist = las_version(ett).innehall.bilagor[-1]
    ta_bort_bilaga(dokument=ett, sedd=ett.version, bilaga=sist, av=klara, nu=NU)
    ett.refresh_from_db()
    assert sist not in las_version(ett).innehall.bilagor
    assert sist in las_version(ett, ett.version - 1).innehall.bilagor


@pytest.mark.parametrize(
    ("innehall", "sagt"),
    [
        (b"MZ\x90", "ingen PDF"),
        (b"%PDF-1.7 trasig", "ingen PDF"),
        (b"%PDF-" + b"0" * filer.STORST_BILAGA, "större än 10 MB"),
    ],
)
def test_what_is_no_pdf_is_refused(innehall: bytes, sagt: str) -> None:
    with pytest.raises(ValueError, match=sagt):
        filer.bilaga(innehall)


def test_a_logo_is_a_png_without_anything_else_in_it(db: None) -> None:
    ut = io.BytesIO()
    bild = Image.new("RGB", (10, 10), "red")
    bild.info["Author"] = "Anna Ek"
    bild.save(ut, "PNG", pnginfo=None)
    assert filer.logotyp(ut.getvalue()).startswith(b"\x89PNG")
    for fel in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n", _jpg()):
        with pytest.raises(ValueError, match="ingen PNG"):
            filer.logotyp(fel)
    with pytest.raises(ValueError, match="512 kB"):
        filer.logotyp(b"0" * (filer.STORST_LOGOTYP + 1))


def _jpg() -> bytes:
    ut = io.BytesIO()
    Image.new("RGB", (4, 4)).save(ut, "JPEG")
    return ut.getvalue()


def test_others_see_what_is_signed_and_nothing_of_a_draft(ett: Dokument, klara: Anvandare, varld: Varld) -> None:
    ids = varld.ids[Vems.EGEN]
    rut = Client()
    rut.force_login(varld.anvandare[Roll.REVISOR])
    adresser = [f"/dokument/{ett.pk}/", f"/dokument/{ett.pk}/bilagor/{ids['dokumentbilaga']}.pdf"]
    assert [rut.get(adress).status_code for adress in adresser] == [404, 404]
    _spara(ett, _klart(ett), klara)
    utgava = _signera(ett, klara)
    assert [rut.get(adress).status_code for adress in adresser] == [200, 200]
    svar = rut.get(f"/dokument/{ett.pk}/utgava-1.pdf")
    assert svar.content == bytes(utgava.pdf)
    revidera(dokument=ett, av=klara, nu=NU)
    _spara(ett, replace(_klart(ett), titel="Hemlig ändring"), klara)
    assert "Hemlig ändring" not in rut.get(adresser[0]).content.decode()
    assert rut.get(f"/dokument/{ett.pk}/utkast.pdf").status_code == 404
    assert "Redovisning" in rut.get("/dokument/").content.decode()


def test_a_form_from_an_old_page_is_not_saved_and_keeps_what_was_typed(ett: Dokument, klara: Anvandare) -> None:
    klient = Client()
    klient.force_login(klara)
    gammal = ett.version
    _spara(ett, replace(_klart(ett), titel="Någons titel"), klara)
    falt = {"version": gammal, "titel": "Min titel", "diarienummer": "SN 1", "datum": "2026-06-03"}
    falt |= {"sammantrade": "2026-06-16", "handlaggare": "Klara Lind", "handlaggare_titel": "controller"}
    svar = klient.post(f"/dokument/{ett.pk}/redigera/", falt | {"text_arendet": "Min text"})
    text = svar.content.decode()
    assert "medan du skrev" in text
    assert "Min text" in text
    assert Dokument.objects.get().titel == "Någons titel"
    svar = klient.post(f"/dokument/{ett.pk}/redigera/", falt | {"text_arendet": "Min text", "skriv_over": ett.version})
    assert svar.status_code == 302
    assert Dokument.objects.get().titel == "Min titel"
    jamfort = klient.get(f"/dokument/{ett.pk}/versioner/").content.decode()
    assert "Någons" in jamfort
    assert "Borttaget" in jamfort


def test_a_reports_figures_are_put_into_a_document_from_its_page(ett: Dokument, klara: Anvandare) -> None:
    klient = Client()
    klient.force_login(klara)
    adress = f"/dokument/infoga/ej-verkstallda/?kvartal=2026-K1&dokument={ett.pk}"
    assert klient.get(adress).status_code == 200
    svar = klient.post(adress, {"plats": f"{ett.pk}:bedomning", "delar": ["utveckling"]})
    assert svar.status_code == 302
    ett.refresh_from_db()
    last = las_version(ett)
    assert last.innehall.text("bedomning") == "[Siffror 2]"
    siffror = Dokumentsiffror.objects.latest("pk")
    assert (siffror.rapport, siffror.urval) == ("ej-verkstallda", "kvartal=2026-K1")
    assert isinstance(last.rapporter[siffror.pk], Rapport)
    sida = klient.get(f"/dokument/{ett.pk}/siffror/2/").content.decode()
    assert "Ingenting har ändrats sedan siffrorna lästes." in sida
    fore = klient.get(f"/dokument/{ett.pk}/siffror/1/").content.decode()
    assert "Tolv." in fore  # made up by the world, and so not what the report says


def test_the_content_that_a_document_starts_from_is_the_worlds() -> None:
    assert serie.las(serie.skriv(INNEHALL), Innehall) == INNEHALL


def test_an_attachment_with_many_names_tells_three_of_them(ett: Dokument, klara: Anvandare) -> None:
    fil = filer.Pdf(b"%PDF", ("Anna Ek\nBo Gran",) * 9)
    with pytest.raises(Personuppgift) as stopp:
        lagg_till_bilaga(dokument=ett, titel="Lista", fil=fil, av=klara, nu=NU)
    assert len(stopp.value.orsaker) == VISAS


def _med_dolt() -> bytes:
    """A page with a picture and ordinary text; a bookmark and a note with a file tell more."""
    with pikepdf.open(io.BytesIO(_pdf("<p>Karta</p>"))) as fil:
        with fil.open_outline() as bokmarken:
            bokmarken.root.append(pikepdf.OutlineItem("Beslut Anna Ek", 0))
        bild = pikepdf.Stream(fil, b"\0", Subtype=pikepdf.Name.Image, Width=1, Height=1, BitsPerComponent=8)
        bild.ColorSpace = pikepdf.Name.DeviceGray
        sida = fil.pages[0]
        namn = sida.add_resource(bild, pikepdf.Name.XObject)
        sida.contents_add(f"q {namn} Do Q".encode())
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])
        sida.Annots = pikepdf.Array([fil.make_indirect(note)])
        ut = io.BytesIO()
        fil.save(ut)
    return ut.getvalue()


def test_what_an_attachment_says_outside_its_pages_is_searched_and_its_pictures_are_looked_at(
    ett: Dokument, klara: Anvandare
) -> None:
    fil = filer.bilaga(_med_dolt())
    assert (fil.sidor, fil.bildsidor) == (1, 1)
    with pikepdf.open(io.BytesIO(fil.innehall)) as ren:
        assert len(ren.pages[0].Annots) == 0
    with pytest.raises(Personuppgift, match="inte syns på sidorna"):
        lagg_till_bilaga(dokument=ett, titel="Karta", fil=fil, av=klara, nu=NU)


def test_a_name_that_a_report_tells_does_not_come_in_with_its_figures(ett: Dokument, klara: Anvandare) -> None:
    rapport = replace(RAPPORT, delar=(Del("laget", "Läget", ("Behov: Anna Ek vill flytta.",)),))
    falt = {"rapportnyckel": "handlingsplan", "urval": "", "rapport": rapport, "delar": ("laget",)}
    with pytest.raises(Personuppgift, match="i rapportens text"):
        infoga_siffror(dokument=ett, **falt, rubrik="arendet", av=klara, nu=NU)  # type: ignore[arg-type]
    assert Dokumentsiffror.objects.count() == 1


def test_whoever_countersigns_signs_what_was_shown(ett: Dokument, klara: Anvandare, gustav: Anvandare) -> None:
    mallen = las_version(ett).rad.mallversion.mall
    ny = andra_mall(mall=mallen, sedd=1, innehall=mall(kontrasigneras=True), logotyp=None, av=klara, nu=NU)
    byt_mall(dokument=ett, sedd=ett.version, mallversion=ny, av=klara, nu=NU)
    _spara(ett, _klart(ett), klara)
    _signera(ett, klara)
    aterlamna(dokument=ett, sedd=1, svar="Skriv mer.", av=gustav, nu=NU)
    _spara(ett, replace(_klart(ett), titel="Något annat"), klara)
    _signera(ett, klara)
    klient = Client()
    klient.force_login(gustav)
    klient.post(f"/dokument/{ett.pk}/kontrasignera/", {"utgava": 1})  # the page that was open all the time
    klient.post(f"/dokument/{ett.pk}/aterlamna/", {"utgava": 1, "svar": "Nej"})
    assert Dokumentutgava.objects.get(nummer=2).status == "vantar"
    klient.post(f"/dokument/{ett.pk}/kontrasignera/", {"utgava": 2})
    assert Dokumentutgava.objects.get(nummer=2).status == "klar"


def test_a_second_click_makes_nothing_more(ett: Dokument, klara: Anvandare) -> None:
    version = las_version(ett).rad.mallversion
    nytt = [skapa_dokument(mallversion=version, innehall=ifyllt(), av=klara, nu=NU) for _ in range(2)]
    assert nytt[0] == nytt[1]
    fil = filer.bilaga(_pdf("<p>Karta över enheterna</p>"))
    lagg_till_bilaga(dokument=ett, titel="Karta", fil=fil, av=klara, nu=NU)
    with pytest.raises(Hindrad, match="Samma fil finns redan"):
        lagg_till_bilaga(dokument=ett, titel="Karta", fil=fil, av=klara, nu=NU)
    falt = {"rapportnyckel": "ej-verkstallda", "urval": "kvartal=2026-K1", "rapport": RAPPORT, "delar": ("laget",)}
    with pytest.raises(Hindrad, match="som Siffror 1"):
        infoga_siffror(dokument=ett, **falt, rubrik="arendet", av=klara, nu=NU)  # type: ignore[arg-type]


def test_what_has_been_altered_in_the_database_is_said_and_not_shown(ett: Dokument, klara: Anvandare) -> None:
    klient = Client(raise_request_exception=False)
    klient.force_login(klara)
    bilaga = las_version(ett).innehall.bilagor[0]
    with connection.cursor() as db:
        db.execute("SET session_replication_role = replica")
        db.execute("UPDATE uppfoljning_dokumentbilaga SET pdf = 'annat'")
        db.execute("UPDATE uppfoljning_dokumentsiffror SET innehall = replace(innehall, 'Tolv', 'Elva')")
        db.execute("SET session_replication_role = DEFAULT")
    for adress in ("", f"bilagor/{bilaga}.pdf", "redigera/", "utkast.pdf", "siffror/1/", "versioner/"):
        svar = klient.get(f"/dokument/{ett.pk}/{adress}")
        assert svar.status_code == 500, adress
        assert "SHA-256" in svar.content.decode()
        assert "Elva" not in svar.content.decode()
