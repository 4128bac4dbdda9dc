"""The demo municipality: the same every time, valid, and in the proportions of the municipal reports."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from paketgranskare import Paket, Rad, fel, las, tillsammans

from demokommun import skriv_paket, skriv_sent_paket
from demokommun.fall import FALL
from demokommun.fall.penna import FORSTA_INDEX
from demokommun.filer import KOLUMNER
from demokommun.personnummer import identitet, luhn

MANAD, FORSTA, SISTA = "2026-05", "2025-06-01", "2026-05-31"
BOENDESTOD = ("BSC", "BSN", "VAN", "NVI")


@dataclass(frozen=True)
class Ekstad:
    """One package read back, with who carries out what."""

    paket: Paket

    @property
    def beslut(self) -> dict[str, Rad]:
        return {b["beslut_id"]: b for b in self.paket["beslut"]}

    @property
    def utforare(self) -> dict[str, str]:
        enheter = {e["enhet_id"]: e["utforare_id"] for e in self.paket["enheter"]}
        return {v["verkstallighet_id"]: enheter[v["enhet_id"]] for v in self.paket["verkstalligheter"]}

    def pagaende(self) -> Iterator[tuple[str, str, str]]:
        """person, insats and utförare of what is carried out in the last month."""
        beslut, utforare = self.beslut, self.utforare
        for v in self.paket["verkstalligheter"]:
            if v["fran"] <= SISTA and (not v["till"] or v["till"] >= f"{MANAD}-01"):
                b = beslut[v["beslut_id"]]
                yield b["person_id"], b["insats"], utforare[v["verkstallighet_id"]]

    def antal(self, insats: str, regi: str = "") -> int:
        regier = {u["utforare_id"]: u["regi"] for u in self.paket["utforare"]}
        return len({p for p, i, u in self.pagaende() if i == insats and regi in {"", regier[u]}})


@pytest.fixture(scope="module")
def ekstad(tmp_path_factory: pytest.TempPathFactory) -> Ekstad:
    mapp = tmp_path_factory.mktemp("ekstad")
    skriv_paket(mapp, till_manad=MANAD, manader=12)
    return Ekstad(las(mapp))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Paket:
    mapp = tmp_path_factory.mktemp("sent")
    skriv_sent_paket(mapp, till_manad=MANAD, manader=12)
    return las(mapp)


def innehall(mapp: Path) -> dict[str, bytes]:
    return {vag.name: vag.read_bytes() for vag in sorted(mapp.iterdir())}


def timmar(start: str, slut: str) -> float:
    return (datetime.fromisoformat(slut) - datetime.fromisoformat(start)).total_seconds() / 3600


def test_samma_argument_ger_samma_bytes(tmp_path: Path) -> None:
    for namn in ("ett", "tva"):
        skriv_paket(tmp_path / namn, till_manad=MANAD, skala=0.02, fro=7)
        skriv_sent_paket(tmp_path / namn / "sent", till_manad=MANAD, skala=0.02, fro=7)
    assert innehall(tmp_path / "ett" / "sent") == innehall(tmp_path / "tva" / "sent")
    for vag in (tmp_path / "ett").glob("*.csv"):
        assert vag.read_bytes() == (tmp_path / "tva" / vag.name).read_bytes()


def test_ett_annat_fro_ger_en_annan_kommun(tmp_path: Path) -> None:
    for fro in (1, 2):
        skriv_paket(tmp_path / str(fro), till_manad=MANAD, manader=1, skala=0.02, fro=fro)
    assert (tmp_path / "1" / "narvaro.csv").read_bytes() != (tmp_path / "2" / "narvaro.csv").read_bytes()


def test_en_persons_akt_beror_inte_pa_hur_manga_andra_som_finns(tmp_path: Path) -> None:
    akter = []
    for skala in (0.02, 0.05):
        skriv_paket(tmp_path / str(skala), till_manad=MANAD, manader=3, skala=skala)
        paket = las(tmp_path / str(skala))
        beslut = [b for b in paket["beslut"] if b["person_id"] == "P100003"]
        akter.append((beslut, [n for n in paket["narvaro"] if n["verkstallighet_id"].startswith("V100003")]))
    assert akter[0] == akter[1]
    assert all(akter[0])


def test_ett_gammalt_paket_i_samma_mapp_lamnar_inget_efter_sig(tmp_path: Path) -> None:
    skriv_paket(tmp_path, till_manad=MANAD, manader=1, skala=0.02)
    skriv_sent_paket(tmp_path, till_manad=MANAD, manader=1, skala=0.02)
    assert "personer.csv" not in innehall(tmp_path)


def test_paketet_foljer_formatets_alla_regler(ekstad: Ekstad) -> None:
    assert fel(ekstad.paket)[:5] == []


def test_det_sena_paketet_foljer_reglerna_ovanpa_det_forsta(ekstad: Ekstad, sent: Paket) -> None:
    efter = tillsammans(ekstad.paket, sent)
    assert fel(efter)[:5] == []
    assert len(efter["narvaro"]) > len(ekstad.paket["narvaro"])


@pytest.mark.parametrize(
    ("manad", "manader", "skala"), [("2026-01", 1, 0.1), ("2025-03", 7, 0.05), ("2028-02", 1, 2.3)]
)
def test_andra_perioder_och_storlekar_foljer_ocksa_reglerna(
    tmp_path: Path, manad: str, manader: int, skala: float
) -> None:
    skriv_paket(tmp_path / "p", till_manad=manad, manader=manader, skala=skala)
    skriv_sent_paket(tmp_path / "s", till_manad=manad, manader=manader, skala=skala)
    paket = las(tmp_path / "p")
    assert fel(paket)[:5] == []
    assert fel(tillsammans(paket, las(tmp_path / "s")))[:5] == []


def test_antalen_i_svaret_ar_antalen_rader(tmp_path: Path) -> None:
    info = skriv_paket(tmp_path, till_manad=MANAD, manader=2, skala=0.02)
    assert dict(info.antal) == {fil: len(rader) for fil, rader in las(tmp_path).items() if rader}


def test_bestandet_har_rapporternas_storlek(ekstad: Ekstad) -> None:
    assert ekstad.antal("LSS-10", "privat") == 226
    assert ekstad.antal("LSS-9", "privat") == 239
    assert ekstad.antal("SOL-BOSTOD") == 551
    beslut = [b for b in ekstad.paket["beslut"] if b["utfall"] != "avslag" and (not b["till"] or b["till"] >= SISTA)]
    lss = {b["person_id"] for b in beslut if b["lagrum"] == "LSS"}
    sol = {b["person_id"] for b in beslut if b["lagrum"] == "SoL"}
    assert len(lss) == pytest.approx(950, abs=15)
    assert len(sol - lss) == pytest.approx(300, abs=10)


def test_utbudet_har_rapporternas_storlek(ekstad: Ekstad) -> None:
    enheter = Counter(e["utforare_id"] for e in ekstad.paket["enheter"])
    assert enheter["GBK"] + enheter["SBK"] == 22
    assert sum(enheter[kod] for kod in ("DVK", "SOL", "HAN", "TRA", "MED", "KVH")) == 32
    assert {u for _, i, u in ekstad.pagaende() if i == "SOL-BOSTOD"} == set(BOENDESTOD)
    assert {a["modell"] for a in ekstad.paket["avtal"]} == {"dygn", "narvaro", "manad", "utford_tid", "bestalld_tid"}


def test_en_tiondel_har_samma_proportioner(tmp_path: Path) -> None:
    """The cases are the same at every scale and are left out."""
    skriv_paket(tmp_path, till_manad=MANAD, manader=1, skala=0.1)
    liten = Ekstad(las(tmp_path))
    regi = {u["utforare_id"]: u["regi"] for u in liten.paket["utforare"]}
    antal = Counter((i, regi[u]) for p, i, u in set(liten.pagaende()) if not p.startswith("F"))
    assert antal["LSS-10", "privat"] == pytest.approx(22, abs=3)
    assert antal["LSS-9", "privat"] == pytest.approx(24, abs=3)
    assert antal["SOL-BOSTOD", "egen"] + antal["SOL-BOSTOD", "privat"] == pytest.approx(55, abs=4)


def boendestodets_timmar(ekstad: Ekstad) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Ordered, carried out and bomtid hours of the period, per utförare."""
    beslut, utforare = ekstad.beslut, ekstad.utforare
    bestallda: Counter[str] = Counter()
    utforda: Counter[str] = Counter()
    bom: Counter[str] = Counter()
    for v in ekstad.paket["verkstalligheter"]:
        b, fran, till = beslut[v["beslut_id"]], max(v["fran"], FORSTA), min(v["till"] or SISTA, SISTA)
        if b["insats"] == "SOL-BOSTOD" and fran <= till:
            per_vecka = float(v["bestallt_antal"] or b["omfattning"] or 0)
            bestallda[utforare[v["verkstallighet_id"]]] += (timmar(fran, till) / 24 + 1) / 7 * per_vecka
    for k in ekstad.paket["besok"]:
        kod = utforare[k["verkstallighet_id"]]
        if k["utford_start"]:
            utforda[kod] += timmar(k["utford_start"], k["utford_slut"])
        elif k["avbokad_av"] == "brukare" and (not k["avbokad"] or timmar(k["avbokad"], k["planerad_start"]) < 24):
            bom[kod] += timmar(k["planerad_start"], k["planerad_slut"])
    return bestallda, utforda, bom


def test_boendestodet_utfor_69_procent_av_bestalld_tid(ekstad: Ekstad) -> None:
    bestallda, utforda, bom = boendestodets_timmar(ekstad)
    assert sum(utforda[kod] for kod in BOENDESTOD) / sum(bestallda.values()) == pytest.approx(0.69, abs=0.02)
    assert sum(bestallda.values()) == pytest.approx(98_360, rel=0.05)
    assert bom["VAN"] / bestallda["VAN"] == pytest.approx(0.30, abs=0.02)
    assert utforda["NVI"] / bestallda["NVI"] == pytest.approx(1.0, abs=0.02)
    assert all(utforda[kod] / bestallda[kod] < 0.75 for kod in ("BSC", "BSN", "VAN"))


def test_en_utforare_registrerar_halften_i_efterhand(ekstad: Ekstad) -> None:
    utforda = [k for k in ekstad.paket["besok"] if k["utford_start"]]
    utforare = ekstad.utforare
    alla = Counter(utforare[k["verkstallighet_id"]] for k in utforda)
    efterhand = Counter(utforare[k["verkstallighet_id"]] for k in utforda if k["registrering"] == "efterhand")
    assert efterhand["NVI"] / alla["NVI"] > 0.4
    assert all(efterhand[kod] / alla[kod] < 0.2 for kod in ("BSC", "BSN", "VAN"))


def test_alla_personnummer_ar_testnummer_och_olika(ekstad: Ekstad) -> None:
    nummer = [p["personnummer"] for p in ekstad.paket["personer"]]
    assert len(set(nummer)) == len(nummer)
    vanliga = [n for n in nummer if "-" not in n]
    assert all(980 <= int(n[8:11]) <= 999 and n[11] == luhn(n[2:11]) for n in vanliga)
    assert all(date(int(n[:4]), int(n[4:6]), int(n[6:8]) % 60) for n in vanliga)
    assert 0 < sum(int(n[6:8]) > 60 for n in vanliga) < 20
    assert {n[9:10] for n in nummer if "-" in n} == {"T"}


def test_hela_landet_far_plats_i_testnumren() -> None:
    """Numbers alone: eighty municipalities' worth of persons and their cases."""
    index = [*range(0, 106_000, 7), *range(105_000, 106_000), *(FORSTA_INDEX + nr for nr in range(len(FALL) + 1))]
    vuxna = {identitet(i, 2026, barn=False).nummer for i in index}
    assert len(vuxna) == len(set(index))


def test_organisationsnummer_hor_till_en_pahittad_serie(ekstad: Ekstad) -> None:
    for u in ekstad.paket["utforare"]:
        nummer = u["organisationsnummer"]
        assert nummer.startswith("559900")
        assert nummer[-1] == luhn(nummer[:-1])


def test_varje_fall_finns_i_varje_storlek(tmp_path: Path, ekstad: Ekstad) -> None:
    skriv_paket(tmp_path, till_manad=MANAD, manader=1, skala=0.001)
    for paket in (las(tmp_path), ekstad.paket):
        assert {p["person_id"] for p in paket["personer"]} >= {fall.person_id for fall in FALL}


def test_manga_slags_oordning_finns_att_hitta(ekstad: Ekstad) -> None:
    """Late, missing and doubtful data of each kind also among the many, not only in the cases."""
    p = ekstad.paket
    assert {n["status"] for n in p["nivabedomningar"]} == {"inskickad", "godkand", "avvisad"}
    assert {b["omfattning_enhet"] for b in p["beslut"]} == {
        "",
        "timmar_vecka",
        "timmar_manad",
        "dygn_manad",
        "dagar_vecka",
    }
    verkstallda = {v["beslut_id"] for v in p["verkstalligheter"]}
    assert len([b for b in p["beslut"] if b["beslut_id"] not in verkstallda and b["utfall"] == "bifall"]) > 10
    beslut = ekstad.beslut
    assert len([v for v in p["verkstalligheter"] if not v["till"] and "" < beslut[v["beslut_id"]]["till"] <= SISTA]) > 5
    assert len([b for b in p["beslut"] if "" < b["uppfoljning"] <= SISTA]) > 20
    assert 3 < sum(person["skyddad"] == "ja" for person in p["personer"]) < 12


def test_prisandringar_ligger_i_perioden(ekstad: Ekstad) -> None:
    dagar = {pris["fran"][5:] for pris in ekstad.paket["priser"] if "2024-06-01" < pris["fran"] <= SISTA}
    assert dagar == {"01-01", "02-01", "04-01"}


def test_en_ogiltig_storlek_vagras(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="större än noll"):
        skriv_paket(tmp_path, till_manad=MANAD, skala=0)


def test_kolumnerna_ar_formatets(ekstad: Ekstad) -> None:
    for fil, rader in ekstad.paket.items():
        if rader:
            assert ";".join(rader[0]) == KOLUMNER[fil]
