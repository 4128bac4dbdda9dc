"""Finding, adding and changing persons, and who works with them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from beslut import sokning, tillgang
from beslut.actions.lasning import anteckna_lasning
from beslut.actions.personer import andra_person, avtryck, lagg_till_person
from beslut.actions.tilldelning import avsluta_tilldelning, tilldela
from beslut.forms.arenden import Handlaggarform
from beslut.forms.personer import Andraform, Personform, Sokform
from beslut.models import Arende, Person, Tilldelning
from beslut.views.gemensamt import formularsida, forsok, hamta_person, lyckas
from beslut.visning import personrader
from grund import klocka
from grund.behorighet import Ratt
from grund.datapaket.registrering import lagrad_rad
from grund.tillgang import inloggad, kraver

_SOKNING = "sokning"  # in the session: whom the last search found; never what was asked for
PER_SIDA = 50


@kraver(Ratt.HANDLAGGA)
def personer(request: HttpRequest) -> HttpResponse:
    """The search, what it found, those opened of late, and one's own."""
    vem = inloggad(request)
    funna = request.session.get(_SOKNING, {}) if "sok" in request.GET else None
    traffar = sokning.i_namnordning(list(Person.objects.filter(pk__in=funna["traffar"]))) if funna else []
    egna = [] if funna is not None else sokning.mina_personer(vem, klocka.idag())  # a search is answered, no more
    sida = Paginator(egna, PER_SIDA).get_page(request.GET.get("page"))
    kontext = {
        "sokt": funna is not None,
        "traffar": personrader(vem, traffar, klocka.idag()),
        "fler": bool(funna and funna["fler"]),
        "senast": personrader(vem, sokning.senast_oppnade(vem), klocka.idag()),
        "sida": sida,
        "mina": personrader(vem, list(sida.object_list), klocka.idag()),
    }
    return render(request, "beslut/personer.html", kontext)


@require_POST
@kraver(Ratt.HANDLAGGA)
def sok(request: HttpRequest) -> HttpResponse:
    """Search. The term is never in an address: addresses end up in logs."""
    form = Sokform(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["fraga"][0]))
        return redirect("beslut:personer")
    traffar = sokning.sok(form.cleaned_data["fraga"])
    vem = inloggad(request)
    anteckna_lasning(personer=[ett.pk for ett in traffar.personer], av=vem, sida="sökträff")
    if traffar.exakt:
        return redirect(_exakt(form.cleaned_data["fraga"], traffar.personer[0]))
    request.session[_SOKNING] = {"traffar": [ett.pk for ett in traffar.personer], "fler": traffar.fler}
    return redirect(f"{reverse('beslut:personer')}?sok")


def _exakt(fraga: str, person: Person) -> str:
    arende = Arende.objects.filter(nummer=fraga.strip().upper(), person=person).first()
    return reverse("beslut:arende", args=[arende.pk]) if arende else reverse("utforare:akt", args=[person.pk])


@kraver(Ratt.HANDLAGGA)
def ny(request: HttpRequest) -> HttpResponse:
    """A new person."""
    form, nya = Personform(request.POST or None), []

    def gor() -> None:
        nya.append(lagg_till_person(uppgifter=form.uppgifter(), av=inloggad(request), idag=klocka.idag()))

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, "Personen är tillagd.")
        return redirect("utforare:akt", nya[0].pk)
    return formularsida(
        request,
        form,
        rubrik="Ny person",
        ingress="Sök först, så att samma person inte läggs till två gånger.",
        knapp="Lägg till personen",
        avbryt=reverse("beslut:personer"),
        smulor=[("Personer", reverse("beslut:personer")), ("Ny person", "")],
        hjalp=[("Vem får se det du skriver?", [_VEM])],
    )


_VEM = (
    "Den som handlägger personens ärenden, och utförare som får i uppdrag att ge stödet. Varje gång någon öppnar "
    "uppgifterna antecknas det."
)


@kraver(Ratt.HANDLAGGA)
def uppgifter(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a person."""
    person = hamta_person(request, pk, sida="ändra uppgifter")
    form = Andraform(request.POST or None, initial=_uppgifter(person))

    def gor() -> None:
        sag = form.cleaned_data["sag"]
        andra_person(person=person, uppgifter=form.uppgifter(), sag=sag, av=inloggad(request))

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, "Uppgifterna är sparade.")
        return redirect("utforare:akt", person.pk)
    akt, namn = reverse("utforare:akt", args=[person.pk]), tillgang.namn(inloggad(request), person)
    return formularsida(
        request,
        form,
        rubrik="Ändra uppgifter",
        ingress=namn,
        knapp="Spara",
        avbryt=akt,
        smulor=[("Personer", reverse("beslut:personer")), (namn, akt), ("Ändra uppgifter", "")],
    )


def _uppgifter(person: Person) -> dict[str, object]:
    rad = lagrad_rad("personer", person.nyckel)
    return {**rad, "skyddad": person.skyddad, "avliden": person.avliden, "sag": avtryck(person)}


@require_POST
@kraver(Ratt.FORDELA)
def ge(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the person's matters to a handläggare."""
    person = hamta_person(request, pk, sida="tilldelning")
    form = Handlaggarform(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["handlaggare"][0]))
    else:
        vem = form.cleaned_data["handlaggare"]
        klart = f"{vem.get_full_name() or vem.username} handlägger nu personens ärenden."
        forsok(
            request, lambda: tilldela(person=person, handlaggare=vem, fran=klocka.idag(), av=inloggad(request)), klart
        )
    return redirect("utforare:akt", person.pk)


@require_POST
@kraver(Ratt.FORDELA)
def ta(request: HttpRequest, pk: int, tilldelning: int) -> HttpResponse:
    """End a handläggare's assignment."""
    person = hamta_person(request, pk, sida="tilldelning")
    ett = get_object_or_404(Tilldelning.objects.select_related("handlaggare", "person"), pk=tilldelning, person=person)
    forsok(
        request,
        lambda: avsluta_tilldelning(tilldelning=ett, till=klocka.idag(), av=inloggad(request)),
        "Tilldelningen är avslutad.",
    )
    return redirect("utforare:akt", person.pk)
