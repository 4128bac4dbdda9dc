"""A strict reader of SIE 4I, written from the format and not from the writer: it refuses what it does not expect."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

_FALT = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|(\{)|(\})|([^\s"{}]+))')
_BELOPP = re.compile(r"-?[0-9]+\.[0-9]{2}")
_DAG = re.compile(r"20[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
ORDNING = ["#FLAGGA", "#PROGRAM", "#FORMAT", "#GEN", "#SIETYP", "#FNAMN", "#KONTO", "#DIM", "#OBJEKT", "#VER"]


class SieFel(ValueError):  # noqa: N818  Fel is Swedish for Error
    """The file is not SIE 4I."""


@dataclass
class Trans:
    konto: str
    objekt: dict[str, str]
    belopp: Decimal
    dag: str
    text: str


@dataclass
class Ver:
    serie: str
    nummer: str
    dag: str
    text: str
    rader: list[Trans] = field(default_factory=list)


@dataclass
class Sie:
    poster: dict[str, list[list[str]]] = field(default_factory=dict)
    ver: list[Ver] = field(default_factory=list)


def _krav(villkor: object, text: str) -> None:
    if not villkor:
        raise SieFel(text)


def _falt(rad: str) -> list[str]:
    """The fields of a line; braces stand as fields of their own."""
    svar, plats = [], 0
    while plats < len(rad.rstrip()):
        traff = _FALT.match(rad, plats)
        _krav(traff, f"går inte att läsa: {rad!r}")
        assert traff is not None
        citat, oppna, stang, ord_ = traff.groups()
        svar.append(oppna or stang or ord_ or (citat or "").replace('\\"', '"'))
        plats = traff.end()
    return svar


def las(data: bytes) -> Sie:
    """Read the file. SieFel with what is wrong."""
    _krav(data.endswith(b"\r\n"), "filen slutar mitt i en rad")
    text = data.decode("cp437")
    _krav(not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", text), "styrtecken")
    sie, oppen = Sie(), False
    for rad in text.split("\r\n")[:-1]:
        if rad == "{":
            _krav(not oppen and sie.ver and not sie.ver[-1].rader, "{ utan #VER")
            oppen = True
        elif rad == "}":
            _krav(oppen and sie.ver[-1].rader, "tom verifikation")
            _krav(sum(trans.belopp for trans in sie.ver[-1].rader) == 0, "verifikationen går inte jämnt ut")
            oppen = False
        elif oppen:
            sie.ver[-1].rader.append(_trans(_falt(rad), sie))
        else:
            _post(_falt(rad), sie)
    _krav(not oppen, "} saknas")
    _huvud(sie)
    return sie


def _post(falt: list[str], sie: Sie) -> None:
    etikett, *varden = falt
    _krav(etikett in ORDNING, f"okänd post {etikett}")
    senast = max((ORDNING.index(ett) for ett in sie.poster if ett not in {"#DIM", "#OBJEKT"}), default=-1)
    _krav(ORDNING.index(etikett) >= senast, f"{etikett} på fel plats")
    sie.poster.setdefault(etikett, []).append(varden)
    if etikett == "#VER":
        serie, nummer, dag, text, _ = varden
        _krav(_DAG.fullmatch(dag), f"fel dag {dag}")
        _krav((serie, nummer) not in {(ett.serie, ett.nummer) for ett in sie.ver}, "samma verifikation två gånger")
        sie.ver.append(Ver(serie, nummer, dag, text))


def _trans(falt: list[str], sie: Sie) -> Trans:
    etikett, konto, *rest = falt
    _krav(etikett == "#TRANS" and rest[0] == "{", "fel i #TRANS")
    slut = rest.index("}")
    par = rest[1:slut]
    objekt = dict(zip(par[::2], par[1::2], strict=True))
    belopp, dag, text = rest[slut + 1 :]
    _krav(konto in {ett[0] for ett in sie.poster.get("#KONTO", [])}, f"kontot {konto} saknas")
    for dim, kod in objekt.items():
        _krav([dim, kod, kod] in sie.poster.get("#OBJEKT", []), f"objektet {dim} {kod} saknas")
    _krav(_BELOPP.fullmatch(belopp) and Decimal(belopp), f"fel belopp {belopp}")
    return Trans(konto, objekt, Decimal(belopp), dag, text)


def _huvud(sie: Sie) -> None:
    for etikett in ORDNING[:6]:
        _krav(len(sie.poster.get(etikett, [])) == 1, f"{etikett} ska finnas en gång")
    _krav(sie.poster["#FLAGGA"] == [["0"]] and sie.poster["#FORMAT"] == [["PC8"]], "fel huvud")
    _krav(sie.poster["#SIETYP"] == [["4"]], "fel SIETYP")
    _krav(_DAG.fullmatch(sie.poster["#GEN"][0][0]), "fel #GEN")
