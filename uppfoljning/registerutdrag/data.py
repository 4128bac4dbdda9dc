"""The extract as data: a zip with a JSON file for each kind of row, and the person's documents. Written as read."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, cast

from django.db import models
from django.db.models import Model

from beslut.models import Beslutshandling, Person
from grund.models import Anvandare
from grund.text import stor_forsta
from grund.tid import STOCKHOLM
from uppfoljning.gallring.tabell import OM_PERSON
from uppfoljning.gallring.typer import Modellrad
from uppfoljning.models import Registerutdrag
from uppfoljning.personuppgifter.falt import falten, modellen, rubrik
from uppfoljning.personuppgifter.lasning import nummer, strom
from uppfoljning.personuppgifter.varden import Hanvisare, roll_i_ord, som_text, tjanst_i_ord
from uppfoljning.registerutdrag import handelser
from uppfoljning.registerutdrag.kandidater import FIL, fil_pa_disk, nyckel
from uppfoljning.registerutdrag.ordning import LOGG

_LAS_MIG = """\
Registerutdrag {nyckel}, gjort {nar}.

Mappen uppgifter har en fil för varje sort av uppgifter, i formatet JSON (UTF-8). Varje fil säger vad den innehåller
(sort), vad fälten heter (falt) och har sedan raderna (rader). Datum är skrivna ÅÅÅÅ-MM-DD. Tidpunkter är skrivna enligt
ISO 8601 i UTC; de slutar på Z. Ett fält utan värde är null. Ett fält som heter till är dagen efter den sista dagen.
Där någon som arbetar med ärendena nämns står vad personen arbetar som, och namnet på den som beslutar eller handlägger.
Texten {utelamnat} står där en uppgift inte lämnas ut. Varför står i registerutdraget som PDF.

Mappen handlingar har beslut och intyg som filer.
"""
_UTELAMNAT = "[lämnas inte ut]"


def gor(utdrag: Registerutdrag) -> BinaryIO:
    """The zip, as an open file without a name that is gone when it is closed."""
    fil = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 – whoever answers with it closes it
    try:
        with zipfile.ZipFile(fil, "w", zipfile.ZIP_DEFLATED) as zip_:
            nar = utdrag.tidpunkt.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
            zip_.writestr("LAS_MIG.txt", _LAS_MIG.format(nyckel=utdrag, nar=nar, utelamnat=_UTELAMNAT))
            for rad in OM_PERSON:
                _skriv_modell(zip_, rad, utdrag)
            _skriv_handelser(zip_, utdrag.person)
            for namn, innehall in _handlingar(utdrag):
                zip_.writestr(f"handlingar/{namn}", innehall)
        fil.seek(0)
    except BaseException:
        fil.close()
        raise
    return fil


def _skriv_modell(zip_: zipfile.ZipFile, rad: Modellrad, utdrag: Registerutdrag) -> None:
    """A file of the model's rows, unless there are none."""
    rader = iter(_rader(rad, utdrag))
    forsta = next(rader, None)
    if forsta is None:
        return
    modell = modellen(rad)
    falt = {ett.name: rubrik(ett) for ett in falten(modell)}
    with zip_.open(f"uppgifter/{rad.modell}.json", "w") as ut:
        huvud = {"sort": stor_forsta(str(modell._meta.verbose_name_plural)), "modell": rad.modell, "falt": falt}
        _skriv_lista(ut, huvud, forsta, rader)


def _skriv_lista(ut: IO[bytes], huvud: Mapping[str, Any], forsta: Any, rader: Iterator[Any]) -> None:
    """The head with `rader` added, a row a line."""
    ut.write(json.dumps(huvud, ensure_ascii=False)[:-1].encode() + b', "rader": [\n')
    ut.write(json.dumps(forsta, ensure_ascii=False).encode())
    for ett in rader:
        ut.write(b",\n" + json.dumps(ett, ensure_ascii=False).encode())
    ut.write(b"\n]}\n")


def _rader(tabellrad: Modellrad, utdrag: Registerutdrag) -> Iterator[dict[str, Any]]:
    hanvisare = Hanvisare(roll_i_ord if tabellrad.modell == LOGG else tjanst_i_ord)
    for rad in strom(tabellrad, utdrag.person_id):
        yield {
            falt.name: _UTELAMNAT
            if nyckel(tabellrad.modell, rad, falt.name) in utdrag.undantag
            else _varde(rad, falt, hanvisare, utdrag.person_id)
            for falt in falten(type(rad))
        }


def _varde(rad: Model, falt: "models.Field[Any, Any]", hanvisare: Hanvisare, person: int) -> Any:
    varde = getattr(rad, falt.attname)
    if falt.related_model is not None:
        if falt.related_model is Person and varde != person:
            return None  # of nobody else is anything told, not even a key
        return hanvisare.ord(falt.related_model, varde) or None
    return varde if isinstance(varde, bool | int | list | dict | None) else som_text(varde)


def _skriv_handelser(zip_: zipfile.ZipFile, person: Person) -> None:
    hanvisare = Hanvisare(tjanst_i_ord)
    rader = (
        {
            "tidpunkt": som_text(ett.tidpunkt),
            "handling": ett.handling,
            "objekt": ett.objekt,
            "text": handelser.vad(ett),
            "av": hanvisare.ord(Anvandare, ett.av_id) or None,
        }
        for ett in handelser.om(person.pk).iterator(chunk_size=500)
    )
    forsta = next(rader, None)
    if forsta is not None:
        with zip_.open("uppgifter/grund.Handelse.json", "w") as ut:
            _skriv_lista(ut, {"sort": "Händelser", "modell": "grund.Handelse"}, forsta, rader)


def _handlingar(utdrag: Registerutdrag) -> Iterator[tuple[str, bytes]]:
    """The person's documents, one at a time: decisions that are stored, and what has been handed in."""
    person = utdrag.person_id
    for pk, innehall in Beslutshandling.objects.filter(forslag__arende__person=person).values_list("pk", "pdf"):
        yield f"beslut-{pk}.pdf", bytes(innehall)
    for tabellrad in OM_PERSON:
        for rad in strom(tabellrad, person) if tabellrad.fil else ():
            plats = fil_pa_disk(tabellrad, rad)
            if plats and plats.is_file() and nyckel(tabellrad.modell, rad, FIL) not in utdrag.undantag:
                namn = f"{tabellrad.modell.rpartition('.')[2].lower()}-{nummer(rad)}{PurePath(plats).suffix}"
                yield namn, plats.read_bytes()
