"""XML from outside, read so that it can do no harm.

Only UTF-8 without NUL, at most STORST bytes, and without any document type: entities, and what they fetch or multiply
into, are declared there and nowhere else, so the parser never meets one. lxml is told the same once more.
"""

import re

from lxml import etree

from ersattning.faktura.typer import Brist, Otydlig

STORST = 10 * 1024 * 1024
FLEST_ELEMENT = 400_000
_KODNING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_UTF8_BOM = b"\xef\xbb\xbf"


def las(innehall: bytes) -> etree._Element:
    """The root of the document. Raises Otydlig."""
    text = _granskad(innehall)
    tolk = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",  # whatever the file says that it is: the bytes have been tried as UTF-8
    )
    try:
        rot = etree.fromstring(text, tolk)
    except etree.XMLSyntaxError as fel:
        rad = f"rad {fel.lineno} i filen" if fel.lineno else ""
        raise Otydlig(Brist("IK-XML", rad, f"Filen är inte hel XML: {fel.msg}. Skicka fakturan på nytt.")) from None
    if rot.getroottree().docinfo.doctype:
        raise Otydlig(_DTD)
    if sum(1 for _ in rot.iter()) > FLEST_ELEMENT:
        raise Otydlig(Brist("IK-STORLEK", "", "Fakturan har fler uppgifter än som tas emot. Dela upp den."))
    return rot


_DTD = Brist(
    "IK-DTD", "", "Filen har en dokumenttyp eller egna entiteter. En faktura har inget sådant, och filen öppnas inte."
)


def _granskad(innehall: bytes) -> bytes:
    """The bytes, when they may be parsed."""
    for_stor(innehall)
    kropp = innehall.removeprefix(_UTF8_BOM)
    kodning = _KODNING.match(kropp.lstrip()[:300])
    if kodning and kodning[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}:
        namn = kodning[1].decode("ascii")
        raise Otydlig(Brist("IK-KODNING", "", f"Filen säger att den är {namn}. Skicka den som UTF-8."))
    som_text(kropp)
    if b"<!DOCTYPE" in kropp or b"<!ENTITY" in kropp:
        raise Otydlig(_DTD)
    return kropp.lstrip()


def for_stor(innehall: bytes) -> None:
    """Refuse a file that is too large to be read."""
    if len(innehall) > STORST:
        raise Otydlig(for_stor_brist(len(innehall)))


def for_stor_brist(storlek: int) -> Brist:
    """Said also of a file that was not even read."""
    mb = -(-storlek // (1024 * 1024))
    return Brist(
        "IK-STORLEK", "", f"Filen är {mb} MB. Högst {STORST // (1024 * 1024)} MB tas emot. Skicka den utan bilagor."
    )


def som_text(innehall: bytes) -> str:
    """The bytes as text. Raises Otydlig when they are not UTF-8, or hold characters that no text has."""
    if b"\x00" in innehall:
        raise Otydlig(
            Brist("IK-KODNING", "", "Filen har nolltecken: den är UTF-16 eller ingen textfil. Skicka den som UTF-8.")
        )
    try:
        return innehall.removeprefix(_UTF8_BOM).decode("utf-8")
    except UnicodeDecodeError as fel:
        rad = innehall.count(b"\n", 0, fel.start) + 1
        text = "Filen är inte UTF-8: å, ä och ö går inte att läsa. Spara den som UTF-8."
        raise Otydlig(Brist("IK-KODNING", f"rad {rad} i filen", text)) from None
