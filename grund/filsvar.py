"""An answer that is a file to save."""

from django.http import HttpResponse

_TYPER = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def som_fil(innehall: bytes, namn: str) -> HttpResponse:
    """`innehall` as the file `namn`, whose ending tells its kind (KeyError: it is none that is given out so)."""
    svar = HttpResponse(innehall, content_type=_TYPER[namn.rpartition(".")[2]])
    svar["Content-Disposition"] = f'attachment; filename="{namn}"'
    return svar
