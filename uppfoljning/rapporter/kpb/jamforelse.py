"""What a unit costs: by insats against ersättningen, at each utförare, and against the accounts before. Pure."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from beslut.ord import insats_i_ord
from beslut.regler import Insats
from grund.arbetsbok import Kolumn, Slag
from grund.pengar import avrunda
from grund.text import stor_forsta, svensk_ordning
from uppfoljning.rapport.innehall import Del, Rad, Tabell
from uppfoljning.rapporter.kpb.queries import Period, Underlag
from uppfoljning.rapporter.kpb.regler import RADENHET, Grund
from uppfoljning.rapporter.kpb.siffror import Enhetskostnad, enhetskostnader, hos_utforarna

_INSATSER = list(Insats.values)
_GRUNDER = list(Grund)


def _ordning(insats: str, grund: Grund) -> tuple[int, int]:
    return _INSATSER.index(insats), _GRUNDER.index(grund)


def utforardel(underlag: Underlag) -> Del:
    """What a unit costs in the accounts and by ersättningen, by insats and by utförare."""
    period = underlag.period
    alla = enhetskostnader(period.utfall, period.volymer, period.bokslut)
    rader = [
        Rad((insats_i_ord(insats), *_celler(grund, alla[insats, grund]), _ersattning(underlag, insats, grund)))
        for insats, grund in sorted(alla, key=lambda nyckel: _ordning(*nyckel))
    ]
    hos = hos_utforarna(period.utfall, period.volymer, period.bokslut)
    namn = {pk: ett.namn for pk, ett in underlag.utforare.items()}
    ordnade = sorted(hos, key=lambda nyckel: (svensk_ordning(namn[nyckel[0]]), _ordning(*nyckel[1:])))
    utforarrader = [
        Rad(
            (
                namn[pk],
                insats_i_ord(insats),
                *_celler(grund, hos[pk, insats, grund]),
                _ersattning(underlag, insats, grund, pk),
            )
        )
        for pk, insats, grund in ordnade
    ]
    kolumner = (
        Kolumn("Mått"),
        Kolumn("Personer", Slag.HELTAL),
        Kolumn("Mängd", Slag.ANTAL),
        Kolumn("KPB, kr", Slag.KRONOR, summera=True),
        Kolumn("KPB, kr per enhet", Slag.KRONOR),
        Kolumn("Ersättning, kr per enhet", Slag.KRONOR),
    )
    noter = ("Ersättningen per enhet är från de månader som är körda, där den betalas i samma mått.",)
    return Del(
        "enheter",
        "Vad en enhet kostar",
        tabeller=(
            Tabell(
                "enhetskostnad", "Enhetskostnad per insats", (Kolumn("Insats"), *kolumner), tuple(rader), noter=noter
            ),
            Tabell(
                "kpb_utforare",
                "Enhetskostnad per utförare",
                (Kolumn("Utförare"), Kolumn("Insats"), *kolumner),
                tuple(utforarrader),
            ),
        ),
    )


def _celler(grund: Grund, ett: Enhetskostnad) -> tuple[str, int, Decimal, Decimal, Decimal]:
    matt = stor_forsta(str(grund.label))
    return matt, len(ett.personer), avrunda(ett.mangd), ett.kronor, avrunda(ett.per_enhet)


def _ersattning(underlag: Underlag, insats: str, grund: Grund, utforare: int | None = None) -> Decimal | None:
    """Kronor for a unit in the months that are run."""
    par = [
        varde
        for (kod, pk, enhet), varde in underlag.ersattning.enheter.items()
        if kod == insats and enhet == RADENHET[grund] and utforare in {None, pk}
    ]
    antal = sum((antal for antal, _ in par), Decimal(0))
    return avrunda(Fraction(sum((belopp for _, belopp in par), Decimal(0))) / Fraction(antal)) if antal else None


def jamforelsedel(underlag: Underlag) -> Iterator[Del]:
    """Against the accounts before; nothing when there are none."""
    if underlag.fore is None:
        return
    nu, fore = (_enheter(ett) for ett in (underlag.period, underlag.fore))
    namnen = (underlag.fore.bokslut.namn, underlag.period.bokslut.namn)
    rader = []
    for nyckel in sorted(nu.keys() | fore.keys(), key=lambda nyckel: _ordning(*nyckel)):
        da, sedan = fore.get(nyckel), nu.get(nyckel)
        rader.append(
            Rad(
                (
                    insats_i_ord(nyckel[0]),
                    stor_forsta(str(nyckel[1].label)),
                    len(da.personer) if da else None,
                    len(sedan.personer) if sedan else None,
                    avrunda(da.per_enhet) if da else None,
                    avrunda(sedan.per_enhet) if sedan else None,
                    avrunda(sedan.per_enhet / da.per_enhet - 1, 4) if da and sedan and da.per_enhet else None,
                )
            )
        )
    kolumner = (
        Kolumn("Insats"),
        Kolumn("Mått"),
        *(Kolumn(f"Personer {namn}", Slag.HELTAL) for namn in namnen),
        *(Kolumn(f"Per enhet {namn}", Slag.KRONOR) for namn in namnen),
        Kolumn("Förändring", Slag.ANDEL),
    )
    tabell = Tabell("kpb_aren", f"{namnen[1]} mot {namnen[0]}", kolumner, tuple(rader))
    yield Del("aren", "Jämfört med bokslutet före", tabeller=(tabell,))


def _enheter(period: Period) -> dict[tuple[str, Grund], Enhetskostnad]:
    return enhetskostnader(period.utfall, period.volymer, period.bokslut)
