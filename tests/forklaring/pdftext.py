"""The text of a PDF, on one line, without what stands at the foot of its pages: a sentence may go on over two."""

import re
from io import BytesIO

import pypdf

_FOT = re.compile(r"\nFörklaring av (?:rad|avvikelse) [^\n]*\n?\d+\(\d+\)\s*$")


def text_i_pdf(bytes_: bytes) -> str:
    sidor = pypdf.PdfReader(BytesIO(bytes_)).pages
    return jamn(" ".join(_FOT.sub("", sida.extract_text()) for sida in sidor))


def jamn(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())
