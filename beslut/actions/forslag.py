"""A draft becomes a decision: written, proposed, returned or signed. Signing stores it as a row of the format."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from beslut import arenden
from beslut.actions.arenden import last_arende
from beslut.actions.nummer import vanta_pa_inlasning
from beslut.beslutshandling import beslutshandling_pdf
from beslut.koder import Arendestatus, Forslagsstatus
from beslut.models import Arende, Beslut, Beslutshandling, Forslag
from beslut.provning import Anmarkning
from beslut.regler import Insats, Utfall
from grund.datapaket.registrering import Spar, Textrad, lagrad_rad, registrera
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.tid import EN_DAG, lokal_dag

ANDRAT = "Någon annan har ändrat förslaget sedan du öppnade det. Läs det som står nu och gör om din ändring."


@dataclass(frozen=True, slots=True)
class Forslagsfalt:
    """What the draft says. An avslag gives nothing, so its days and omfattning are left out (save an omprövning's)."""

    utfall: str = ""
    fran: date | None = None
    sista: date | None = None
    omfattning: Decimal | None = None
    omfattning_enhet: str = ""
    kostnad: Decimal | None = None
    uppfoljning: date | None = None
    motivering: str = ""
    forbehall: bool = False
    forbehall_text: str = ""
    grund: str = ""
    bekraftat: tuple[str, ...] = ()


class EjFardigt(Hindrad):
    """The draft may not go on. `anmarkningar` says which fields, for the form to show beside them."""

    def __init__(self, anmarkningar: list[Anmarkning]) -> None:
        super().__init__([ett.text for ett in anmarkningar])
        self.anmarkningar = anmarkningar


def spara_forslag(*, arende: Arende, falt: Forslagsfalt, pa_version: int, av: Anvandare) -> Forslag:
    """Store the draft as far as it is written. `pa_version`: the one that the writer saw, 0 = none."""
    with last_arende(arende, av) as last:
        if hinder := arenden.hinder_for_att_skriva(last):
            raise Hindrad(hinder)
        varden = asdict(falt) | {"bekraftat": sorted(falt.bekraftat)}
        if pa_version == 0:
            ny, skapad = Forslag.objects.get_or_create(arende=last, defaults=varden)
            if not skapad:
                raise Hindrad([ANDRAT])
            _skriv(last, av, "spara_forslag", "Ett förslag till beslut började skrivas.")
            return ny
        andrade = Forslag.objects.filter(arende=last, version=pa_version).update(**varden, version=pa_version + 1)
        if not andrade:
            raise Hindrad([ANDRAT])
    return Forslag.objects.get(arende=arende)


def foresla(*, arende: Arende, pa_version: int, av: Anvandare, nu: datetime) -> Forslag:
    """Leave the draft for signature. EjFardigt when something is missing, refused, or a warning is not acknowledged."""
    with last_arende(arende, av) as last:
        forslag = Forslag.objects.filter(arende=last, version=pa_version, status=Forslagsstatus.UTKAST).first()
        if forslag is None:
            raise Hindrad([ANDRAT])
        _prova(last, forslag, lokal_dag(nu), forslag.bekraftat)
        forslag.status, forslag.foreslaget_av, forslag.foreslaget = Forslagsstatus.FORESLAGET, av, nu
        forslag.aterlamnat = ""
        forslag.save(update_fields=["status", "foreslaget_av", "foreslaget", "aterlamnat"])
        Arende.objects.filter(pk=last.pk).update(status=Arendestatus.FORESLAGET)
        _skriv(last, av, "foresla_beslut", f"Förslag till beslut lämnades: {Utfall(forslag.utfall).label}.")
    return forslag


def aterlamna(*, arende: Arende, skal: str, av: Anvandare) -> None:
    """Give the proposal back to be worked on, with a reason."""
    if not skal.strip():
        raise Hindrad(["Skriv varför förslaget återlämnas, så att den som skriver vet vad som ska ändras."])
    with last_arende(arende, av) as last:
        andrade = Forslag.objects.filter(arende=last, status=Forslagsstatus.FORESLAGET).update(
            status=Forslagsstatus.UTKAST, aterlamnat=skal.strip()
        )
        if not andrade:
            raise Hindrad(["Det finns inget förslag som väntar på underskrift."])
        Arende.objects.filter(pk=last.pk).update(status=Arendestatus.UTREDS)
        # The reason is of the person: it is kept with the event, but the log is read by those who may not see her.
        _skriv(last, av, "aterlamna_forslag", "Förslaget återlämnades.", skal=skal.strip())


def underteckna(*, arende: Arende, pa_version: int, bekraftat: tuple[str, ...], av: Anvandare, nu: datetime) -> Beslut:
    """Sign the proposal: the decision is made, stored, and set as a document.

    Hindrad when the delegation does not cover it, it has been changed since it was read, or a rule now says no.
    """
    with last_arende(arende, av) as last:
        vanta_pa_inlasning()
        forslag = Forslag.objects.filter(arende=last, version=pa_version).select_related("foreslaget_av").first()
        if forslag is None:
            raise Hindrad([ANDRAT])
        if hinder := arenden.hinder_for_att_underteckna(forslag, av, lokal_dag(nu)):
            raise Hindrad(hinder)
        _prova(last, forslag, lokal_dag(nu), [*forslag.bekraftat, *bekraftat])
        forslag.beslut = _registrera(last, forslag, av, lokal_dag(nu))
        forslag.status, forslag.undertecknat_av, forslag.undertecknat = Forslagsstatus.UNDERTECKNAT, av, nu
        forslag.bekraftat = sorted({*forslag.bekraftat, *bekraftat})
        forslag.save()
        Arende.objects.filter(pk=last.pk).update(status=Arendestatus.BESLUTAT)
        pdf = beslutshandling_pdf(forslag)
        Beslutshandling.objects.create(forslag=forslag, pdf=pdf, sha256=sha256(pdf).hexdigest())
    return forslag.beslut


def _prova(arende: Arende, forslag: Forslag, idag: date, bekraftat: list[str]) -> None:
    utkast = arenden.utkast(arende, forslag)
    if stopp := arenden.forslagets_hinder(arende, utkast, forslag.grund, idag, bekraftat):
        raise EjFardigt(stopp)


def _registrera(arende: Arende, forslag: Forslag, av: Anvandare, idag: date) -> Beslut:
    nyckel = f"B-{arende.nummer}"
    if Beslut.objects.filter(nyckel=nyckel).exists():
        raise Hindrad([f"Det finns redan ett beslut med nyckeln {nyckel}."])
    text = f"Beslutet {nyckel} undertecknades: {Utfall(forslag.utfall).label}."
    if slut := _avslutat(arende, forslag):
        text += f" Det ersätter {slut['beslut_id']}, som slutar {slut['till']} ({forslag.get_grund_display()})."
    rader = [_rad(arende, forslag, nyckel, idag), *([slut] if slut else [])]
    spar = Spar(av, "underteckna_beslut", f"arende:{arende.nummer}", text)
    registrera(rader={"beslut": rader}, spar=spar)
    return Beslut.objects.get(nyckel=nyckel)


def _rad(arende: Arende, forslag: Forslag, nyckel: str, idag: date) -> Textrad:
    """The decision in the columns of beslut.csv. An avslag has no days of its own."""
    rad = {
        "beslut_id": nyckel,
        "person_id": arende.person.nyckel,
        "insats": arende.insats,
        "lagrum": Insats(arende.insats).lag.value,
        "utfall": forslag.utfall,
        "ansokan": str(arende.inkom),
        "beslutsdatum": str(idag),
    }
    if forslag.utfall == Utfall.AVSLAG:
        return rad
    return rad | {
        "fran": str(forslag.fran or ""),
        "till": str(forslag.sista or ""),
        "omfattning": "" if forslag.omfattning is None else f"{forslag.omfattning:f}",
        "omfattning_enhet": forslag.omfattning_enhet,
        "uppfoljning": str(forslag.uppfoljning or ""),
    }


def _avslutat(arende: Arende, forslag: Forslag) -> dict[str, str] | None:
    """The decision that is reconsidered, ending the day before the new one begins, if it would have held longer."""
    gammalt = arende.omprovar
    if gammalt is None or gammalt.fran is None or forslag.fran is None:
        return None
    if gammalt.till is not None and gammalt.till <= forslag.fran:
        return None
    return lagrad_rad("beslut", gammalt.nyckel) | {"till": str(forslag.fran - EN_DAG)}


def _skriv(arende: Arende, av: Anvandare, handling: str, text: str, **data: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=f"arende:{arende.nummer}", text=text, **data)
