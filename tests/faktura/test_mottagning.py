"""Files are taken whole or refused with reasons; nothing that discloses a person is stored; a row is covered once."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from demokommun.fakturaxml import Fakturaspec, skriv
from ersattning.actions import faststall_manad
from ersattning.fakturahantering import anteckna_atgard, koppla, lossa, som_sett
from ersattning.fakturamottagning import Inkommen, ta_emot
from ersattning.fakturaprovning import med_oppna, prova_vantande
from ersattning.fakturaregler import Fakturaatgard, Fakturastatus
from ersattning.models import (
    Ersattningsrad,
    Faktura,
    Fakturafil,
    Fakturalage,
    Fakturarad,
    Korning,
    Radprovning,
    Tackning,
)
from ersattning.regler import Status
from grund.behorighet import Roll
from grund.hinder import Hindrad
from grund.models import Anvandare, Handelse
from grund.tid import Manad
from tests.faktura.hus import lagg_upp_tjugo, spec
from tests.filer import fabrik
from tests.filer.fabrik import KLOCKAN_NIO, MAJ
from utforare.models import Utforare

pytestmark = pytest.mark.django_db
S = Fakturastatus


def in_(*fakturor: Fakturaspec | str | bytes, av: Anvandare | None = None) -> list[Fakturafil]:
    filer = [skriv(ett) if isinstance(ett, Fakturaspec) else ett for ett in fakturor]
    filer = [ett.encode() if isinstance(ett, str) else ett for ett in filer]
    inkomna = [Inkommen(f"faktura-{nr}.xml", ett) for nr, ett in enumerate(filer, 1)]
    return ta_emot(filer=inkomna, av=av, nu=KLOCKAN_NIO)


def lage(nummer: str = "1001") -> Fakturalage:
    return Fakturalage.objects.get(faktura__nummer=nummer)


def forslag(rad: Fakturarad, plats: int) -> list[int]:
    return list(Radprovning.objects.get(rad=rad).forslag[plats]["rader"])


def test_an_invoice_of_the_month_agrees_and_covers_its_rows(maj: Korning, eken: Utforare, klara: Anvandare) -> None:
    (fil,) = in_(spec(maj, eken), av=klara)
    assert (fil.antal, fil.brister, len(fil.sha256)) == (1, [], 64)
    assert (lage().status, lage().differens) == (S.STAMMER, 0)
    assert Tackning.objects.count() == 4
    faktura = Faktura.objects.get()
    assert (faktura.utforare, faktura.att_betala) == (eken, Decimal("71586.00"))
    assert Handelse.objects.get(handling="las_in_fakturor").data["sha256"] == fil.sha256


def test_what_came_is_never_changed(maj: Korning, eken: Utforare) -> None:
    in_(spec(maj, eken))
    for modell in (Fakturafil, Faktura, Fakturarad):
        with pytest.raises(DatabaseError), transaction.atomic():
            modell.objects.update(id=-1)
        with pytest.raises(DatabaseError), transaction.atomic():
            modell.objects.all().delete()


def test_a_row_is_covered_once_and_only_when_it_is_settled(maj: Korning, eken: Utforare) -> None:
    in_(spec(maj, eken))
    rad, fakturarad = Ersattningsrad.objects.first(), Fakturarad.objects.last()
    assert rad
    assert fakturarad
    with pytest.raises(IntegrityError), transaction.atomic():
        Tackning.objects.bulk_create([Tackning(rad=rad, fakturarad=fakturarad)])
    juni = fabrik.korning(Manad(2026, 6))
    ny = fabrik.rad(juni, eken.enheter.get().verkstalligheter.all()[0], "1", "1164.00")
    with pytest.raises(IntegrityError, match="fastställd månad"), transaction.atomic():
        Tackning.objects.bulk_create([Tackning(rad=ny, fakturarad=fakturarad)])


@pytest.mark.parametrize(
    ("fran", "till", "regel"),
    [
        ("5566002373", "5590012349", "IK-UTFORARE"),
        ('LineExtensionAmount currencyID="SEK">71586.00', 'LineExtensionAmount currencyID="SEK">1.00', "BR-CO-10"),
        ("Eken", "E\x00ken", "IK-KODNING"),
    ],
)
def test_a_refused_file_is_kept_with_its_reasons_and_nothing_else(
    fran: str, till: str, regel: str, maj: Korning, eken: Utforare
) -> None:
    text = skriv(spec(maj, eken))
    assert fran in text
    (fil,) = in_(text.replace(fran, till))
    assert (fil.antal, Faktura.objects.count()) == (0, 0)
    assert regel in {brist[0] for brist in fil.brister}


def test_the_same_file_or_number_is_refused(maj: Korning, eken: Utforare) -> None:
    ett = spec(maj, eken)
    _, igen, annan = in_(ett, ett, replace(ett, datum=date(2026, 6, 9)))
    assert [brist[0] for brist in igen.brister] == ["IK-DUBBLETT"]
    assert "Samma fil" in igen.brister[0][2]
    assert "Numret finns redan" in annan.brister[0][2]
    assert Faktura.objects.count() == 1


def test_the_same_number_otherwise_spelt_is_refused_and_found_by_its_credit_note(maj: Korning, eken: Utforare) -> None:
    ett = replace(spec(maj, eken), nummer="F 1001")
    _, *igen = in_(ett, *(replace(ett, nummer=nummer) for nummer in ("f1001", "F1001", "F\N{ZERO WIDTH SPACE}10 01")))
    assert [fil.brister[0][0] for fil in igen] == ["IK-DUBBLETT"] * 3
    kopia = Faktura.objects.get()
    kopia.pk, kopia.nummer = None, "f1001"
    with pytest.raises(IntegrityError), transaction.atomic():
        kopia.save(force_insert=True)
    in_(replace(ett, nummer="K1", avser="f1001"))
    assert (lage("F 1001").status, lage("K1").status) == (S.KREDITERAD, S.STAMMER)


def test_what_the_rules_only_warn_of_is_kept_with_the_invoice(maj: Korning, eken: Utforare) -> None:
    betalning = "<cac:PaymentMeans><cbc:PaymentMeansCode>56</cbc:PaymentMeansCode></cac:PaymentMeans>"
    in_(skriv(spec(maj, eken)).replace("<cac:PaymentTerms>", betalning + "<cac:PaymentTerms>"))
    (varning,) = Faktura.objects.get().varningar
    assert varning.startswith("SE-R-011: Bankgiro")
    assert lage().status == S.STAMMER


def test_a_file_with_thousands_of_faults_tells_the_first(eken: Utforare) -> None:
    rubriker = "fakturanummer;fakturadatum;organisationsnummer;referens;benamning;antal;a_pris;belopp\n"
    rader = (f"{nr};2026-06-08;5590012349;V-1;x;1;10;10\n" for nr in range(2000))
    assert len(in_(rubriker + "".join(rader))[0].brister) == 50


def test_a_csv_with_two_of_one_number_at_two_utforare_is_two_invoices(maj: Korning, eken: Utforare) -> None:
    fabrik.utforare("U-ASK", "Ask AB", organisationsnummer="5590012349")
    text = (
        "fakturanummer;fakturadatum;organisationsnummer;referens;benamning;antal;a_pris;belopp;period_fran;period_till\n"
        "1;2026-06-08;5566002373;V-1;Närvaro;20;1164;23280;2026-05-01;2026-05-31\n"
        "1;2026-06-08;5590012349;V-9;Närvaro;1;10;10;2026-05-01;2026-05-31\n"
    )
    (fil,) = in_(text)
    assert (fil.antal, fil.format) == (2, "csv")
    assert set(Faktura.objects.values_list("fran", "till")) == {(date(2026, 5, 1), date(2026, 6, 1))}
    assert {ett.faktura.utforare.namn: ett.status for ett in Fakturalage.objects.all()} == {
        "Eken AB": S.STAMMER,
        "Ask AB": S.SAKNAS,
    }


def test_the_one_of_two_with_the_same_number_is_found_by_the_references(maj: Korning, eken: Utforare) -> None:
    fabrik.utforare("U-EKEN-2", "Eken Syd AB", organisationsnummer=eken.organisationsnummer)
    assert in_(spec(maj, eken))[0].antal == 1
    assert Faktura.objects.get().utforare == eken
    ett = replace(spec(maj, eken, "1002"), rader=[replace(spec(maj, eken).rader[0], referens="")])
    assert in_(ett)[0].brister[0][0] == "IK-UTFORARE"


def test_personnummer_and_names_are_taken_out_before_anything_is_stored(maj: Korning, eken: Utforare) -> None:
    ett = spec(maj, eken)
    text = "Avser åsa  öberg 19900202-9818, 9002029818 och 19850202-T123. Order 2026053101, tel 08-123 456 78."
    forsta = replace(ett.rader[0], benamning="Närvaro 900202-9818", text=text)
    (fil,) = ta_emot(
        filer=[Inkommen("maj 199002029818.xml", skriv(replace(ett, rader=[forsta, *ett.rader[1:]])).encode())],
        av=None,
        nu=KLOCKAN_NIO,
    )
    rad = Fakturarad.objects.get(plats=1)
    assert rad.text == (
        "Avser [namn] [personnummer], [personnummer] och [personnummer]. Order 2026053101, tel 08-123 456 78."
    )
    assert (rad.benamning, fil.namn) == ("Närvaro [personnummer]", "maj [personnummer].xml")
    assert (fil.maskade, Faktura.objects.get().maskade) == (5, 5)
    assert lage().status == S.STAMMER
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text || r::text FROM ersattning_faktura f, ersattning_fakturarad r")
        assert not [rad for (rad,) in cursor.fetchall() if "9818" in rad or "berg" in rad]


def test_units_and_file_names_disclose_nobody_either(maj: Korning, eken: Utforare) -> None:
    text = skriv(spec(maj, eken)).replace('unitCode="DAY"', 'unitCode="199002029818"')
    csv = (
        "fakturanummer;fakturadatum;organisationsnummer;referens;benamning;antal;a_pris;belopp;enhet\n"
        "7;2026-06-08;5566002373;V-1;Närvaro;20;1164;23280;900202-9818\n"
    )
    filer = ta_emot(
        filer=[Inkommen("Öberg_Åsa, faktura.xml", text.encode()), Inkommen("Åsa Öbergs maj.csv", csv.encode())],
        av=None,
        nu=KLOCKAN_NIO,
    )
    assert [fil.namn for fil in filer] == ["[namn], faktura.xml", "[namn] maj.csv"]
    assert "9818" not in str([fil.brister for fil in filer])
    assert not Fakturarad.objects.filter(enhet__contains="9818").exists()
    okand = csv.replace("5566002373", "5590012349")
    (nekad,) = ta_emot(filer=[Inkommen("Cia Al.csv", okand.encode())], av=None, nu=KLOCKAN_NIO)
    assert (nekad.antal, nekad.namn) == (0, "[namn].csv")


def test_a_refusal_does_not_repeat_a_personnummer(eken: Utforare) -> None:
    (fil,) = in_("<a><b>19900202-9818</b></a>".replace("<a>", "<x9002029818>").replace("</a>", "</x9002029818>"))
    assert "9818" not in str(fil.brister)


def test_a_difference_is_explained_and_handled_by_a_person(maj: Korning, eken: Utforare, klara: Anvandare) -> None:
    ett = spec(maj, eken)
    in_(replace(ett, rader=[replace(ett.rader[0], antal=Decimal(22)), *ett.rader[1:]]))
    assert (lage().status, lage().differens) == (S.AVVIKER, Decimal("2328.00"))
    provning = Radprovning.objects.get(rad__plats=1)
    assert "2\N{NO-BREAK SPACE}dagar mer än underlaget." in provning.skal
    faktura = Faktura.objects.get()
    som = {"faktura": faktura, "av": klara, "nu": KLOCKAN_NIO}
    assert anteckna_atgard(atgard=Fakturaatgard.FRAGAD, text="Ringt Eken.", **som)
    assert anteckna_atgard(atgard=Fakturaatgard.FRAGAD, text=" Ringt Eken. ", **som) is None
    assert not lage().avslutad
    assert anteckna_atgard(atgard=Fakturaatgard.KLAR, text="De krediterar i juni.", **som)
    assert lage().avslutad
    assert Handelse.objects.filter(objekt=f"faktura:{faktura.pk}").count() == 2


def test_what_was_seen_is_what_is_decided(maj: Korning, eken: Utforare, klara: Anvandare) -> None:
    """The page was opened, the utförare credited, and then the button was pressed; so too with a suggestion."""
    ett = spec(maj, eken)
    for_mycket = replace(ett.rader[0], antal=Decimal(22))
    in_(replace(ett, rader=[for_mycket]))
    sett = som_sett(lage())
    in_(replace(ett, nummer="1002", avser="1001", rader=[for_mycket]), replace(ett, nummer="1003", rader=[for_mycket]))
    som = {"faktura": Faktura.objects.get(nummer="1003"), "av": klara, "nu": KLOCKAN_NIO, "text": "Klar."}
    assert (lage("1003").status, sett) == (S.AVVIKER, "avviker 2328.00")
    with pytest.raises(Hindrad, match="läge har ändrats"):
        anteckna_atgard(atgard=Fakturaatgard.KLAR, sett="avviker 1164.00", **som)
    assert anteckna_atgard(atgard=Fakturaatgard.KLAR, sett=sett, **som)
    in_(replace(ett, nummer="1004", rader=[replace(ett.rader[2], referens="")]))
    rad = Fakturarad.objects.get(faktura__nummer="1004")
    fore = forslag(rad, 0)
    andra = Ersattningsrad.objects.get(pk=fore[0])
    in_(replace(ett, nummer="1005", rader=[ett.rader[int(andra.verkstallighet_nyckel[-1]) - 1]]))
    lagda = forslag(rad, 0)
    assert lagda != fore
    with pytest.raises(Hindrad, match="gäller inte längre"):
        koppla(rad=rad, rader=fore, av=klara, nu=KLOCKAN_NIO)
    koppla(rad=rad, rader=lagda, av=klara, nu=KLOCKAN_NIO)
    assert Tackning.objects.get(fakturarad=rad).rad_id == lagda[0]


def test_who_may_not_and_what_is_not_written_is_refused(
    maj: Korning, eken: Utforare, klara: Anvandare, rut: Anvandare
) -> None:
    with pytest.raises(Hindrad, match="krävs"):
        in_(spec(maj, eken), av=rut)
    ett = spec(maj, eken)
    in_(replace(ett, rader=[replace(ett.rader[0], antal=Decimal(22))]), spec(maj, eken, "1002"))
    som = {"faktura": Faktura.objects.get(nummer="1001"), "nu": KLOCKAN_NIO, "atgard": Fakturaatgard.KLAR}
    with pytest.raises(Hindrad, match="krävs"):
        anteckna_atgard(text="Klar.", av=rut, **som)
    with pytest.raises(Hindrad, match="Skriv vad"):
        anteckna_atgard(text="  ", av=klara, **som)
    with pytest.raises(Hindrad, match="personnummer"):
        anteckna_atgard(text="Gäller 900202-9818.", av=klara, **som)


def test_a_credit_note_later_frees_the_rows_and_the_next_invoice_takes_them(maj: Korning, eken: Utforare) -> None:
    ett = spec(maj, eken)
    in_(ett, spec(maj, eken, "1002"))
    assert lage("1002").status == S.DUBBLETT
    in_(replace(ett, nummer="1003", avser="1001"))
    assert [lage(nummer).status for nummer in ("1001", "1002", "1003")] == [S.KREDITERAD, S.STAMMER, S.STAMMER]
    assert {ett.fakturarad.faktura.nummer for ett in Tackning.objects.all()} == {"1002"}


def test_an_invoice_waits_for_its_month_and_is_tried_when_it_is_settled(
    eken: Utforare, klara: Anvandare, rut: Anvandare
) -> None:
    korning = fabrik.korning(MAJ)
    fabrik.rad(korning, eken.enheter.get().verkstalligheter.all()[0], "20", "1164.00")
    in_(spec(korning, eken))
    assert (lage().status, lage().differens) == (S.VANTAR, 0)
    with pytest.raises(Hindrad, match="krävs"):
        prova_vantande(av=rut, nu=KLOCKAN_NIO)
    assert "inte fastställd än" in Radprovning.objects.get().skal[0]
    fabrik.faststall(korning)
    assert med_oppna() == {eken.pk}
    assert prova_vantande(av=klara, nu=KLOCKAN_NIO) == 1
    assert lage().status == S.STAMMER
    assert (prova_vantande(av=klara, nu=KLOCKAN_NIO), med_oppna()) == (0, set())
    assert Handelse.objects.get(handling="prova_fakturor").objekt == "utforare:U-EKEN"


def test_to_settle_a_month_tries_what_waits_for_it(eken: Utforare, klara: Anvandare) -> None:
    """Also a line of somebody who is not paid in it."""
    fabrik.utforare("U-ASK", "Ask AB", organisationsnummer="5590012349")
    korning = fabrik.korning(MAJ)
    fabrik.rad(korning, eken.enheter.get().verkstalligheter.all()[0], "20", "1164.00")
    ett = spec(korning, eken)
    in_(ett, replace(ett, nummer="A1", namn="Ask AB", orgnr="5590012349"))
    assert (lage().status, lage("A1").status) == (S.VANTAR, S.VANTAR)
    korning.status, korning.granskad, korning.granskad_av = Status.GRANSKAD, KLOCKAN_NIO, klara
    korning.save()
    gustav = Anvandare.objects.create_user("gustav", roller=[Roll.GRUPPCHEF])
    faststall_manad(manad=MAJ, av=gustav, nu=KLOCKAN_NIO, utan_underlag=True)
    assert (lage().status, lage("A1").status) == (S.STAMMER, S.SAKNAS)
    vems = Handelse.objects.filter(handling="prova_fakturor", av=gustav).values_list("objekt", flat=True)
    assert sorted(vems) == ["utforare:U-ASK", "utforare:U-EKEN"]


def test_a_difference_is_closed_when_a_later_month_corrects_it(maj: Korning, eken: Utforare, klara: Anvandare) -> None:
    ett = spec(maj, eken)
    in_(replace(ett, rader=[replace(ett.rader[0], antal=Decimal(22))]))
    assert (lage().status, lage().differens) == (S.AVVIKER, Decimal("2328.00"))
    juni, verk = fabrik.korning(Manad(2026, 6)), eken.enheter.get().verkstalligheter.get(nyckel="V-1")
    som = {"artikel": "narvaro", "enhet_for_antal": "dag", "niva": "3", "avser": MAJ}
    gammal = Ersattningsrad.objects.get(verkstallighet_nyckel="V-1")
    fabrik.rad(juni, verk, "-20", "1164.00", **som, typ="kreditering", krediterar=gammal)
    fabrik.rad(juni, verk, "22", "1164.00", **som, typ="rattelse")
    fabrik.faststall(juni)
    assert prova_vantande(av=klara, nu=KLOCKAN_NIO) == 1
    assert (lage().status, lage().differens, Tackning.objects.count()) == (S.STAMMER, 0, 3)
    assert "rättad i underlaget i juni 2026" in Radprovning.objects.get().skal[0]


def test_a_suggestion_is_accepted_once_and_may_be_undone(maj: Korning, eken: Utforare, klara: Anvandare) -> None:
    ett = spec(maj, eken)
    utan = replace(ett.rader[0], referens="")
    in_(replace(ett, rader=[utan]))
    rad = Fakturarad.objects.get()
    assert lage().status == S.SAKNAS
    assert len(rad.provning.forslag) == 3
    visade = forslag(rad, 0)
    koppla(rad=rad, rader=forslag(rad, 1), av=klara, nu=KLOCKAN_NIO)
    assert (lage().status, Tackning.objects.get().rad.verkstallighet_nyckel) == (S.STAMMER, "V-2")
    with pytest.raises(Hindrad, match="gäller inte längre"):
        koppla(rad=rad, rader=visade, av=klara, nu=KLOCKAN_NIO)
    in_(replace(ett, nummer="1002", rader=[ett.rader[1]]))
    assert lage("1002").status == S.DUBBLETT
    lossa(rad=rad, av=klara, nu=KLOCKAN_NIO)
    assert (lage().status, lage("1002").status) == (S.SAKNAS, S.STAMMER)
    with pytest.raises(Hindrad, match="inte kopplad för hand"):
        lossa(rad=rad, av=klara, nu=KLOCKAN_NIO)


def test_two_cannot_accept_the_same_row(maj: Korning, eken: Utforare, klara: Anvandare) -> None:
    ett = spec(maj, eken)
    utan = replace(ett.rader[0], referens="")
    in_(replace(ett, rader=[utan]), replace(ett, nummer="1002", rader=[utan]))
    forsta, andra = Fakturarad.objects.order_by("pk")
    visade = forslag(forsta, 0)
    koppla(rad=forsta, rader=visade, av=klara, nu=KLOCKAN_NIO)
    with pytest.raises(Hindrad, match="redan tagen"):
        koppla(rad=andra, rader=visade, av=klara, nu=KLOCKAN_NIO)


def test_vat_is_a_difference_though_every_line_agrees(maj: Korning, eken: Utforare) -> None:
    text = skriv(replace(spec(maj, eken), rader=spec(maj, eken).rader[:1]))
    text = text.replace("<cbc:ID>E</cbc:ID><cbc:Percent>0", "<cbc:ID>S</cbc:ID><cbc:Percent>25")
    text = text.replace('TaxAmount currencyID="SEK">0.00', 'TaxAmount currencyID="SEK">5820.00')
    text = text.replace("<cbc:TaxExemptionReason>Social omsorg är undantagen från moms</cbc:TaxExemptionReason>", "")
    for namn in ("TaxInclusive", "Payable"):
        text = text.replace(f'{namn}Amount currencyID="SEK">23280.00', f'{namn}Amount currencyID="SEK">29100.00')
    assert in_(text)[0].brister == []
    assert (lage().status, lage().differens) == (S.AVVIKER, Decimal("5820.00"))
    assert "har moms" in lage().anmarkningar[0]


@pytest.fixture
def tjugo_utforare(db: None) -> Korning:
    return lagg_upp_tjugo()


def test_of_five_hundred_invoices_450_need_no_hand(tjugo_utforare: Korning) -> None:
    """One invoice for each person: every tenth asks for a day too much. In seconds, and with bounded queries.

    Its own seconds: how long others keep the machine busy says nothing of it.
    """
    fakturor = [
        replace(alla, nummer=f"{utforare.nyckel}-{nr}", rader=[_fel(rad) if (nr + plats) % 10 == 0 else rad])
        for plats, utforare in enumerate(Utforare.objects.order_by("pk"))
        for alla in [spec(tjugo_utforare, utforare)]
        for nr, rad in enumerate(alla.rader)
    ]
    assert len(fakturor) == 500
    start = time.process_time()
    with CaptureQueriesContext(
        connection,
    ) as fragor:
        filer = in_(*fakturor)
    assert time.process_time() - start < 60
    assert not [fil.brister for fil in filer if fil.brister]
    assert len(fragor) < 500 * 14 + 20 * 25
    lagen = list(Fakturalage.objects.values_list("status", flat=True))
    assert (len(lagen), lagen.count(S.STAMMER), lagen.count(S.AVVIKER)) == (500, 450, 50)
    assert Tackning.objects.count() == 500
    assert Korning.objects.get(pk=tjugo_utforare.pk).status == Status.FASTSTALLD


def _fel(rad):  # type: ignore[no-untyped-def]
    return replace(rad, antal=rad.antal + 1)
