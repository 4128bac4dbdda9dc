"""What stands in the extract: chapter by chapter, each field of each row of the retention table's models."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import Model

from beslut.models import Person
from grund.models import Anvandare
from grund.text import datum_i_ord, stor_forsta
from grund.tid import lokal_dag
from uppfoljning.gallring.typer import Modellrad
from uppfoljning.personuppgifter.falt import falten, modellen, rubrik
from uppfoljning.personuppgifter.lasning import strom
from uppfoljning.personuppgifter.varden import Hanvisare, i_ord, roll_i_ord, tjanst_i_ord
from uppfoljning.registerutdrag import handelser, manadsvis
from uppfoljning.registerutdrag.grunder import Undantagsgrund
from uppfoljning.registerutdrag.kandidater import FIL, nyckel
from uppfoljning.registerutdrag.ordning import BARA_I_DATA, LOGG, Grupp, grupper, tabellrad
from uppfoljning.registerutdrag.typer import Del, Innehall, Kapitel, Uppgift

UTELAMNAT = "[Lämnas inte ut, se Uppgifter som inte lämnas ut]"
Undantag = Mapping[str, str]  # a candidate's key → the ground
_HANDELSEKOLUMNER = ("Dag", "Vad som hände", "Av")


class Byggare:
    """Makes the content of one person's extract, and remembers what was left out."""

    def __init__(self, person: Person, undantag: Undantag) -> None:
        self.person, self.undantag = person, undantag
        self.hanvisare, self.roller = Hanvisare(tjanst_i_ord), Hanvisare(roll_i_ord)
        self.utelamnat: list[Uppgift] = []

    def bygg(self) -> Innehall:
        """All of it."""
        kapitel = [self._kapitel(grupp) for grupp in grupper()]
        if handelsedel := self._handelser():
            kapitel.append(Kapitel("Händelser", "Vad som har gjorts i dina ärenden, och av vem.", [handelsedel]))
        med_rader = [ett for ett in kapitel if ett.delar]
        antal = {del_.rubrik: del_.antal for ett in med_rader for del_ in ett.delar}
        return Innehall(med_rader, self.utelamnat, antal)

    def _kapitel(self, grupp: Grupp) -> Kapitel:
        delar = (self._del(tabellrad(modell)) for modell in grupp.modeller)
        return Kapitel(grupp.rubrik, grupp.om, [ett for ett in delar if ett.antal])

    def _del(self, rad: Modellrad) -> Del:
        namn, rader = stor_forsta(str(modellen(rad)._meta.verbose_name_plural)), _Raknare(rad, self.person.pk)
        if rad.modell == LOGG:
            stycken = list(manadsvis.logg(rader, self.roller))
            return Del(namn, rader.antal, stycken=stycken)
        if rad.modell == "utforare.Narvaro":
            stycken = list(manadsvis.narvaro(rader, self.hanvisare))
            return Del(namn, rader.antal, stycken=stycken)
        if rad.modell == "utforare.Besok":
            stycken = list(manadsvis.besok(rader, self.hanvisare))
            return Del(namn, rader.antal, stycken=stycken)
        poster = [self._post(rad, ett) for ett in rader]
        return Del(namn, rader.antal, poster=poster)

    def _post(self, tabellrad: Modellrad, rad: Model) -> list[Uppgift]:
        """The row's fields in words, those that have a value."""
        if grund := self.undantag.get(nyckel(tabellrad.modell, rad, FIL)):
            self._utelamna(rad, "bilaga", grund)
        utan = BARA_I_DATA.get(tabellrad.modell, frozenset())
        alla = {ett.name: ett for ett in falten(type(rad)) if ett.name not in utan and ett.related_model is not Person}
        falt = (ett for namn, ett in alla.items() if f"{namn}_nyckel" not in alla)  # the same thing once
        par = [(stor_forsta(rubrik(ett)), self._text(tabellrad.modell, rad, ett)) for ett in falt]
        return [ett for ett in par if ett[1]]

    def _text(self, modell: str, rad: Model, falt: "models.Field[Any, Any]") -> str:
        grund = self.undantag.get(nyckel(modell, rad, falt.name))
        if grund is None:
            return i_ord(falt, getattr(rad, falt.attname), self.hanvisare)
        self._utelamna(rad, rubrik(falt), grund)
        return UTELAMNAT

    def _utelamna(self, rad: Model, vad: str, grund: str) -> None:
        namn = stor_forsta(str(rad._meta.verbose_name))
        self.utelamnat.append((f"{namn}, {vad}", stor_forsta(Undantagsgrund(grund).label)))

    def _handelser(self) -> Del | None:
        tabell: list[tuple[str, ...]] = [
            (
                datum_i_ord(lokal_dag(ett.tidpunkt)),
                handelser.vad(ett),
                self.hanvisare.ord(Anvandare, ett.av_id) or "systemet",
            )
            for ett in handelser.om(self.person.pk)
        ]
        return Del("Händelser", len(tabell), kolumner=_HANDELSEKOLUMNER, tabell=tabell) if tabell else None


class _Raknare:
    """The rows of a model, counted as they pass."""

    def __init__(self, rad: Modellrad, person: int) -> None:
        self._rad, self._person, self.antal = rad, person, 0

    def __iter__(self) -> Iterator[Any]:
        for ett in strom(self._rad, self._person):
            self.antal += 1
            yield ett
