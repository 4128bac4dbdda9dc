"""From a file's bytes to invoices that hold, or to every reason why they do not."""

from ersattning.faktura import belopp, csvlasning, grunduppgifter, koder, moms, svenska, ubl, xmllasning
from ersattning.faktura.typer import Brist, Dokument, Format, Otydlig

VISAS = 50  # of an invoice's faults: what has more is of another kind


def las(innehall: bytes) -> list[Dokument]:
    """The invoices of a file, all of them or none. Raises Otydlig with what is wrong, the gravest first."""
    if not innehall.strip():
        raise Otydlig(Brist("IK-TOM", "", "Filen är tom."))
    xmllasning.for_stor(innehall)
    ar_xml = innehall.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or innehall[:2] in {b"\xff\xfe", b"\xfe\xff"}
    dokument = [ubl.tolka(xmllasning.las(innehall))] if ar_xml else csvlasning.las(innehall)
    brister = [brist for dok in dokument for brist in _med_nummer(dok, granska(dok), len(dokument) > 1)]
    if brister:
        raise Otydlig(*brister[:VISAS])
    return dokument


def granska(dok: Dokument) -> list[Brist]:
    """Everything that is wrong with the document, by rule."""
    alla = list(dok.brister)
    regler = [grunduppgifter, belopp, moms, svenska]
    if dok.format is Format.UBL:  # the CSV has no codes but the VAT category
        regler.append(koder)
    for ett in regler:
        alla += ett.granska(dok)
    if dok.format is Format.CSV:  # its seller says nothing of VAT numbers; the agreement does
        alla = [ett for ett in alla if not ett.regel.endswith("-02") or ett.regel == "BR-02"]
    return alla


def _med_nummer(dok: Dokument, brister: list[Brist], flera: bool) -> list[Brist]:
    """Where a file has several invoices, which of them."""
    if not flera:
        return brister
    return [Brist(ett.regel, f"faktura {dok.nummer[:60]}, {ett.var}", ett.text) for ett in brister]
