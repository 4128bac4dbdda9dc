"""What needs doing: each app says it for its own things, and the start page shows it to whom it concerns."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Uppgift:
    """A line of a work list, as komponenter/arbetslista.html shows it. Each text may have a quieter one under it.

    `nar`: when, or how long is left; `sen`: it is late, or nearly. `vem`: the person or thing, a link to `adress`.
    `vad`: what it is about. `lage`: how far it has come. `nasta`: what to do, a link to `nasta_adress`.
    `andel`: how much of the time has gone, 0–100; None = no bar. `person`: whose name the line shows, for the log.
    """

    nar: str
    vem: str
    adress: str
    vad: str
    lage: str
    nasta: str
    nasta_adress: str
    nar_under: str = ""
    vem_under: str = ""
    vad_under: str = ""
    lage_under: str = ""
    sen: bool = False
    andel: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Uppgiftsgrupp:
    """Things to do of one kind. `antal` may be more than the `uppgifter` shown; `alla` is where the rest are.

    `kort`: its name among the key figures; `not_`: what to know of the number there; `sen`: red.
    """

    nyckel: str
    rubrik: str
    kort: str
    ingress: str
    uppgifter: list[Uppgift] = field(default_factory=list)
    antal: int = 0
    not_: str = ""
    sen: bool = False
    alla: str = ""

    @property
    def personer(self) -> list[int]:
        """Primary keys of those whose names the lines show."""
        return [ett.person for ett in self.uppgifter if ett.person is not None]
