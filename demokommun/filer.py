"""Writes a datapaket: one CSV file per kind of row, opened when its first row comes, closed together.

Rows are written as they are made, so memory does not grow with the municipality. One walk through the municipality can
give two packages: `rad` is what the systems knew when the month was closed, `sen_rad` what came a month later.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

KOLUMNER = {
    "utforare": "utforare_id;namn;organisationsnummer;regi",
    "enheter": "enhet_id;utforare_id;namn;platser",
    "prislistor": "prislista_id;namn",
    "priser": "prislista_id;insats;niva;omfattning;tidsband;enhet;belopp;fran;till",
    "tidsband": "prislista_id;tidsband;prioritet;veckodag;fran_tid;till_tid;fran_tidpunkt;till_tidpunkt",
    "avtal": "avtal_id;utforare_id;insats;avtalsform;person_id;prislista_id;modell;fran;till;franvaro;"
    "omfattning_granser;niva_fran;avslut_dagar;avslut_orsaker;bomtid_varsel_timmar;bomtid_andel;bomtid_tak_andel;tak_andel_av_bestallt;"
    "avrundning_minuter",
    "personer": "person_id;personnummer;fornamn;efternamn;personkrets;skyddad;avliden",
    "beslut": "beslut_id;person_id;insats;lagrum;utfall;ansokan;beslutsdatum;fran;till;omfattning;omfattning_enhet;"
    "uppfoljning",
    "verkstalligheter": "verkstallighet_id;beslut_id;enhet_id;bestalld;omfattning;bestallt_antal;bestallt_enhet;fran;"
    "till;slutorsak",
    "nivabedomningar": "nivabedomning_id;person_id;insats;niva;fran;status;bedomd_av;godkand_av;godkand",
    "narvaro": "verkstallighet_id;datum;kod;omfattning;minuter;orsak",
    "besok": "besok_id;verkstallighet_id;planerad_start;planerad_slut;utford_start;utford_slut;avbokad;avbokad_av;"
    "orsak;registrering",
    "anstallningar": "anstallning_id;person_id;arbetsgivare;fran;till;sysselsattningsgrad;anstallningsform",
    "bonusregler": "regel_id;belopp;tidigast_manader;senast_manader;kvalificering_manader;andel_vid_start;"
    "anstallningsformer;minst_sysselsattningsgrad;arstak;fran;till",
    "borttag": "fil;id;datum",
}


@dataclass(slots=True)
class Paketskrivare:
    """The package being written. With `sent` only the late rows are written, otherwise only the others."""

    mapp: Path
    sent: bool = False
    antal: dict[str, int] = field(default_factory=dict)
    _oppna: dict[str, TextIO] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.mapp.mkdir(parents=True, exist_ok=True)
        for fil in KOLUMNER:  # a leftover file of an earlier, larger package would be read as part of this one
            (self.mapp / f"{fil}.csv").unlink(missing_ok=True)
        return self

    def __exit__(self, typ: type[BaseException] | None, fel: BaseException | None, spar: TracebackType | None) -> None:
        for fil in self._oppna.values():
            fil.close()

    def rad(self, fil: str, *falt: object) -> None:
        """One row that was known in time."""
        if not self.sent:
            self._skriv(fil, ";".join(map(str, falt)) + "\n", 1)

    def sen_rad(self, fil: str, *falt: object) -> None:
        """One row that came too late: new, or the corrected form of one that `rad` wrote."""
        if self.sent:
            self._skriv(fil, ";".join(map(str, falt)) + "\n", 1)

    def rader(self, fil: str, fardiga: list[str]) -> None:
        """Many rows, each already text with its line end (the fast path of närvaro and besök)."""
        if fardiga and not self.sent:
            self._skriv(fil, "".join(fardiga), len(fardiga))

    def sena_rader(self, fil: str, fardiga: list[str]) -> None:
        if fardiga and self.sent:
            self._skriv(fil, "".join(fardiga), len(fardiga))

    def _skriv(self, fil: str, text: str, antal: int) -> None:
        ut = self._oppna.get(fil)
        if ut is None:
            ut = self._oppna[fil] = (self.mapp / f"{fil}.csv").open(
                "w", encoding="utf-8", newline="\n", buffering=1 << 18
            )
            ut.write(KOLUMNER[fil] + "\n")
            self.antal[fil] = 0
        ut.write(text)
        self.antal[fil] += antal


def text(varden: Iterable[object]) -> str:
    """A comma-separated list in one field."""
    return ",".join(map(str, varden))
