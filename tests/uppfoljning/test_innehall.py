"""What the document says: every sentence from the figures, also where there is nothing to compare with."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from beslut.regler import Insats
from ersattning.regler import Avvikelsekod, Radenhet
from grund.tid import Manad
from tests.uppfoljning.kommuner import HUVUD, MAJ, cell, dokument, fakta, manadsdata, underlag
from uppfoljning.tjansteutlatande import ordval
from uppfoljning.tjansteutlatande.innehall import Tabell, Utlatande
from uppfoljning.tjansteutlatande.siffror import rakna
from uppfoljning.tjansteutlatande.underlag import Avvikelseslag, Manadsdata, Tillagg, Volym
from uppfoljning.undertryckning import Cell
from utforare.regler import Avtalsform

APRIL, FJOL = MAJ.plus(-1), MAJ.plus(-12)
BARN, DV, BOSTOD = Insats.BOSTAD_BARN, Insats.DAGLIG_VERKSAMHET, Insats.BOENDESTOD
EGEN, LOV = Avtalsform.EGENREGI, Avtalsform.LOV


def folk(antal: int, fran: int = 0) -> range:
    return range(fran, fran + antal)


def celler(dv: str = "9000", bostod: str = "5000", antal: int = 30) -> Sequence[Cell]:
    return [cell(DV, LOV, folk(antal), dv), cell(BOSTOD, EGEN, folk(20, 100), bostod)]


def avsnitt(utlatande: Utlatande, rubrik: str) -> str:
    delar = [*utlatande.arendet, utlatande.ekonomi]
    return " ".join(" ".join((*del_.stycken, *del_.efter)) for del_ in delar if del_.rubrik == rubrik).replace(
        "\xa0", " "
    )


def tabell(utlatande: Utlatande, rubrik: str) -> Tabell:
    return next(tabell for tabell in utlatande.tabeller if tabell.rubrik.startswith(rubrik))


def sammanfattning(utlatande: Utlatande) -> str:
    return " ".join(utlatande.sammanfattning).replace("\xa0", " ")


def jamfort(nu: str, da: str | None) -> str:
    """The summary when daglig verksamhet costs `nu` and cost `da` the month before."""
    data = {MAJ: manadsdata(MAJ, celler(nu))}
    if da:
        data[APRIL] = manadsdata(APRIL, celler(da))
    return sammanfattning(dokument(underlag(data)))


def test_a_rise_a_fall_and_no_change_are_said_as_such() -> None:
    assert "Stödet i maj 2026 kostade 21 tkr. Det är 7 000 kronor (50,0 procent) mer än i april." in jamfort(
        "16000", "9000"
    )
    assert "kostade 14 tkr. Det är 7 000 kronor (33,3 procent) mindre än i april." in jamfort("9000", "16000")
    assert "kostade 14 tkr. Det är lika mycket som i april." in jamfort("9000", "9000")
    assert "Det är 1 krona (mindre än 0,1 procent) mer än i april." in jamfort("9001", "9000")


def test_what_there_is_nothing_to_compare_with_is_said() -> None:
    utan = jamfort("9000", None)
    assert "Det är" not in utan
    assert "April 2026 är inte beräknad i systemet, så det går inte att jämföra med föregående månad." in utan
    assert "Maj 2025 är inte beräknad i systemet, så det går inte att jämföra med samma månad förra året." in utan


def test_all_three_months_stand_side_by_side() -> None:
    data = {manad: manadsdata(manad, celler(dv)) for manad, dv in ((MAJ, "9000"), (APRIL, "8000"), (FJOL, "9999"))}
    utlatande = dokument(underlag(data))
    assert tabell(utlatande, "Kostnad per insats").kolumner == ("Insats", "Maj 2026", "Andel", "April 2026", "Maj 2025")
    assert "mer än i april och 999 kronor (6,7 procent) mindre än i maj 2025." in sammanfattning(utlatande)
    assert "inte beräknad" not in sammanfattning(utlatande)
    forandrat = tabell(utlatande, "Förändrad kostnad")
    assert [rad.celler for rad in forandrat.rader] == [
        ("+1\xa0000", "+12,5\xa0%", "−999", "−10,0\xa0%"),
        ("0", "0,0\xa0%", "0", "0,0\xa0%"),
    ]


def test_one_is_singular() -> None:
    data = {manad: manadsdata(manad, celler(antal=antal)) for manad, antal in ((MAJ, 30), (APRIL, 29))}
    avvikelser = [Avvikelseslag(Avvikelsekod.OVER_BESTALLD_TID, frozenset(folk(5)), 5)]
    utlatande = dokument(underlag(data, avvikelser=avvikelser))
    assert "Ersättningen avser 50 insatser, 1 fler än i april." in sammanfattning(utlatande)
    assert "Sedan april ökade daglig verksamhet (LSS) mest, med en person." in avsnitt(utlatande, "Volymer")
    assert "minskade" not in avsnitt(utlatande, "Volymer")
    assert ordval.litet_antal(1, "person", "personer") == "en person"
    assert ordval.litet_antal(2, "person", "personer") == "två personer"
    assert ordval.litet_antal(13, "person", "personer") == "13\xa0personer"


def test_the_sums_of_every_table_are_those_of_its_rows() -> None:
    tredjedelar = [
        cell(DV, LOV, folk(9), "100.50"),
        cell(BOSTOD, EGEN, folk(9), "100.50"),
        cell(BARN, LOV, folk(9), "0.49"),
    ]
    utlatande = dokument(underlag({MAJ: manadsdata(MAJ, tredjedelar), APRIL: manadsdata(APRIL, tredjedelar)}))
    for rubrik in ("Kostnad per insats", "Kostnad per regi"):
        en = tabell(utlatande, rubrik)
        assert en.summa
        assert en.summa.celler[0] == "201"
        assert sum(int(rad.celler[0]) for rad in en.rader) == 201


def test_ordinarie_corrections_and_bonus_are_told_apart_to_the_ore() -> None:
    data = {MAJ: manadsdata(MAJ, celler("9000.25", "5000.30"))}
    tillagg = [
        Tillagg(APRIL, frozenset(folk(6)), Decimal("-310.10")),
        Tillagg(FJOL, frozenset(folk(7)), Decimal("55.55")),
        Tillagg(None, frozenset(folk(5)), Decimal("25000.00")),
    ]
    utlatande = dokument(underlag(data, tillagg=tillagg))
    korningen = tabell(utlatande, "Körningen")
    assert [(rad.namn, rad.celler[0].replace("\xa0", " ")) for rad in korningen.rader] == [
        ("Stöd i maj 2026", "14 000,55"),
        ("Rättelser av maj 2025", "55,55"),
        ("Rättelser av april 2026", "−310,10"),
        ("Arbetsbonus", "25 000,00"),
    ]
    assert korningen.summa
    assert korningen.summa.celler == ("38\xa0746,00",)
    assert "uppgår körningen till 38 746,00 kronor." in avsnitt(utlatande, "Ekonomiska konsekvenser")
    texten = avsnitt(utlatande, "Rättelser och arbetsbonus")
    assert "Rättelserna av maj 2025 ökar kostnaden med 55,55 kronor netto och avser sju personer." in texten
    assert "Rättelserna av april 2026 minskar kostnaden med 310,10 kronor netto och avser sex personer." in texten
    assert "Arbetsbonus betalas med 25 000,00 kronor och avser fem personer." in texten


def test_corrections_for_few_are_merged_with_bonus_and_hidden_where_even_that_is_few() -> None:
    data = {MAJ: manadsdata(MAJ, celler())}
    rattelser, bonus = (
        Tillagg(APRIL, frozenset(folk(3)), Decimal(-310)),
        Tillagg(None, frozenset(folk(2, 50)), Decimal(900)),
    )
    samman = avsnitt(dokument(underlag(data, tillagg=[rattelser, bonus])), "Rättelser och arbetsbonus")
    assert "Rättelserna av tidigare månader och arbetsbonus ökar kostnaden med 590,00 kronor netto" in samman
    assert "avser minst fem personer" in samman
    dolt = dokument(underlag(data, tillagg=[rattelser]))
    assert "för färre än fem personer. De visas inte" in avsnitt(dolt, "Rättelser och arbetsbonus")
    assert "310" not in str(dolt)
    assert "13\xa0690" not in str(dolt)
    assert rakna(underlag(data, tillagg=[rattelser])).totalt is None


def test_justeringar_of_the_utforare_alone_are_shown_and_those_of_few_persons_are_not() -> None:
    data = {MAJ: manadsdata(MAJ, celler())}
    tillagg = [
        Tillagg(APRIL, frozenset(folk(6)), Decimal(-310)),
        Tillagg(None, frozenset(folk(2)), Decimal(700), justering=True),
        Tillagg(None, frozenset(), Decimal(-10000), justering=True),
    ]
    utlatande = dokument(underlag(data, tillagg=tillagg))
    text = avsnitt(utlatande, "Rättelser, arbetsbonus och justeringar")
    assert "minskar kostnaden med 10 000,00 kronor netto och avser utförare och inte enskilda personer." in text
    assert "Rättelserna av tidigare månader och justeringar ökar kostnaden med 390,00 kronor netto" in text
    korningen = tabell(utlatande, "Körningen")
    assert [rad.namn for rad in korningen.rader][1:] == [
        "Rättelser av tidigare månader och justeringar för personer",
        "Justeringar för utförare",
    ]


def test_a_month_without_corrections_and_avvikelser_says_so() -> None:
    utlatande = dokument(underlag({MAJ: manadsdata(MAJ, celler())}))
    assert "inga rättelser av tidigare månader och ingen arbetsbonus" in avsnitt(utlatande, "Rättelser och arbetsbonus")
    assert avsnitt(utlatande, "Avvikelser") == "Körningen gav inga avvikelser."
    assert utlatande.forslag == ("Socialnämnden godkänner redovisningen av ersättning till utförare för maj 2026.",)


def test_avvikelser_are_counted_by_kind_and_small_kinds_together() -> None:
    slag = [
        Avvikelseslag(Avvikelsekod.OVER_BESTALLD_TID, frozenset(folk(9)), 12),
        Avvikelseslag(Avvikelsekod.PRIS_SAKNAS, frozenset(folk(2)), 6),
        Avvikelseslag(Avvikelsekod.NIVA_SAKNAS, frozenset(folk(4, 20)), 4),
    ]
    utlatande = dokument(underlag({MAJ: manadsdata(MAJ, celler())}, avvikelser=slag))
    en = tabell(utlatande, "Avvikelser")
    assert [(rad.namn, rad.celler) for rad in en.rader] == [
        ("Utfört över beställd tid", ("betalas inte", "12")),
        ("Övriga avvikelser", ("–", "10")),
    ]
    assert utlatande.forslag[1] == (
        "Socialförvaltningen redovisar senast den 16\xa0september 2026 för socialnämnden vad utredningen av"
        " avvikelserna i maj 2026 har lett till."
    )


def test_units_for_few_persons_are_a_cross() -> None:
    volymer = [
        Volym(DV, Radenhet.DAG, frozenset(folk(30)), Decimal("400.5000")),
        Volym(DV, Radenhet.MANAD, frozenset(folk(3)), Decimal("2.7500")),
        Volym(BOSTOD, Radenhet.TIMME, frozenset(folk(20)), Decimal("1200.2500")),
    ]
    april = [replace(volymer[1], personer=frozenset(folk(6))), *volymer[2:]]
    data = {MAJ: manadsdata(MAJ, celler(), volymer), APRIL: manadsdata(APRIL, celler(), april)}
    rader = [(rad.namn, *rad.celler) for rad in tabell(dokument(underlag(data)), "Ersatta enheter").rader]
    assert rader == [
        ("Daglig verksamhet (LSS)", "dagar", "400,5", "0,0", "+400,5"),
        ("Daglig verksamhet (LSS)", "månader", "x", "2,8", "–"),
        ("Boendestöd (SoL)", "timmar", "1\xa0200", "1\xa0200", "0"),
    ]


def test_a_month_that_is_not_settled_is_marked() -> None:
    utlatande = dokument(underlag({MAJ: manadsdata(MAJ, celler(), ar_fast=False)}))
    assert utlatande.preliminart == "Maj 2026 är inte fastställd, och uppgifterna kan ändras."
    assert utlatande.forslag == (
        "Socialnämnden tar del av det preliminära underlaget om ersättning till utförare för maj 2026.",
    )
    assert utlatande.beslutsunderlag == (
        "Tjänsteutlåtande 2026-07-03, SN 2026/0148",
        "Körning av ersättning för maj 2026, omgång 1, beräknad 2026-06-01 av Gunnel Ask (preliminär)",
    )


def test_children_are_mentioned_only_where_their_number_is_shown() -> None:
    med = [*celler(), cell(BARN, LOV, folk(12, 200), "700")]
    (stycke,) = dokument(underlag({MAJ: manadsdata(MAJ, med)})).barn
    assert stycke == (
        "Bostad för barn och ungdomar (LSS) ges bara till barn och unga. I maj 2026 avser ersättningen tolv personer."
        " Redovisningen ändrar inte stödet till något barn."
    )
    fa = [*celler(), cell(BARN, LOV, folk(4, 200), "700")]
    assert dokument(underlag({MAJ: manadsdata(MAJ, fa)})).barn == ()


def test_the_documents_it_rests_on_are_dated_itself_first() -> None:
    data = {manad: manadsdata(manad, celler()) for manad in (MAJ, APRIL)}
    assert dokument(underlag(data)).beslutsunderlag == (
        "Tjänsteutlåtande 2026-07-03, SN 2026/0148",
        "Körning av ersättning för maj 2026, omgång 1, fastställd 2026-06-01 av Gunnel Ask",
        "Körning av ersättning för april 2026, omgång 1, fastställd 2026-05-01 av Gunnel Ask",
    )


def test_the_summary_does_not_contain_the_proposal() -> None:
    utlatande = dokument(underlag({MAJ: manadsdata(MAJ, celler())}))
    assert "godkänner" not in sammanfattning(utlatande)


def test_the_chart_says_the_same_to_those_who_do_not_see_it() -> None:
    data = {MAJ: manadsdata(MAJ, celler("34409783", "74840")), APRIL: manadsdata(APRIL, celler("33187545", "7290"))}
    figur = dokument(underlag(data)).figurer[0]
    assert figur.alt == (
        "Liggande stapeldiagram, miljoner kronor. Daglig verksamhet (LSS) 34,4 i maj 2026, 33,2 i april 2026."
        " Boendestöd (SoL) 0,1 i maj 2026, 0,01 i april 2026."
    )
    assert figur.svg.count("<rect") == 2 + 2 * 2


@pytest.mark.parametrize(
    ("data", "sagt"),
    [
        ([], "Körningen innehåller ingen ersättning för månaden."),
        ([cell(DV, LOV, folk(9), 900)], "All kostnad avser valfrihetssystem (LOV)."),
    ],
)
def test_a_month_of_nothing_or_of_one_thing_makes_sense(data: Sequence[Cell], sagt: str) -> None:
    utlatande = dokument(underlag({MAJ: manadsdata(MAJ, data)}))
    assert sagt in " ".join(stycke for del_ in utlatande.arendet for stycke in del_.stycken)


def test_a_month_before_that_is_too_small_is_left_out_and_said() -> None:
    data = {MAJ: manadsdata(MAJ, celler()), APRIL: manadsdata(APRIL, [cell(DV, LOV, folk(3), 4321)])}
    utlatande = dokument(underlag(data))
    assert "April 2026 avser färre än fem personer och visas inte." in sammanfattning(utlatande)
    assert "4\xa0321" not in str(utlatande)
    assert tabell(utlatande, "Kostnad per insats").kolumner == ("Insats", "Maj 2026", "Andel")


def test_a_year_back_keeps_its_year_in_the_text() -> None:
    januari = Manad(2026, 1)
    data = {manad: Manadsdata(fakta(manad), tuple(celler()), ()) for manad in (januari, Manad(2025, 12))}
    assert "lika mycket som i december 2025" in sammanfattning(dokument(underlag(data, januari)))
    assert HUVUD.handlaggare.med_titel == "Karin Holm, controller"
