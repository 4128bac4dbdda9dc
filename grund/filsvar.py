"""An answer that is a file to save."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_TYPER = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def som_fil(innehall: bytes, namn: str) -> HttpResponse:
    """`innehall` as the file `namn`, whose ending tells its kind (KeyError: it is none that is given out so)."""
    svar = HttpResponse(innehall, content_type=_TYPER[namn.rpartition(".")[2]])
    svar["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=namn)
    return svar
