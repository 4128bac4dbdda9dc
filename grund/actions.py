"""Changes of users."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from grund import regler
from grund.behorighet import SER_NAMN, Ratt, Roll, hinder_for_ratt
from grund.handelser import skriv_handelse
from grund.hinder import Hindrad
from grund.models import Anvandare
from grund.text import och

ANDRAD = "Någon annan har ändrat användaren sedan du öppnade sidan. Ingenting är sparat. Öppna sidan igen."
MINSTA_SKAL = 5  # letters
LANGSTA_NAMN = 60  # so that the event's objekt holds it


def skapa_anvandare(
    *,
    namn: str,
    roller: Sequence[str],
    losenord: str | None,
    av: Anvandare | None,
    fornamn: str = "",
    efternamn: str = "",
    losenord_till: datetime | None = None,
) -> Anvandare:
    """Add a user. Hindrad when the name is taken or not allowed, or the password too weak.

    `losenord` None: the user comes in by the municipality's own login only. `losenord_till`: it is a one-time password,
    good until then.
    """
    ny = Anvandare(username=namn, roller=sorted(set(roller)), first_name=fornamn, last_name=efternamn)
    ny.set_password(losenord)
    ny.engangslosenord_till = losenord_till
    with transaction.atomic():
        _krav_ratt(av)
        _provad(ny, losenord)
        _neka(regler.hinder_for_namn(namn))
        if Anvandare.objects.filter(username__iexact=namn).exists():
            raise Hindrad(["Ett användarnamn som bara skiljer sig i stora och små bokstäver finns redan."])
        ny.save()
        text = f"Användaren {namn} lades upp{_med_roller(ny.roller)}."
        skriv_handelse(av=av, handling="skapa_anvandare", objekt=objekt(ny), text=text, roller=ny.roller)
    return ny


def som_text(anvandare: Anvandare) -> str:
    """The name and the roles, as a text that a form carries to tell whether somebody has changed them meanwhile."""
    return "|".join([anvandare.first_name, anvandare.last_name, *sorted(anvandare.roller)])


def andra_anvandare(
    *, anvandare: Anvandare, fornamn: str, efternamn: str, roller: Collection[str], sag: str, av: Anvandare | None
) -> None:
    """Change the name and the roles. They hold from the user's next page. `sag`: what the user was as it was seen.

    An old page would else give back a role that has been taken away since.
    """
    with _last(anvandare, av) as user:
        if sag != som_text(user):
            raise Hindrad([ANDRAD])
        fore, efter = set(user.roller), set(roller)
        _neka(regler.hinder_for_roller(sig_sjalv=user == av, fore=fore, efter=efter))
        bytt_namn = (user.first_name, user.last_name) != (fornamn, efternamn)
        user.first_name, user.last_name, user.roller = fornamn, efternamn, sorted(efter)
        miste = _mister_skyddade(user)
        _provad(user, None)
        user.save(update_fields=["first_name", "last_name", "roller", "ser_skyddade"])
        if bytt_namn:
            _skriv(user, av, "andra_namn", f"{user.username} heter nu {user.get_full_name() or user.username}.")
        if fore != efter:
            _skriv_roller(user, av, fore, efter)
        if miste:
            _skriv_skyddade(user, av, "Rollerna ger inte längre rätt till det.")


def satt_ser_skyddade(*, anvandare: Anvandare, ser: bool, skal: str, av: Anvandare | None) -> None:
    """Name the user as one who sees protected persons, or no longer, with a reason. From the user's next page."""
    with _last(anvandare, av) as user:
        hinder = regler.hinder_for_skyddade(sig_sjalv=user == av, roller=user.roller, ser=ser)
        if len(skal.strip()) < MINSTA_SKAL:
            hinder.append("Skriv varför, med några ord.")
        _neka(hinder)
        if user.ser_skyddade == ser:
            return
        user.ser_skyddade = ser
        user.save(update_fields=["ser_skyddade"])
        _skriv_skyddade(user, av, skal.strip())


def satt_roller_enligt_idp(*, anvandare: Anvandare, roller: Collection[str], styrda: Collection[str]) -> None:
    """Give the roles that the municipality's login says, of those that it decides about (`styrda`); leave the rest."""
    with _last(anvandare, None) as user:
        fore = set(user.roller)
        efter = (fore - set(styrda)) | set(roller)
        if fore == efter:
            return
        user.roller = sorted(efter)
        miste = _mister_skyddade(user)
        _provad(user, None)
        user.save(update_fields=["roller", "ser_skyddade"])
        _skriv_roller(user, None, fore, efter)
        if miste:
            _skriv_skyddade(user, None, "Rollerna ger inte längre rätt till det.")


def stang_av(*, anvandare: Anvandare, av: Anvandare | None) -> None:
    """Shut the user out, now: sessions end, and do not come back if the user does."""
    with _last(anvandare, av) as user:
        _neka(regler.hinder_for_avstangning(sig_sjalv=user == av))
        if not user.is_active:
            return
        user.is_active = False
        user.sessionsomgang += 1
        user.save(update_fields=["is_active", "sessionsomgang"])
        _skriv(user, av, "stang_av", f"{user.username} stängdes av.")


def oppna_igen(*, anvandare: Anvandare, av: Anvandare | None) -> None:
    """Let the user in again, with the roles and the password as they were."""
    with _last(anvandare, av) as user:
        if user.is_active:
            return
        user.is_active = True
        user.save(update_fields=["is_active"])
        _skriv(user, av, "oppna_igen", f"{user.username} släpptes in igen.")


def ge_engangslosenord(*, anvandare: Anvandare, losenord: str, till: datetime, av: Anvandare | None) -> None:
    """A new password that is good until `till` and must be changed at once. Sessions end."""
    with _last(anvandare, av) as user:
        _neka(regler.hinder_for_nytt_losenord(sig_sjalv=user == av))
        user.set_password(losenord)
        user.engangslosenord_till = till
        user.sessionsomgang += 1
        user.save(update_fields=["password", "engangslosenord_till", "sessionsomgang"])
        _skriv(user, av, "ge_engangslosenord", f"{user.username} fick ett nytt engångslösenord.")


def ta_bort_inloggningssatt(*, anvandare: Anvandare, av: Anvandare | None) -> None:
    """Take away codes, keys and the tie to the municipality's login, which are then set up anew. Sessions end."""
    with _last(anvandare, av) as user:
        _neka(regler.hinder_for_ny_inloggning(sig_sjalv=user == av))
        Authenticator.objects.filter(user=user).delete()
        SocialAccount.objects.filter(user=user).delete()
        user.sessionsomgang += 1
        user.save(update_fields=["sessionsomgang"])
        text = f"Koder, nycklar och kommunens inloggning kopplades bort från {user.username}."
        _skriv(user, av, "ta_bort_inloggningssatt", text)


def byt_losenord(*, anvandare: Anvandare, losenord: str, av: Anvandare) -> None:
    """The user's own change of password. `anvandare` is changed too, so that the caller's session may go on."""
    with _last(anvandare, None) as user:
        user.set_password(losenord)
        user.engangslosenord_till = None
        user.save(update_fields=["password", "engangslosenord_till"])
        _skriv(user, av, "byt_losenord", f"{user.username} bytte lösenord.")
    anvandare.password, anvandare.engangslosenord_till = user.password, None


def objekt(anvandare: Anvandare) -> str:
    """What events about the user are kept under."""
    return f"anvandare:{anvandare.username}"


@contextmanager
def _last(anvandare: Anvandare, av: Anvandare | None) -> Iterator[Anvandare]:
    """The user's row, locked together with that of the one who acts: two who shut each other out cannot both do it."""
    with transaction.atomic():
        nycklar = [anvandare.pk] + ([av.pk] if av else [])
        rader = {rad.pk: rad for rad in Anvandare.objects.select_for_update().filter(pk__in=nycklar).order_by("pk")}
        _krav_ratt(rader[av.pk] if av else None)
        yield rader[anvandare.pk]


def _krav_ratt(av: Anvandare | None) -> None:
    """Hindrad unless `av` may; None is the system itself, or a command on the server."""
    if av is None:
        return
    if not av.is_active:
        raise Hindrad(["Ditt konto är avstängt."])
    _neka(hinder_for_ratt(av.roller, Ratt.FORVALTA_ANVANDARE))


def _neka(hinder: list[str]) -> None:
    if hinder:
        raise Hindrad(hinder)


def _provad(user: Anvandare, losenord: str | None) -> None:
    """Hindrad when the fields, or the password if there is a new one, do not hold."""
    if len(user.username) > LANGSTA_NAMN:
        raise Hindrad([f"Användarnamnet får ha högst {LANGSTA_NAMN} tecken."])
    try:
        if losenord is not None:
            validate_password(losenord, user)
        user.full_clean()
    except ValidationError as fel:
        raise Hindrad(fel.messages) from fel


def _skriv(user: Anvandare, av: Anvandare | None, handling: str, text: str) -> None:
    skriv_handelse(av=av, handling=handling, objekt=objekt(user), text=text)


def _mister_skyddade(user: Anvandare) -> bool:
    """Whether the new roles take away the sight of protected persons; then it is gone, and not back with the roles."""
    if not user.ser_skyddade or SER_NAMN & set(user.roller):
        return False
    user.ser_skyddade = False
    return True


def _skriv_skyddade(user: Anvandare, av: Anvandare | None, skal: str) -> None:
    """The reason stands in the sentence: it is what those who control the log ask for."""
    far = "får se" if user.ser_skyddade else "får inte längre se"
    text = f"{user.username} {far} skyddade personuppgifter. Skäl: {skal.rstrip('.')}."
    _skriv(user, av, "far_se_skyddade", text)


def _skriv_roller(user: Anvandare, av: Anvandare | None, fore: set[str], efter: set[str]) -> None:
    """One event for what was given and what was taken away."""
    delar = [
        f"{verb} {och([Roll(roll).label for roll in sorted(skillnad)])}"
        for verb, skillnad in (("fick", efter - fore), ("miste", fore - efter))
        if skillnad
    ]
    text = f"{user.username} {' och '.join(delar)}."
    skriv_handelse(
        av=av, handling="andra_roller", objekt=objekt(user), text=text, fore=sorted(fore), efter=sorted(efter)
    )


def _med_roller(roller: Sequence[str]) -> str:
    return f" som {och([Roll(roll).label for roll in roller])}" if roller else ""
