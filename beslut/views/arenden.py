"""An ärende: the list, the page, and what is written while it is looked into."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from beslut import arenden, tillgang
from beslut.actions.arenden import avsluta_arende, byt_handlaggare, kommunicera, oppna_arende, skriv_utredning
from beslut.arendevy import ANSOKNINGSHJALP, KOMMUNICERINGSHJALP, arendesida, listrader, smulor
from beslut.forms.arenden import Ansokanform, Avslutsform, Handlaggarform, Kommuniceringsform, Utredningsform
from beslut.koder import Arendeslag, Avslutsskal, Avsnitt, Kommuniceringssatt, Sokande
from beslut.regler import Insats
from beslut.views.gemensamt import formularsida, forsok, hamta_arende, hamta_person, lyckas
from grund import klocka
from grund.behorighet import Ratt
from grund.tillgang import inloggad, kraver

PER_SIDA = 50


@kraver(Ratt.HANDLAGGA)
def lista(request: HttpRequest) -> HttpResponse:
    """Ärenden: one's own or the whole unit's, under way or done."""
    vem, alla, klara = inloggad(request), tillgang.hela_enheten(request), request.GET.get("lage") == "klara"
    urval = arenden.arendelista(handlaggare=None if alla else vem, pagar=not klara)
    sida = Paginator(urval, PER_SIDA).get_page(request.GET.get("page"))
    visade = [ett.person_id for ett in sida.object_list if tillgang.far_se(vem, ett.person)]
    text = f"ärenden, {'klara' if klara else 'pågår'}{', hela enheten' if alla else ''}"
    tillgang.anteckna_lista(request, visade, sida=text)
    kontext = {
        "sida": sida,
        "rader": listrader(vem, list(sida.object_list)),
        "alla": alla,
        "klara": klara,
        "kan_visa_alla": tillgang.far_visa_alla(vem),
    }
    return render(request, "beslut/arenden.html", kontext)


@kraver(Ratt.HANDLAGGA)
def arende(request: HttpRequest, pk: int) -> HttpResponse:
    """An ärende, from what is asked for to what is decided."""
    ett = hamta_arende(request, pk, sida="ärende")
    return render(request, "beslut/arende.html", arendesida(ett, inloggad(request), klocka.idag()))


@kraver(Ratt.HANDLAGGA)
def ansokan(request: HttpRequest, pk: int) -> HttpResponse:
    """A new application from a person."""
    person = hamta_person(request, pk, sida="ny ansökan")
    form, nya = Ansokanform(request.POST or None, initial={"inkom": klocka.idag(), "sokande": "sjalv"}), []

    def gor() -> None:
        varden = form.cleaned_data
        falt = varden | {"insats": Insats(varden["insats"]), "sokande": Sokande(varden["sokande"])}
        nya.append(oppna_arende(person=person, slag=Arendeslag.ANSOKAN, av=inloggad(request), nu=klocka.nu(), **falt))

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, f"Ärende {nya[0].nummer} är öppnat.")
        return redirect("beslut:arende", nya[0].pk)
    namn, akt = tillgang.namn(inloggad(request), person), reverse("utforare:akt", args=[person.pk])
    return formularsida(
        request,
        form,
        rubrik="Ny ansökan",
        ingress=namn,
        knapp="Öppna ärendet",
        avbryt=akt,
        smulor=[("Personer", reverse("beslut:personer")), (namn, akt), ("Ny ansökan", "")],
        hjalp=ANSOKNINGSHJALP,
    )


@kraver(Ratt.HANDLAGGA)
def utredning(request: HttpRequest, pk: int, avsnitt: str) -> HttpResponse:
    """Write a part of the utredning; earlier versions stay."""
    if avsnitt not in Avsnitt.values:
        msg = "Det finns inget sådant avsnitt."
        raise Http404(msg)
    ett, del_ = hamta_arende(request, pk, sida="utredning"), Avsnitt(avsnitt)
    versioner = list(arenden.versioner(ett, del_))
    senaste = versioner[0] if versioner else None
    start = {"text": senaste.text if senaste else "", "version": senaste.version if senaste else 0}
    form = Utredningsform(request.POST or None, initial=start)

    def gor() -> None:
        text, version = form.cleaned_data["text"].strip(), form.cleaned_data["version"]
        skriv_utredning(arende=ett, avsnitt=del_, text=text, pa_version=version, av=inloggad(request), nu=klocka.nu())

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, f"Avsnittet ”{del_.label}” är sparat.")
        return redirect(f"{reverse('beslut:arende', args=[ett.pk])}#utredning")
    kontext = {
        "form": form,
        "arende": ett,
        "avsnitt": del_,
        "versioner": versioner,
        "smulor": smulor(ett, inloggad(request), del_.label),
        "hinder": arenden.hinder_for_att_skriva(ett),
    }
    return render(request, "beslut/utredning.html", kontext)


@kraver(Ratt.HANDLAGGA)
def kommunicering(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the party has been given the material."""
    ett = hamta_arende(request, pk, sida="kommunicering")
    form = Kommuniceringsform(request.POST or None, initial={"dag": klocka.idag()})

    def gor() -> None:
        varden = form.cleaned_data | {"satt": Kommuniceringssatt(form.cleaned_data["satt"])}
        kommunicera(arende=ett, av=inloggad(request), idag=klocka.idag(), **varden)

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, "Kommuniceringen är antecknad.")
        return redirect("beslut:arende", ett.pk)
    return formularsida(
        request,
        form,
        rubrik="Kommunicera utredningen",
        ingress=f"Ärende {ett.nummer}.",
        knapp="Spara",
        avbryt=reverse("beslut:arende", args=[ett.pk]),
        smulor=smulor(ett, inloggad(request), "Kommunicering"),
        hjalp=KOMMUNICERINGSHJALP,
    )


@kraver(Ratt.HANDLAGGA)
def avslut(request: HttpRequest, pk: int) -> HttpResponse:
    """End the ärende without a decision."""
    ett = hamta_arende(request, pk, sida="avsluta ärende")
    form = Avslutsform(request.POST or None)

    def gor() -> None:
        avsluta_arende(arende=ett, skal=Avslutsskal(form.cleaned_data["skal"]), dag=klocka.idag(), av=inloggad(request))

    if form.is_bound and form.is_valid() and lyckas(form, gor):
        messages.success(request, f"Ärende {ett.nummer} är avslutat.")
        return redirect("beslut:arende", ett.pk)
    return formularsida(
        request,
        form,
        rubrik="Avsluta utan beslut",
        ingress=f"Ärende {ett.nummer}.",
        knapp="Avsluta ärendet",
        avbryt=reverse("beslut:arende", args=[ett.pk]),
        smulor=smulor(ett, inloggad(request), "Avsluta utan beslut"),
    )


@require_POST
@kraver(Ratt.FORDELA)
def handlaggare(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the ärende to another handläggare."""
    ett = hamta_arende(request, pk, sida="byt handläggare")
    form = Handlaggarform(request.POST)
    if form.is_valid():
        vem = form.cleaned_data["handlaggare"]
        klart = f"{vem.get_full_name() or vem.username} handlägger nu ärendet."
        forsok(request, lambda: byt_handlaggare(arende=ett, till=vem, av=inloggad(request)), klart)
    else:
        messages.error(request, str(form.errors["handlaggare"][0]))
    return redirect("beslut:arende", ett.pk)
