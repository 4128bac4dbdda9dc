"""A reader with every public report, in every selection, cannot tell how many a group of one to four persons is.

What is hidden is looked for where it is known to be: the truth is read here beside the reports. That the attack finds
what is not hidden is shown with the protection taken away, and with each number that has been left out put back.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from beslut.ord import insats_i_ord
from grund.arbetsbok import Slag
from grund.text import stor_forsta
from grund.tid import Manad
from tests.uppfoljning.omrakning.offentligt import (
    Sagt,
    Sak,
    alla_urval,
    ar_litet_tal,
    hela,
    med,
    rojda,
    tryckta,
    ur_tabell,
)
from uppfoljning.kvartal import Kvartal
from uppfoljning.rapport import fordelning
from uppfoljning.rapport.innehall import Bild, Nyckeltal, Rad, Rapport, Tabell
from uppfoljning.rapporter.avbokningar import queries as avbokningar
from uppfoljning.rapporter.avbokningar.laget import UTAN_ORSAK
from uppfoljning.rapporter.avbokningar.regler import Bomslag
from uppfoljning.rapporter.ej_verkstallda import queries as ej_verkstallda
from uppfoljning.rapporter.ej_verkstallda import rapport as ej_verkstallda_rapport
from uppfoljning.rapporter.ej_verkstallda.regler import tidsklass
from uppfoljning.rapporter.kpb import queries as kpb
from uppfoljning.rapporter.kpb.typ import KPB
from uppfoljning.rapporter.narvaro import queries as narvaro
from uppfoljning.rapporter.narvaro.gemensamt import LAGARNA
from uppfoljning.rapporter.perioden import Period
from uppfoljning.rapporter.volymer import offentligt as volymer_offentligt
from uppfoljning.rapporter.volymer import queries as volymer
from uppfoljning.undertryckning import MINST, Grupperat
from utforare.orsaker import avbokningsnamn

pytestmark = pytest.mark.django_db

MANADER = 8
# Not of persons: enheter and what they are held to, files that are handed in, measures, places, other municipalities.
INTE_PERSONER = re.compile(
    r"^(avtal_|leveranser_|handlingsplan_|kolada_|enkat_sma_enheter|bemanning_|narvaro_\w+_outn)"
)
INTE_PERSONTABELLER = re.compile(
    r"^(uppfoljda-regi|krav|brister-regi|leveranser|atgarder|sena|sedan|atgard|kolada|antaganden|plan_|dygnet|regi$)"
)
_ANTAL_I_ORD = re.compile(r"\b(\d+) (?:person|beslut|besök|brukare|svarande)")


@pytest.fixture(scope="module")
def trycket(demovarld: date, django_db_blocker: object) -> dict[str, list[Rapport]]:
    """Everything, made once."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return {nyckel: tryckta(nyckel, urval, demovarld) for nyckel, urval in alla_urval(demovarld, MANADER).items()}


def _var_for_sig(trycket: dict[str, list[Rapport]]) -> Iterator[tuple[str, Rapport]]:
    for nyckel, rapporter in trycket.items():
        for rapport in rapporter:
            yield f"{nyckel} {rapport.per} {rapport.urval}", rapport


# ---- each by itself ---------------------------------------------------------------------------------------------


def test_no_public_table_figure_sentence_or_picture_tells_of_one_to_four_persons(
    trycket: dict[str, list[Rapport]],
) -> None:
    assert list(_smatt(trycket)) == []
    assert sum(len(rapport.tabeller) for _, rapport in _var_for_sig(trycket)) > 100


def _smatt(trycket: dict[str, list[Rapport]]) -> Iterator[tuple[str, object]]:
    for var, rapport in _var_for_sig(trycket):
        if rapport.personer:
            yield var, "personer"
        for tabell in rapport.tabeller:
            yield from ((f"{var} {tabell.nyckel}", fel) for fel in _i_tabell(tabell))
        for tal in rapport.nyckeltal:
            yield from ((f"{var} {tal.nyckel}", fel) for fel in _i_tal(tal))
        yield from ((f"{var} {del_.nyckel}", fel) for del_ in rapport.delar for fel in _i_text(*del_.stycken))
        yield from ((var, fel) for fel in _i_text(*rapport.ekonomi, *rapport.forslag))
        for del_ in rapport.delar:
            if del_.bild and not _star_i_tabell(del_.bild, rapport):
                yield var, f"bilden {del_.bild.tabell}"


def _i_tabell(tabell: Tabell) -> Iterator[object]:
    """Cells, and what is left of a sum when the rows beside it are taken away."""
    if tabell.enskilda:
        yield "enskilda"
    if INTE_PERSONTABELLER.match(tabell.nyckel):
        return
    for plats, kolumn in enumerate(tabell.kolumner):
        celler = [rad.celler[plats] for rad in tabell.rader]
        if kolumn.slag is Slag.HELTAL:
            yield from filter(ar_litet_tal, celler)
            if tabell.summa and isinstance(summa := tabell.summa.celler[plats], int):
                kvar = summa - sum(ett for ett in celler if isinstance(ett, int))
                if kvar or ar_litet_tal(summa):
                    yield f"summan minus raderna: {kvar}"
        if kolumn.slag is Slag.ANDEL and tabell.nyckel == "trend":
            yield from (f"andelen {ett} har för många siffror" for ett in celler if not _ar_hela_procent(ett))


def _ar_hela_procent(varde: object) -> bool:
    return varde is None or (isinstance(varde, Decimal) and varde == round(varde, 2))


def _i_tal(tal: Nyckeltal) -> Iterator[object]:
    if INTE_PERSONER.match(tal.nyckel):
        return
    if tal.slag is Slag.HELTAL and ar_litet_tal(tal.varde):
        yield tal.varde
    if tal.av:
        delen, hela_ = tal.av
        yield from (ett for ett in (delen, hela_, hela_ - delen) if ar_litet_tal(ett))


def _i_text(*stycken: str) -> Iterator[str]:
    for stycke in stycken:
        text = stycke.replace("\N{NO-BREAK SPACE}", " ")
        yield from (ett.group(0) for ett in _ANTAL_I_ORD.finditer(text) if 0 < int(ett.group(1)) < MINST)


def _star_i_tabell(bild: Bild, rapport: Rapport) -> bool:
    """A picture has the rows of its table in the same order, and knows nothing where the table says nothing."""
    tabell = next(ett for ett in rapport.tabeller if ett.nyckel == bild.tabell)
    if tabell.nyckel in ("omraden", "over_tid", "atgarder"):
        return True  # of another division than the table's rows: the survey's områden and years, measures by status
    rader = [rad for rad in tabell.rader if len(tabell.rader) == len(bild.platser) or rad.celler[0] in bild.platser]
    return len(rader) == len(bild.platser) and not any(
        varde is not None and all(cell is None for cell in rad.celler[1:])
        for serie in bild.serier
        for rad, varde in zip(rader, serie.varden, strict=True)
    )


def test_what_must_not_matter_in_public_does_not_matter(trycket: dict[str, list[Rapport]]) -> None:
    """The notice, the days of a quarter, the insats that is looked at: else two answers could be subtracted."""
    for ett, annat in zip(trycket["avbokningar"][::2], trycket["avbokningar"][1::2], strict=True):
        assert ett == annat
    per_dag: dict[date, set[str]] = {}
    for rapport in (*trycket["volymer"], *trycket["omprovning-och-uppfoljning"]):
        per_dag.setdefault(rapport.per, set()).add(rapport.rubrik + repr(rapport.delar))
    assert all(len(olika) == 1 for olika in per_dag.values())


def test_nothing_is_told_of_a_time_that_has_not_ended(trycket: dict[str, list[Rapport]], demovarld: date) -> None:
    """Two days could be subtracted. Not even whether they are few is told."""
    for nyckel in ("ej-verkstallda", "behov-mot-bemanning", "datakvalitet", "fusk-och-fel"):
        pagar = [rapport for rapport in trycket[nyckel] if rapport.per == demovarld]
        assert pagar
        for rapport in pagar:
            assert not rapport.nyckeltal
            assert fordelning.FARRE not in repr(rapport.delar)


# ---- together, as equations -------------------------------------------------------------------------------------


def ej_verkstallda_saker(kvartal: Kvartal, idag: date) -> list[Sak]:
    orsaker = dict(ej_verkstallda_rapport._ORSAKER)
    underlag = ej_verkstallda.hamta(kvartal, idag)
    return [
        Sak(
            ett.person,
            frozenset(
                {
                    insats_i_ord(ett.insats),
                    stor_forsta(tidsklass(ett.frist.fran, underlag.dag)),
                    "Kvinnor" if ett.kvinna else "Män",
                    orsaker[ett.orsak],
                }
            ),
        )
        for ett in underlag.over
        if ett.frist.rapporteras
    ]


def avbokningar_saker(manad: Manad, idag: date) -> list[Sak]:
    underlag = avbokningar.hamta(Period(manad, manad), idag, utforare=None, varsel=24)
    return [
        Sak(
            ett.person,
            frozenset(
                {
                    stor_forsta(avbokningsnamn(ett.orsak)) if ett.orsak else UTAN_ORSAK,
                    "brukaren" if ett.av_brukaren else "utföraren",
                    f"{'' if ett.av_brukaren else 'utförarens '}{stor_forsta(ett.varsel)}",
                }
            ),
        )
        for ett in underlag.avbokningar
    ]


def narvaro_saker(manad: Manad, insats: str) -> list[Sak]:
    return [
        Sak(ett.person, frozenset({stor_forsta(ett.klass), "verkställs" if ett.verk else "verkställs inte"}))
        for ett in narvaro.hamta(Period(manad, manad)).dagverksamma
        if ett.insats == insats
    ]


def volymer_saker(dag: date, idag: date) -> list[Sak]:
    """Each person on the day: what the person has, and in which regi."""
    underlag = volymer.hamta(volymer.Urval(dag, date(dag.year - 1, 10, 1)), idag, offentlig=True)
    drag: dict[int, set[str]] = {}
    for insats, personer in underlag.nu.items():
        for person, utforare in personer.items():
            regier = {f"regi {underlag.utforare[pk].regi}" for pk in utforare}
            drag.setdefault(person, set()).update({insats_i_ord(insats)} | regier)
    return [Sak(person, frozenset(allt)) for person, allt in drag.items()]


def sagt_ej_verkstallda(trycket: dict[str, list[Rapport]], kvartal: Kvartal, saker: list[Sak]) -> list[Sagt]:
    svar = []
    for rapport in trycket["ej-verkstallda"]:
        for tabell in rapport.tabeller:
            if tabell.nyckel == "trend":
                varden = {rad.celler[0]: rad.celler[1] for rad in tabell.rader}
                if isinstance(varde := varden.get(stor_forsta(kvartal.i_ord)), int):
                    svar.append(Sagt(hela(saker), varde, f"trenden {rapport.per}"))
            elif rapport.per == kvartal.sista:
                svar += ur_tabell(tabell, saker, hela(saker))
        if rapport.per == kvartal.sista:
            svar += _tal(rapport, {"ej_verkstallda_over": hela(saker)})
    return svar


def sagt_avbokningar(rapport: Rapport, saker: list[Sak]) -> list[Sagt]:
    brukarens = med(saker, "brukaren")
    svar = _tal(
        rapport,
        {
            "avbokningar_andel": hela(saker),
            "avbokningar_brukare": brukarens,
            "avbokningar_utforare": med(saker, "utföraren"),
        },
    )
    for tabell in rapport.tabeller:
        if tabell.nyckel in ("varsel", "orsaker"):
            svar += ur_tabell(tabell, saker, brukarens if tabell.nyckel == "varsel" else hela(saker))
    return svar


def sagt_narvaro(rapport: Rapport, lag: str, saker: list[Sak]) -> list[Sagt]:
    svar = [
        ett
        for tabell in rapport.tabeller
        if tabell.nyckel == f"{lag}_dagar"
        for ett in ur_tabell(tabell, saker, med(saker, "verkställs"))
    ]
    (del_,) = (ett for ett in rapport.delar if ett.nyckel == lag)
    forst = del_.stycken[0].split(" ")[0]
    if forst.isdigit():
        svar.append(Sagt(med(saker, "verkställs"), int(forst), "meningen"))
        # the report of volumes may tell of the same day: then he has that number too
        svar.append(Sagt(med(saker, "verkställs"), int(forst), "volymer"))
    return svar


def sagt_volymer(trycket: dict[str, list[Rapport]], dag: date, saker: list[Sak]) -> list[Sagt]:
    """From every document that has a column for the day."""
    svar = []
    for rapport in trycket["volymer"]:
        for tabell in rapport.tabeller:
            rubriker = [ett.rubrik for ett in tabell.kolumner]
            if str(dag) in rubriker and tabell.nyckel in ("insatser", "regi"):
                plats = rubriker.index(str(dag))
                rader = [Rad((rad.celler[0], rad.celler[plats])) for rad in tabell.rader]
                svar += [
                    Sagt(med(saker, str(namn)), antal, f"{tabell.nyckel}: {namn}")
                    for namn, antal in (rad.celler for rad in rader)
                    if isinstance(antal, int) and namn != fordelning.OVRIGA
                ]
        if rapport.per == dag:
            svar += _tal(rapport, {"volym_personer": hela(saker)})
    return svar


def _tal(rapport: Rapport, vilka: dict[str, frozenset[frozenset[str]]]) -> list[Sagt]:
    """Figures, and what shares are of."""
    return [
        Sagt(vilka[ett.nyckel], int(ett.av[0] if ett.av else ett.varde), ett.nyckel)  # type: ignore[arg-type]
        for ett in rapport.nyckeltal
        if ett.nyckel in vilka
    ]


def _varldar(trycket: dict[str, list[Rapport]], idag: date) -> Iterator[tuple[str, list[Sak], list[Sagt]]]:
    """Each thing that is counted, with all that is said of it anywhere."""
    for steg in range(1, 6):
        kvartal = Kvartal.av(idag).plus(-steg)
        saker = ej_verkstallda_saker(kvartal, idag)
        yield f"ej verkställda {kvartal}", saker, sagt_ej_verkstallda(trycket, kvartal, saker)
    for rapport in trycket["avbokningar"][::2]:
        saker = avbokningar_saker(Manad.av(rapport.per), idag)
        yield f"avbokningar {rapport.per}", saker, sagt_avbokningar(rapport, saker)
    for rapport in trycket["narvaro"][:-1]:
        for lag in LAGARNA:
            saker = narvaro_saker(Manad.av(rapport.per), lag.insats)
            yield f"närvaro {lag.nyckel} {rapport.per}", saker, sagt_narvaro(rapport, lag.nyckel, saker)
    for dag in sorted({rapport.per for rapport in trycket["volymer"]}):
        saker = volymer_saker(dag, idag)
        yield f"volymer {dag}", saker, sagt_volymer(trycket, dag, saker)


def test_no_group_of_one_to_four_can_be_solved_for_from_all_that_is_printed(
    trycket: dict[str, list[Rapport]], demovarld: date
) -> None:
    varldar = list(_varldar(trycket, demovarld))
    assert [(namn, vad) for namn, saker, sagt in varldar for vad in rojda(saker, sagt)] == []
    assert sum(bool(sagt) for _, _, sagt in varldar) > 10  # there was something to solve
    for namn, saker, sagt in varldar:
        for ett in sagt:
            assert ett.antal == sum(sak.cell in ett.celler for sak in saker), (namn, ett.var)


# ---- kronor -----------------------------------------------------------------------------------------------------


def test_no_kronor_of_a_year_rest_on_fewer_than_five(trycket: dict[str, list[Rapport]], demovarld: date) -> None:
    """Neither a row's, nor what is left of the sum when the rows with names are taken away."""
    form = KPB.form({"ar": "2025"}, idag=demovarld)  # type: ignore[call-arg]
    assert form.is_valid()
    alla = kpb.hamta(2025, form.boksluten).period.platser  # type: ignore[attr-defined]
    per_namn: dict[str, set[int]] = {}
    for plats in alla:
        per_namn.setdefault(insats_i_ord(plats.insats), set()).add(plats.person)
    (tabell,) = (ett for rapport in trycket["kpb"] if rapport.per.year == 2025 for ett in rapport.tabeller)
    visade = {str(rad.celler[0]): rad.celler[1] for rad in tabell.rader if rad.celler[0] != fordelning.OVRIGA}
    assert visade == {namn: len(per_namn[namn]) for namn in visade}
    resten = set().union(*(vilka for namn, vilka in per_namn.items() if namn not in visade))
    assert min(len(resten), *visade.values()) >= MINST  # type: ignore[call-overload]
    assert any(0 < len(vilka) < MINST for vilka in per_namn.values())  # there was something to hide


def test_no_kronor_for_bomtid_rest_on_fewer_than_five(trycket: dict[str, list[Rapport]], demovarld: date) -> None:
    slagen = {
        "avbokningar_bomtid_betalt": Bomslag.BETALS,
        "avbokningar_bomtid_ingar": Bomslag.INGAR,
        "avbokningar_bomtid_skulle_kosta": Bomslag.OBETALD,
    }
    sedda = 0
    for rapport in trycket["avbokningar"][::2]:
        manad = Manad.av(rapport.per)
        bommar = avbokningar.hamta(Period(manad, manad), demovarld, utforare=None, varsel=24).bomtid
        for tal in rapport.nyckeltal:
            if slag := slagen.get(tal.nyckel):
                assert len({ett.person for ett in bommar if ett.slag is slag}) >= MINST
                sedda += 1
    assert sedda


# ---- the attack succeeds when it should ---------------------------------------------------------------------------


def _inget_slas_samman(per_slag: dict[object, frozenset[int]]) -> Grupperat[object]:
    return Grupperat(tuple(per_slag), frozenset())


def test_without_protection_the_same_reader_finds_many(demovarld: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fordelning, "gruppera", _inget_slas_samman)
    monkeypatch.setattr(volymer_offentligt, "gruppera", _inget_slas_samman)
    monkeypatch.setattr("uppfoljning.rapporter.avbokningar.laget.ar_for_fa", lambda _: False)
    urval = alla_urval(demovarld, 4) | {"ej-verkstallda": []}
    oskyddat = {
        ett: tryckta(ett, urval[ett], demovarld) for ett in ("ej-verkstallda", "avbokningar", "narvaro", "volymer")
    }
    assert list(_smatt(oskyddat))
    hittat = [(namn, vad) for namn, saker, sagt in _varldar(oskyddat, demovarld) for vad in rojda(saker, sagt)]
    assert {namn.split(" ")[0] for namn, _ in hittat} == {"avbokningar", "närvaro", "volymer"}
    assert len(hittat) > 20


def test_a_number_of_different_persons_would_tell_how_many_have_two() -> None:
    """So it is left out: beside insatser or forms of contract, who has both is what is left."""
    saker = [Sak(nr, frozenset({"A"})) for nr in range(20)] + [Sak(nr, frozenset({"B"})) for nr in range(20, 30)]
    saker += [Sak(nr, frozenset({"A", "B"})) for nr in range(30, 33)]
    rader = [Sagt(med(saker, ett), sum(ett in sak.cell for sak in saker), ett) for ett in ("A", "B")]
    assert list(rojda(saker, rader)) == []
    assert list(rojda(saker, [*rader, Sagt(hela(saker), len(saker), "alla")]))
