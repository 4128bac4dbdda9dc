"""What the pages of avtalsuppföljning show, as tables and facts. Reads; writes nothing."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Max, Q
from django.urls import reverse

from beslut.ord import insats_i_ord
from grund.arbetsbok import Kolumn, Slag
from grund.models import Anvandare
from grund.text import datum_i_ord, stor_forsta, svensk_ordning, tal
from uppfoljning.brister import bristerna
from uppfoljning.enhetsfakta import gallande_fakta
from uppfoljning.models import Avtalsuppfoljning, Brist, Kravbedomning, Kravlista, Underrattelse
from uppfoljning.rapport.innehall import Rad, Tabell
from uppfoljning.rapporter.avtalsuppfoljning.regler import Uppfyllt
from uppfoljning.rapporter.behov_mot_bemanning.regler import Boendeform
from uppfoljning.underrattelser import Placering
from utforare.models import Enhet, Verkstallighet

Par = list[tuple[str, ...]]
_EGEN, _OKAND = "Den egna kommunen", "Inte registrerat"


def _vem(anvandare: Anvandare | None) -> str:
    return (anvandare.get_full_name() or anvandare.username) if anvandare else "Systemet"


def insatser_med_krav(enhet: Enhet, dag: date) -> list[str]:
    """What is carried out at the enhet that there is a kravlista for."""
    har = Verkstallighet.objects.filter(enhet=enhet, period__contains=dag).values("beslut__insats")
    listor = Kravlista.objects.filter(fran__lte=dag, insats__in=har)
    return sorted(set(listor.values_list("insats", flat=True)))


def enheter(dag: date) -> Tabell:
    """Every enhet where something is carried out on the day. Five queries."""
    fakta_, oppna = gallande_fakta(dag), [ett for ett in bristerna(dag) if ett.stangd is None]
    pagar = Verkstallighet.objects.filter(period__contains=dag).values("enhet")
    urval = Enhet.objects.filter(pk__in=pagar).annotate(
        senast=Max("avtalsuppfoljningar__datum", filter=Q(avtalsuppfoljningar__ersatt_av=None))
    )
    antal: dict[int, int] = {}
    for ett in oppna:
        antal[ett.enhet] = antal.get(ett.enhet, 0) + 1
    kolumner = (
        Kolumn("Enhet"),
        Kolumn("Utförare"),
        Kolumn("Kommun"),
        Kolumn("Boendeform"),
        Kolumn("Senast uppföljd", Slag.DATUM),
        Kolumn("Öppna brister", Slag.HELTAL),
    )
    rader = sorted(urval.select_related("utforare"), key=lambda enhet: (svensk_ordning(enhet.namn), enhet.pk))
    return Tabell(
        "enheter",
        "Enheter där något utförs i dag",
        kolumner,
        tuple(
            Rad(
                (
                    enhet.namn,
                    enhet.utforare.namn,
                    (fakta_[enhet.pk].kommun or _EGEN) if enhet.pk in fakta_ else _OKAND,
                    stor_forsta(str(Boendeform(fakta_[enhet.pk].boendeform).label)) if enhet.pk in fakta_ else _OKAND,
                    enhet.senast,
                    antal.get(enhet.pk, 0),
                ),
                reverse("uppfoljning:avtalsenhet", args=[enhet.pk]),
            )
            for enhet in rader
        ),
        enskilda=True,
    )


def fakta(enhet: Enhet, dag: date) -> Par:
    """Where it lies and what it is."""
    galler = gallande_fakta(dag).get(enhet.pk)
    if galler is None:
        return [("Kommun", _OKAND), ("Boendeform", _OKAND)]
    form = stor_forsta(str(Boendeform(galler.boendeform).label))
    return [("Kommun", galler.kommun or _EGEN), ("Boendeform", form)]


def uppfoljningar(enhet: Enhet) -> Tabell:
    """The enhet's, the latest first."""
    granskat = ~Q(bedomningar__utfall=Uppfyllt.EJ_GRANSKAT)
    urval = (
        Avtalsuppfoljning.objects.filter(enhet=enhet)
        .select_related("lista", "ersatt_av")
        .annotate(
            granskade=Count("bedomningar", filter=granskat),
            uppfyllda=Count("bedomningar", filter=Q(bedomningar__utfall=Uppfyllt.UPPFYLLT)),
        )
        .order_by("-datum", "-pk")
    )
    kolumner = (
        Kolumn("Uppföljning"),
        Kolumn("Dag", Slag.DATUM),
        Kolumn("Insats"),
        Kolumn("Hur"),
        Kolumn("Granskade krav", Slag.HELTAL),
        Kolumn("Uppfyllda", Slag.HELTAL),
        Kolumn("Räknas"),
    )
    rader = tuple(
        Rad(
            (
                ett.nyckel,
                ett.datum,
                insats_i_ord(ett.lista.insats),
                stor_forsta(ett.get_metod_display()),
                ett.granskade,
                ett.uppfyllda,
                f"Nej, ersatt av {ett.ersatt_av.nyckel}" if hasattr(ett, "ersatt_av") else "Ja",
            ),
            reverse("uppfoljning:avtalsuppfoljning", args=[ett.pk]),
        )
        for ett in urval
    )
    return Tabell("uppfoljningar", "Uppföljningar, den senaste först", kolumner, rader, tom="Ingen uppföljning än.")


def uppfoljningen(ett: Avtalsuppfoljning) -> Par:
    """How it was made."""
    par: Par = [
        ("Dag", datum_i_ord(ett.datum)),
        ("Vem som följde upp", ett.ansvarig),
        ("Hur", stor_forsta(ett.get_metod_display())),
        ("Kravlista", listans_namn(ett.lista), reverse("uppfoljning:kravlista", args=[ett.lista_id])),
    ]
    if ett.sammanfattning:
        par.append(("Sammanfattning", ett.sammanfattning))
    if ett.ersatter:
        par.append(("Ersätter", ett.ersatter.nyckel, reverse("uppfoljning:avtalsuppfoljning", args=[ett.ersatter.pk])))
    efter = Avtalsuppfoljning.objects.filter(ersatter=ett).first()
    if efter:
        par.append(("Ersatt av", efter.nyckel, reverse("uppfoljning:avtalsuppfoljning", args=[efter.pk])))
    return [*par, ("Registrerad av", _vem(ett.registrerad_av))]


def bedomningar(ett: Avtalsuppfoljning) -> Tabell:
    """Each krav, and what was seen."""
    alla = Kravbedomning.objects.filter(uppfoljning=ett).select_related("krav").order_by("krav__ordning")
    kolumner = (Kolumn("Krav"), Kolumn("Bedömning"), Kolumn("Vad som sågs", Slag.STYCKE))
    rader = tuple(Rad((str(rad.krav), stor_forsta(rad.get_utfall_display()), rad.anteckning)) for rad in alla)
    return Tabell("krav", "Krav för krav", kolumner, rader)


def brister(enhet: Enhet, dag: date) -> Tabell:
    """The enhet's, the open ones first."""
    alla = sorted(bristerna(dag, enhet.pk), key=lambda ett: (ett.stangd is not None, ett.frist, ett.pk))
    kolumner = (
        Kolumn("Brist"),
        Kolumn("Vad", Slag.STYCKE),
        Kolumn("Funnen", Slag.DATUM),
        Kolumn("Åtgärdas senast", Slag.DATUM),
        Kolumn("Läge"),
    )
    rader = tuple(
        Rad(
            (
                f"BR-{ett.pk}",
                ett.vad,
                ett.funnen,
                ett.frist,
                f"Stängd {ett.stangd}" if ett.stangd else "Försenad" if ett.forsenad(dag) else "Öppen",
            ),
            reverse("uppfoljning:brist", args=[ett.pk]),
        )
        for ett in alla
    )
    return Tabell("brister", "Brister, de öppna först", kolumner, rader, tom="Inga brister.")


def bristen(ett: Brist) -> Par:
    """As it was found."""
    par: Par = [("Brist", ett.vad), ("Åtgärd", ett.atgard)]
    if ett.krav:
        par.append(("Krav", str(ett.krav)))
    if ett.uppfoljning:
        adress = reverse("uppfoljning:avtalsuppfoljning", args=[ett.uppfoljning.pk])
        par.append(("Uppföljning", ett.uppfoljning.nyckel, adress))
    return [
        *par,
        ("Funnen", datum_i_ord(ett.funnen)),
        ("Åtgärdas senast", datum_i_ord(ett.frist)),
        ("Registrerad av", _vem(ett.registrerad_av)),
    ]


def tillagg(ett: Brist) -> Tabell:
    """What has been added, the first first."""
    kolumner = (
        Kolumn("Vad"),
        Kolumn("Dag", Slag.DATUM),
        Kolumn("Text", Slag.STYCKE),
        Kolumn("Ny frist", Slag.DATUM),
        Kolumn("Av"),
    )
    rader = tuple(
        Rad((stor_forsta(rad.get_slag_display()), rad.datum, rad.text, rad.frist, _vem(rad.registrerad_av)))
        for rad in ett.handelser.select_related("registrerad_av")
    )
    return Tabell("tillagg", "I den ordning det har registrerats", kolumner, rader, tom="Inget är tillagt.")


def listans_namn(ett: Kravlista) -> str:
    """`Daglig verksamhet (LSS), version 2`."""
    return f"{stor_forsta(insats_i_ord(ett.insats))}, version {ett.version}"


def kravlistor() -> Tabell:
    """Every version."""
    alla = Kravlista.objects.annotate(antal=Count("krav")).order_by("insats", "-fran", "-version")
    kolumner = (
        Kolumn("Kravlista"),
        Kolumn("Gäller från", Slag.DATUM),
        Kolumn("Krav", Slag.HELTAL),
        Kolumn("Mål för utbildning", Slag.ANDEL),
    )
    rader = tuple(
        Rad(
            (
                f"{stor_forsta(insats_i_ord(ett.insats))}, version {ett.version}",
                ett.fran,
                ett.antal,
                ett.utbildningsmal,
            ),
            reverse("uppfoljning:kravlista", args=[ett.pk]),
        )
        for ett in alla
    )
    return Tabell("kravlistor", "Versioner, den senaste först", kolumner, rader, tom="Det finns ingen kravlista än.")


def listan(ett: Kravlista) -> Par:
    """What holds for all of it."""
    return [
        ("Gäller från", datum_i_ord(ett.fran)),
        ("Var kraven står", ett.kalla),
        ("Mål för adekvat utbildning", f"{tal(ett.utbildningsmal * 100, 2, minst=0)} procent"),
        ("Registrerad av", _vem(ett.registrerad_av)),
    ]


def krav(ett: Kravlista) -> Tabell:
    """Each of it."""
    rader = tuple(Rad((str(rad), rad.text)) for rad in ett.krav.all())
    return Tabell(
        "krav", "Samma krav i egen och privat regi", (Kolumn("Krav"), Kolumn("Vad som krävs", Slag.STYCKE)), rader
    )


def underrattelser() -> tuple[Tabell, set[int]]:
    """The register, and the persons that stand in it by the keys of their verkställigheter."""
    alla = list(Underrattelse.objects.select_related("enhet", "person").order_by("-underrattad", "-pk"))
    kolumner = (
        Kolumn("Underrättelse"),
        Kolumn("Riktning"),
        Kolumn("Kommun"),
        Kolumn("Insats"),
        Kolumn("Enhet"),
        Kolumn("Person"),
        Kolumn("Avtalets dag", Slag.DATUM),
        Kolumn("Underrättad", Slag.DATUM),
    )
    rader = tuple(
        Rad(
            (
                ett.nyckel,
                stor_forsta(ett.get_riktning_display()),
                ett.kommun,
                insats_i_ord(ett.insats),
                ett.enhet.namn if ett.enhet else "",
                ett.person.nyckel if ett.person else "",
                ett.avtalsdatum,
                ett.underrattad,
            )
        )
        for ett in alla
    )
    tabell = Tabell("register", "Lämnade och mottagna, den senaste först", kolumner, rader, tom="Registret är tomt.")
    return tabell, {ett.person.pk for ett in alla if ett.person}


def att_underratta(saknas: Sequence[Placering], *, lank: bool) -> Tabell:
    """Whose municipality has not been told. `lank`: the first column leads to the form."""
    kolumner = (
        Kolumn("Verkställighet"),
        Kolumn("Insats"),
        Kolumn("Enhet"),
        Kolumn("Kommun"),
        Kolumn("Från", Slag.DATUM),
    )
    form = reverse("uppfoljning:ny_underrattelse")
    rader = tuple(
        Rad(
            (ett.nyckel, insats_i_ord(ett.insats), ett.enhetens_namn, ett.kommun, ett.fran),
            f"{form}?verk={ett.verk}" if lank else reverse("utforare:verkstallighet", args=[ett.verk]),
        )
        for ett in saknas
    )
    return Tabell("saknas", "Välj en för att registrera underrättelsen", kolumner, rader, tom="Alla är underrättade.")
