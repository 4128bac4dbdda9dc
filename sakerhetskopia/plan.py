"""Which copy a restore starts from, how far what is stored reaches, and what is lost by going back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sakerhetskopia import wal
from sakerhetskopia.fel import Kopiefel
from sakerhetskopia.filarkiv import ANKARE
from sakerhetskopia.lager import Journal, Lager, Post

SVENSK = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True)
class Plan:
    """From the copy `bas`, through `segment`, to `till` (None = as far as what is stored reaches)."""

    bas: Post
    till: datetime | None
    segment: list[Post]
    filer: dict[str, str]  # path → SHA-256: the files as they were when they were next looked through
    vantat: dict[str, Any]  # what must stand in the database again: settled months, and the last event there was
    sista: Post  # the last that was fetched
    kan_ha_tappats: int  # events after the target, as far as is known

    def text(self) -> list[str]:
        """What a person is told before anything is done."""
        till = svensk(self.till) if self.till else f"det sista som hämtades, {svensk(tid(self.sista['borjade']))}"
        rader = [
            f"Utgår från kopian {self.bas['namn']} ({svensk(tid(self.bas['slut']))}) och går fram till {till}.",
            f"Fastställda månader då: {', '.join(self.vantat['faststallda']) or 'inga'}. Filer: {len(self.filer)}.",
        ]
        if self.kan_ha_tappats:
            rader.append(
                f"Det som hände efteråt går förlorat: upp till {self.kan_ha_tappats} händelser fram till"
                f" {svensk(tid(self.sista['borjade']))}, och allt efter det."
            )
        return rader


def las_tid(text: str) -> datetime:
    """`2026-05-12 14:30`, Swedish time unless it says otherwise. An hour that came twice must be told apart."""
    try:
        nar = datetime.fromisoformat(text)
    except ValueError:
        raise Kopiefel(f'”{text}” är ingen tid. Skriv till exempel: --till "2026-05-12 14:30"') from None
    if nar.tzinfo:
        return nar.astimezone(UTC)
    nar = nar.replace(tzinfo=SVENSK)
    if nar.utcoffset() != nar.replace(fold=1).utcoffset():
        sommar, vinter = nar.isoformat(), nar.replace(fold=1).isoformat()
        raise Kopiefel(
            f"Klockan ställs om då, så tiden finns två gånger eller inte alls. Skriv {sommar} eller {vinter}."
        )
    return nar.astimezone(UTC)


def planera(lager: Lager, till: datetime | None) -> Plan:
    """Raises Kopiefel with why the time cannot be reached."""
    if not lager.finns():
        raise Kopiefel(f"Det finns inga säkerhetskopior i {lager.mapp}.")
    baser, synkar = lager.baser(), lager.journal.synkar
    if not baser:
        raise Kopiefel(f"Det finns ingen hel kopia av databasen i {lager.mapp}.")
    if not synkar:
        raise Kopiefel(
            "Kopian blev aldrig klar: det som databasen skrev efteråt hämtades inte. Inget går att lägga tillbaka."
        )
    sista = synkar[-1]
    bas = _bas(baser, till)
    malet = _malet(synkar, bas, till)
    segment = _segment(lager, bas, malet)
    fore = _fore(lager.journal, bas, till, malet)
    return Plan(
        bas, till, segment, _filer(lager.journal, malet), fore, sista, max(sista["handelse"] - fore["handelse"], 0)
    )


def _bas(baser: list[Post], till: datetime | None) -> Post:
    if till is None:
        return baser[-1]
    duger = [bas for bas in baser if tid(bas["slut"]) <= till]
    if not duger:
        raise Kopiefel(f"Så långt tillbaka går det inte: den äldsta kopian blev klar {svensk(tid(baser[0]['slut']))}.")
    return duger[-1]


def _malet(synkar: list[Post], bas: Post, till: datetime | None) -> Post:
    """The first fetch that reaches the target: it brought a commit later than it."""
    if till is None:
        hennes = [synk for synk in synkar if synk["tidslinje"] == bas["tidslinje"]]
        if hennes:
            return hennes[-1]
    efter = [synk for synk in synkar if till is None or tid(synk["borjade"]) >= till]
    if not efter:
        sist = svensk(tid(synkar[-1]["borjade"]))
        raise Kopiefel(f"Så långt fram går det inte: det sista hämtades {sist}. Välj en tid före det.")
    if efter[0]["tidslinje"] != bas["tidslinje"]:
        raise Kopiefel(
            "Tiden ligger mellan en återställning och den första kopian efter den, och finns inte på någon av dem."
            " Välj en tid före återställningen eller efter kopian (se: lista)."
        )
    return efter[0]


def _segment(lager: Lager, bas: Post, malet: Post) -> list[Post]:
    """What is needed of what the database wrote. The copy itself holds what was written while it was made."""
    journal = lager.journal
    fran = wal.efter(bas["slut_wal"], bas["segment"])
    if saknas := wal.lucka(journal.wal, fran, malet["wal"], bas["segment"]):
        raise Kopiefel(
            f"Det som databasen skrev är inte helt: {saknas} saknas. Välj en tid före det, eller utan --till för allt"
            f" som finns efter en senare kopia (se: lista)."
        )
    valda = [
        post
        for namn, post in sorted(journal.wal.items())
        if namn.endswith(".history") or (namn[:8] == malet["wal"][:8] and fran[8:] <= namn[8:] <= malet["wal"][8:])
    ]
    for post in valda:
        fil = lager.mapp / post["fil"]
        if not fil.exists() or fil.stat().st_size != post["storlek"]:
            raise Kopiefel(f"{post['fil']} är avkortad eller borta: längre än dit går det inte. Välj en tidigare tid.")
    return valda


def _fore(journal: Journal, bas: Post, till: datetime | None, malet: Post) -> dict[str, Any]:
    """What was known to stand in the database at the target, or shortly before it."""
    svar: dict[str, Any] = bas["fakta"]
    for synk in journal.synkar:
        if tid(synk["borjade"]) > (till or tid(malet["borjade"])):
            break
        if tid(synk["borjade"]) >= tid(bas["slut"]):
            svar = {"handelse": synk["handelse"], "faststallda": synk.get("faststallda", svar["faststallda"])}
    return svar


def _filer(journal: Journal, malet: Post) -> dict[str, str]:
    """The files as the fetch `malet` found them; of the chain's anchors the newest, which tell of what came after."""
    dittills = Journal()
    for post in journal.poster:
        dittills.lagg_till(post)
        if post is malet:
            break
    if ankare := journal.filer.get(ANKARE):
        dittills.filer[ANKARE] = ankare
    return {sokvag: post["innehall"] for sokvag, post in dittills.filer.items()}


def tid(iso: str) -> datetime:
    return datetime.fromisoformat(iso)


def svensk(nar: datetime) -> str:
    return f"{nar.astimezone(SVENSK):%Y-%m-%d %H:%M:%S}"
