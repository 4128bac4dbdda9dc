"""The table's lines of what is no person's: terms, sums, documents to the nämnd, users, tables of frameworks."""

from uppfoljning.gallring.typer import Atgard, Filplats, Grund, Modellrad

_STAT = "Summor och antal. Små tal slås samman innan de visas (ADR 0016)."
_NAMND = (
    "Handling till nämnden, allmän handling utan personuppgifter: den som sparar varnas om texten nämner en person."
)
_BESTAMT = "Vad kommunen har bestämt. Gäller ingen enskild."
_RAM = "Ramverkets egen tabell. Inga uppgifter om personer."


def _utan(skal: str, *modeller: str, grund: Grund = Grund.INGEN_PERSON) -> tuple[Modellrad, ...]:
    return tuple(Modellrad(modell=ett, atgard=Atgard.BEHALL, grund=grund, skal=skal) for ett in modeller)


def _konto(modell: str, *vag: str, skal: str, fritext: tuple[str, ...] = (), koder: tuple[str, ...] = ()) -> Modellrad:
    return Modellrad(
        modell=modell,
        konto=vag,
        atgard=Atgard.BEHALL,
        grund=Grund.KONTO,
        skal=skal,
        fritext=fritext,
        koder=koder,
    )


KONTON: tuple[Modellrad, ...] = (
    _konto(
        "grund.Anvandare",
        "pk",
        skal="Anställda som loggar in. Den som har gjort något står kvar, avstängd, så att loggen går att läsa.",
        fritext=("username", "first_name", "last_name", "email"),
        koder=("password", "roller"),
    ),
    _konto("grund.Anvandare_groups", "anvandare", skal="Används inte; ramverkets tabell."),
    _konto("grund.Anvandare_user_permissions", "anvandare", skal="Används inte; ramverkets tabell."),
    _konto("account.EmailAddress", "user", skal="Används inte; inga adresser bekräftas.", fritext=("email",)),
    _konto("account.EmailConfirmation", "email_address__user", skal="Används inte.", koder=("key",)),
    _konto("mfa.Authenticator", "user", skal="Kontots andra faktor, krypterad.", koder=("data",)),
    _konto(
        "socialaccount.SocialAccount",
        "user",
        skal="Kontots koppling till kommunens inloggning.",
        fritext=("uid", "extra_data"),
        koder=("provider",),
    ),
    _konto(
        "socialaccount.SocialToken",
        "account__user",
        skal="Sparas inte; ramverkets tabell.",
        koder=("token", "token_secret"),
    ),
    _konto("utforare.Tillhorighet", "anvandare", skal="Vid vilken enhet en anställd rapporterar."),
    Modellrad(
        modell="grund.Handelse",
        konto=("av",),
        atgard=Atgard.BEHALL,
        grund=Grund.LOGG,
        skal="Vem som gjorde vad, med ärendets nyckel, aldrig en persons namn eller nummer. Skäl i fritext, där sådana"
        " finns, töms med akten efter att kontrollsumman är sparad; annars ändras loggen aldrig.",
        koder=("handling", "objekt", "text", "data"),
        vakter=("handelse_ar_oforanderlig",),
    ),
    *_utan(
        "Loggens kedja: kontrollsummor av händelser och läsningar, och av de läsningar vars skäl är gallrat. Inga"
        " uppgifter om personer.",
        "grund.Logglank",
        "grund.Loggmarke",
        "grund.Gallradloggrad",
        grund=Grund.LOGG,
    ),
    *_utan(
        "Personens nycklar står inte i sessionen; den upphör med arbetsdagen.", "sessions.Session", grund=Grund.TEKNIK
    ),
    *_utan(
        "Ett kvitto på att ett formulär togs emot och vilken sida det ledde till. Tas bort efter ett dygn.",
        "grund.Inskick",
        grund=Grund.TEKNIK,
    ),
    *_utan(
        "Hur det går för systemet: jobb, frågor utan värden, fel med uppgifters namn. Gallras av sig självt.",
        "grund.Jobb",
        "grund.Langsamhet",
        "grund.Uppgiftsfel",
        grund=Grund.TEKNIK,
    ),
)

RAM = _utan(
    _RAM,
    "auth.Permission",
    "auth.Group",
    "auth.Group_permissions",
    "contenttypes.ContentType",
    "migrations.Migration",
    "socialaccount.SocialApp",
)

BESTAMT = _utan(
    _BESTAMT,
    "beslut.Serie",
    "beslut.Delegation",
    "beslut.Instrument",
    "beslut.Instrumentomrade",
    "beslut.Instrumentgrans",
    "utforare.Utforare",
    "utforare.Enhet",
    "utforare.Prislista",
    "ersattning.Pris",
    "ersattning.Tidsband",
    "ersattning.Bonusregel",
    "ersattning.Kontering",
    "ersattning.Budget",
    "ersattning.Budgetrad",
    "uppfoljning.Kravlista",
    "uppfoljning.Krav",
    "uppfoljning.Avtalsuppfoljning",
    "uppfoljning.Kravbedomning",
    "uppfoljning.Brist",
    "uppfoljning.Bristhandelse",
    "uppfoljning.Bemanningsnyckel",
    "uppfoljning.Bemanningsniva",
    "uppfoljning.Enhetsfakta",
    "uppfoljning.Fyndgrans",
    "uppfoljning.Leveranslayout",
)

SUMMOR = (
    *_utan(
        "Månadens läge, vem som fastställde den och dess summor. Inga personer.",
        "ersattning.Korning",
        "ersattning.Manadssumma",
        "ersattning.Manadsunderlag",
        "ersattning.Konteringsbruk",
        grund=Grund.BOKFORING,
    ),
    *_utan(
        "Listan, beslutet och protokollet om gallring: antal, lagrum, vem och när. Bevaras.",
        "uppfoljning.Gallringslista",
    ),
    *_utan(
        "Hur många dagar och besök en enhet hade i månaden när någon signerade den. Inga personer.",
        "utforare.Signering",
    ),
    *_utan(
        _STAT,
        "ersattning.Simulering",
        "ersattning.Simulering_utforare",
        "ersattning.Simuleringsvariant",
        "ersattning.Simuleringssumma",
        "ersattning.Simuleringsbrist",
        "ersattning.Simuleringsvolym",
        "ersattning.Simuleringsbudget",
        "ersattning.Prognos",
        "ersattning.Prognosrad",
        "uppfoljning.Kontroll",
        "uppfoljning.Leverans",
        "uppfoljning.Uppgiftsfil",
        "uppfoljning.Enkatrad",
        "uppfoljning.Planeradkapacitet",
        "uppfoljning.Koladakommun",
        "uppfoljning.Koladanyckeltal",
        "uppfoljning.Koladavarde",
        "uppfoljning.Bokslutsrad",
        "uppfoljning.Ytterfallsgrans",
        "uppfoljning.Bemanning",
        "uppfoljning.Utbildning",
        "uppfoljning.Skolelever",
        "uppfoljning.Planantagande",
        "uppfoljning.Statistikenhet",
    ),
    *_utan(
        "Att ett arkivpaket gjordes, med kontrollsumma och antal. Vems akter det har står i dess rader.",
        "uppfoljning.Arkivexport",
        grund=Grund.LOGG,
    ),
    *_utan(
        "Ett stickprov ur läsloggen: dagar, antal och slutsats. Läsningarna pekar på personen, inte stickprovet.",
        "beslut.Loggkontroll",
        grund=Grund.LOGG,
    ),
)

NAMND = (
    *_utan(
        _NAMND,
        "uppfoljning.Dokumentmall",
        "uppfoljning.Mallversion",
        "uppfoljning.Dokument",
        "uppfoljning.Dokumentversion",
        "uppfoljning.Dokumentsiffror",
        "uppfoljning.Dokumentbilaga",
        "uppfoljning.Dokumentutgava",
        "uppfoljning.Handlingsplan",
        "uppfoljning.Atgard",
        "uppfoljning.Motesuppfoljning",
        "uppfoljning.Planredovisning",
        "uppfoljning.Arssats",
    ),
    Modellrad(
        modell="uppfoljning.Arsfil",
        atgard=Atgard.BEHALL,
        grund=Grund.INGEN_PERSON,
        skal="Årets rapporter på disk. " + _STAT,
        fil=Filplats(falt="sokvag", rot="FILER_DIR"),
    ),
)
