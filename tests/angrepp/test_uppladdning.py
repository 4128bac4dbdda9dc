"""Files that are handed in: of another kind than they say, or that swell, climb, fetch or do things."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile

from ersattning import intyg
from ersattning.faktura.typer import Otydlig
from ersattning.faktura.xmllasning import las as las_xml
from ersattning.models import Bonusansokan
from grund.behorighet import Roll
from grund.datapaket.fel import Felsamling
from grund.datapaket.kalla import oppna_paket
from grund.datapaket.register import filer
from grund.pdfskydd import STORST_LZW
from tests.angrepp import bomber
from tests.angrepp.bomber import MB
from tests.angrepp.conftest import som
from tests.angrepp.forsok import forsok, redan
from tests.webb.varld import Varld, Vems
from uppfoljning.dokument.filer import bilaga, logotyp
from uppfoljning.uppgifter.kapacitet import PLANERADE_PLATSER
from uppfoljning.uppgifter.lasning import las as las_uppgifter

RUBRIK = ["ar", "insats", "enhet_id", "namn", "platser"]


INGA_PAPPER = {
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "exe": b"MZ\x90\x00" * 100,
    "zip": bomber.arkiv(xDOTtxt=b"x"),
    "pdf i zip": bomber.arkiv(xDOTpdf=bomber.pdf()),
    "html, sedan pdf": b"<html></html>" + bomber.pdf(),
    "bara början av en pdf": b"%PDF-1.7\n",
    "gif": b"GIF89a" + b"\0" * 50,
    "ps": b"%!PS-Adobe-3.0\n(/etc/passwd) run",
    "tom": b"",
}


@pytest.mark.parametrize("vad", INGA_PAPPER)
@forsok(
    "U01",
    "A web page, a picture with a script (SVG), a program or an archive, called intyg.pdf",
    "known by what it holds: refused",
)
def test_what_is_no_paper_is_refused_whatever_it_is_called(vad: str) -> None:
    for provar in (intyg.granska, bilaga, logotyp):
        with pytest.raises(ValueError, match=r"Filen|Bilagan|Logotypen"):
            provar(INGA_PAPPER[vad])


@pytest.mark.parametrize("gor", [bomber.pdf_med_program, bomber.pdf_med_start, bomber.pdf_med_fil])
@forsok(
    "U02",
    "A PDF with a script, that starts a program, or with a file inside",
    "refused as an intyg; cleaned as a bilaga",
)
def test_a_pdf_that_does_things_is_refused_or_cleaned(gor: object) -> None:
    innehall = gor()  # type: ignore[operator]
    with pytest.raises(ValueError, match="program eller andra filer"):
        intyg.granska(innehall)
    with pytest.raises(ValueError, match="program eller andra filer"):
        intyg.granska(bilaga_i_original(innehall))
    ren = bilaga(innehall).innehall
    for spar in (b"JavaScript", b"Launch", b"EmbeddedFile", b"cmd.exe"):
        assert spar not in ren


def bilaga_i_original(innehall: bytes) -> bytes:
    """The same with its objects packed, so that no name stands in the open."""
    import pikepdf  # noqa: PLC0415

    ut = io.BytesIO()
    with pikepdf.open(io.BytesIO(innehall)) as pdf:
        pdf.save(ut, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return ut.getvalue()


@pytest.mark.parametrize("val", [{}, {"inbaddad": True}, {"djup": 2}])
@forsok(
    "U03",
    "A PDF of some kB whose page swells a thousand times (flate bomb), deflated once or twice",
    "refused before anything opens it",
)
def test_a_pdf_that_swells_is_refused(val: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grund.pdfskydd.STORST_UPPACKAD", 20 * MB)
    innehall = bomber.pdf_som_svaller(**val)
    assert len(innehall) < MB
    monkeypatch.setattr("pikepdf.open", lambda *_: pytest.fail("den öppnades"))
    for provar in (intyg.granska, bilaga):
        with pytest.raises(ValueError, match="packas upp till orimligt mycket"):
            provar(innehall)


@forsok("U04", "A PDF that is encrypted, so that nothing in it can be looked at", "refused, with what to do")
def test_a_locked_pdf_is_refused() -> None:
    for provar in (intyg.granska, bilaga):
        with pytest.raises(ValueError, match="låst eller har ett lösenord"):
            provar(bomber.pdf_med_las())


@forsok("U05", "A PDF packed in a way that swells 1 000 times and cannot be counted (LZW)", "refused")
def test_what_cannot_be_counted_is_refused() -> None:
    innehall = b"%PDF-1.4\n1 0 obj <</Filter /LZWDecode /Length 99>> stream\n" + b"x" * STORST_LZW
    for provar in (intyg.granska, bilaga):
        with pytest.raises(ValueError, match="packas upp till orimligt mycket"):
            provar(innehall)


@pytest.mark.parametrize("storlek", [(30_000, 30_000), (1, 100_000_000), (65_535, 2_000)])
@forsok("U06", "A picture of a kilobyte that is 900 million pixels", "refused by what it says of itself")
def test_a_picture_that_swells_is_refused(storlek: tuple[int, int]) -> None:
    for provar in (intyg.granska, logotyp):
        with pytest.raises(ValueError, match=r"Filen|Logotypen"):
            provar(bomber.bild(*storlek))


@forsok("U07", "A picture that is also a web page (polyglot)", "given out as a picture to save, with nosniff")
@forsok(
    "U08",
    "File names that climb, break lines, turn round or name a person",
    "the name is kept nowhere, and given out as ours",
)
def test_a_paper_is_given_out_as_what_it_is_under_a_name_of_ours(varld: Varld) -> None:
    petra, ids = som(varld, Roll.UTFORARE), varld.ids[Vems.EGEN]
    namn = '../../etc/cron.d/x\r\nSet-Cookie: a=b"\u202efdp.exe'
    tvetydig = bomber.liten_bild() + b"<html><script>alert(1)</script>"
    falt = {
        "vems": ids["verk"], "arbetsgivare": "Polyglotten", "fran": "2026-05-11", "sysselsattningsgrad": "50",
        "anstallningsform": "visstid", "intyg": SimpleUploadedFile(namn, tvetydig, content_type="text/html"),
    }  # fmt: skip
    assert petra.post(f"/arbetsbonus/{ids['enhet']}/ny/", falt).status_code == 302
    ansokan = Bonusansokan.objects.get(arbetsgivare="Polyglotten")
    svar = petra.get(f"/arbetsbonus/intyg/{ansokan.pk}/")
    assert svar["Content-Type"] == "image/png"
    assert svar["X-Content-Type-Options"] == "nosniff"
    assert svar["Content-Disposition"] == f'attachment; filename="intyg-{ansokan.pk}.png"'
    assert [fil.name for fil in Path(django_settings.INTYG_DIR).iterdir() if fil.name == ansokan.sokvag] == [
        ansokan.sokvag
    ]
    assert not {"/", ".."} & set(ansokan.sokvag)


XML = "<?xml version='1.0'?>{}<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'>{}</Invoice>"
FARLIG_XML = {
    "fil (XXE)": XML.format('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
    "nätet (SSRF)": XML.format('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">', ""),
    "tio skratt": XML.format('<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>', "&b;"),
    "parameterentitet": XML.format('<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/hosts"> %x;]>', ""),
    "okänd entitet": XML.format("", "&lol;"),
    "UTF-7": XML.format("", "").replace("?>", " encoding='UTF-7'?>"),
    "djup": XML.format("", "<a>" * 5_000 + "</a>" * 5_000),
    "trasig": XML.format("", "<a>"),
}


@pytest.mark.parametrize("vad", FARLIG_XML)
@forsok(
    "U09",
    "An invoice that reads a file or the net, laughs a billion times, or is a million deep",
    "refused; nothing fetched or multiplied",
)
def test_xml_that_does_harm_is_refused(vad: str) -> None:
    with pytest.raises(Otydlig) as fel:
        las_xml(FARLIG_XML[vad].encode())
    assert "root:" not in str(fel.value)


@forsok("U10", "The same in UTF-16, where no search for <!DOCTYPE finds it", "refused")
def test_xml_in_another_encoding_is_refused() -> None:
    for kodning in ("utf-16", "utf-16-be", "utf-32"):
        with pytest.raises(Otydlig):
            las_xml(FARLIG_XML["fil (XXE)"].encode(kodning))


@forsok(
    "U11", "An invoice that takes in another file (XInclude) or names a style sheet", "read as text that means nothing"
)
def test_xinclude_is_not_followed() -> None:
    inne = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    rot = las_xml(XML.format('<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>', inne).encode())
    assert "root:" not in "".join(rot.itertext())
    assert not [nod for nod in rot.iter() if not isinstance(nod.tag, str)]


@forsok("U12", "Harmful invoices sent in through the page", "taken in as refused, with the reason; no invoice")
def test_harmful_invoices_are_refused_in_the_page(varld: Varld) -> None:
    from ersattning.models import Faktura  # noqa: PLC0415

    fore = Faktura.objects.count()
    klara = som(varld, Roll.CONTROLLER)
    for text in FARLIG_XML.values():
        fil = SimpleUploadedFile("faktura.xml", text.encode())
        svar = klara.post("/fakturor/las-in/", {"filer": fil}, follow=True)
        assert svar.status_code == 200
        assert "root:" not in svar.content.decode()
    assert Faktura.objects.count() == fore


def _paketfel(tmp_path: Path, innehall: bytes) -> str:
    plats, fel = tmp_path / "paket.zip", Felsamling()
    plats.write_bytes(innehall)
    with oppna_paket(plats, filer(), fel) as tabeller:
        for tabell in tabeller:
            for _, falt in tabell.rader(lambda rad, varde, text: fel.lagg("fil", rad, "", varde, text)):
                fel.lagg("läst", None, "", "", " ".join(falt))
    assert [fil.name for fil in tmp_path.iterdir()] == ["paket.zip"]
    return " ".join(str(ett) for ett in fel)


def _lank() -> bytes:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w") as zip_:
        lank = zipfile.ZipInfo("personer.csv")
        lank.external_attr = 0o120777 << 16
        zip_.writestr(lank, "/etc/passwd")
    return ut.getvalue()


PAKET = {
    "zip slip": (bomber.arkiv(DOTDOT__DOTDOT__etc__personerDOTcsv=b"x"), "Otillåten sökväg"),
    "absolut": (bomber.arkiv(__tmp__personerDOTcsv=b"x"), "Otillåten sökväg"),
    "Windows": (bomber.arkiv(**{"DOTDOT\\personerDOTcsv": b"x"}), "Otillåten sökväg"),
    "bomb": (bomber.arkiv(personerDOTcsv=b" " * (20 * MB)), "orimligt mycket"),
    "arkiv i arkiv": (bomber.arkiv(inreDOTzip=bomber.arkiv(personerDOTcsv=b"x")), "Okänd fil"),
    "länk": (_lank(), ""),
    "inget arkiv": (b"PK\x03\x04" + b"\0" * 50, "hel .zip"),
}


@pytest.mark.parametrize("vad", PAKET)
@forsok(
    "U13",
    "Archives that climb (zip slip), swell, hold archives or links",
    "refused, or a link's text read as text; nothing on disk",
)
def test_an_archive_neither_climbs_nor_swells(vad: str, tmp_path: Path) -> None:
    innehall, sagt = PAKET[vad]
    text = _paketfel(tmp_path, innehall)
    assert "root:" not in text
    assert sagt in text, text


BLAD = PLANERADE_PLATSER.nyckel
BOK = bomber.arbetsbok(BLAD, [RUBRIK, [2027, "LSS-9", "", "A", 6]])
STRANGAR = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
    + b"x" * (7 * MB)
    + b"</t></si></sst>"
)
DEL = "xl/sharedStrings.xml"
BOCKER = {
    "delade texter": (lambda: bomber.med_del(BOK, DEL, STRANGAR), "orimligt mycket"),
    "delade texter, som arkivet säger är små": (lambda: bomber.som_ljuger(BOK, DEL, STRANGAR, 500), "orimligt mycket"),
    "två celler i hörnen": (lambda: bomber.arbetsbok(BLAD, [RUBRIK], {"Z1048576": 1}), "långt utanför"),
    "hörnen, annorlunda skrivna": (
        lambda: bomber.med_del(
            BOK,
            "xl/worksheets/sheet1.xml",
            b"<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetData>"
            b"<x:row r='1'><x:c  t='n'  r='A1'><x:v>1</x:v></x:c></x:row>"
            b"<x:row r='9'><x:c t='n' r='XFD1048576'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>",
        ),
        "långt utanför",
    ),
    "entiteter": (
        lambda: bomber.med_del(
            BOK, "xl/workbook.xml", b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w>&a;</w>'
        ),
        "dokumenttyp",
    ),
    "tusen delar": (lambda: bomber.arkiv(**{f"xl__d{nr}DOTxml": b"<a/>" for nr in range(1000)}), "orimligt mycket"),
    "inget av det": (lambda: b"PK\x03\x04" + struct.pack("<I", 7) * 20, "skadad"),
}  # fmt: skip


@pytest.mark.parametrize("vad", BOCKER)
@forsok(
    "U14",
    "A workbook whose strings swell, also where the archive lies of their size",
    "refused before it is opened as one",
)
@forsok(
    "U15", "A workbook with two cells in the corners of its sheet, also spelt so that no search finds them", "refused"
)
@forsok("U16", "A workbook with entities, or of a thousand parts", "refused")
def test_a_workbook_that_swells_is_not_opened(vad: str, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grund.datapaket.arkivskydd.STORST_UPPACKAT", 5 * MB)
    monkeypatch.setattr("uppfoljning.uppgifter.lasning.oppna_paket", lambda *_: pytest.fail("den öppnades"))
    gor, sagt = BOCKER[vad]
    rader, fel = las_uppgifter(PLANERADE_PLATSER, gor(), "fil.xlsx")
    assert not rader
    assert sagt in " ".join(str(ett) for ett in fel)


def test_an_ordinary_workbook_is_read(db: None) -> None:
    rader, fel = las_uppgifter(PLANERADE_PLATSER, BOK, "fil.xlsx")
    assert not list(fel)
    assert len(rader) == 1


@forsok("U17", "A CSV of one line of 15 MB, or of NULs", "refused with what is wrong")
def test_a_csv_that_is_none_is_refused(db: None) -> None:
    for innehall in (b"a" * (15 * MB), b"\0" * 1000, b"\xff\xfea\0", b'"' + b"x\n" * 200_000):
        rader, fel = las_uppgifter(PLANERADE_PLATSER, innehall, "fil.csv")
        assert not rader
        assert list(fel)


redan(
    "U18",
    "Invoices that break a rule each",
    "each refused by its rule",
    "tests/faktura/test_lasning.py::test_a_broken_invoice_is_refused_by_its_rule",
)
redan(
    "U19",
    "A paper asked for when the person is no longer the utförare's to see",
    "not there",
    "tests/webb/test_bonusintyg.py::test_a_utforare_opens_the_paper_while_it_may_see_the_person_and_no_longer",
)
