"""The text of a PDF, on one line."""

from io import BytesIO

import pypdf


def text_i_pdf(bytes_: bytes) -> str:
    sidor = pypdf.PdfReader(BytesIO(bytes_)).pages
    return jamn(" ".join(sida.extract_text() for sida in sidor))


def jamn(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())
