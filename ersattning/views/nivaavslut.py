"""The avtalssamordnare ends a nivåbedömning that is left lying: a draft is thrown away, one sent back is rejected."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from beslut import nivaovertaganden, tillgang
from beslut.actions.nivaovertagande import kasta_andras
from beslut.actions.nivaprovning import avvisa_aterskickad
from beslut.forms.nivaovertagande import Avslutsform
from beslut.models import Nivaarende
from beslut.models.nivaarende import Arendelage
from beslut.views.gemensamt import formularsida
from beslut.views.nivaovertagande import hamta, lage_i_ord
from grund import klocka
from grund.behorighet import Ratt
from grund.hinder import Hindrad
from grund.tillgang import inloggad, kraver

_OM = [
    (
        "Vad som händer",
        [
            "Ett utkast kastas, med sina svar. En återskickad bedömning avvisas, och den nivå som gällde fortsätter.",
            "Sedan går det att börja en ny bedömning.",
            "Är arbetet värt att behålla: be den som arbetar med personen att ta över det i stället.",
        ],
    )
]


@require_http_methods(["GET", "POST"])
@kraver(Ratt.PROVA_NIVA)
def avsluta(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing of what it says is shown: a draft is for the one who makes it."""
    arende, vem = hamta(pk), inloggad(request)
    if not tillgang.far_se(vem, arende.person):
        raise tillgang.ArSkyddad
    tillgang.anteckna(request, arende.person_id, sida="nivåbedömning, avslut")
    utkast = arende.lage == Arendelage.UTKAST
    hinder_for = nivaovertaganden.hinder_for_kast if utkast else nivaovertaganden.hinder_for_avvisning
    if hinder := hinder_for(arende, vem):
        messages.error(request, " ".join(hinder))
        return redirect("ersattning:nivalista")
    form = Avslutsform(request.POST or None, initial={"version": arende.version})
    if request.method == "POST" and form.is_valid() and _gor(request, arende, form):
        return redirect("ersattning:nivalista")
    lista = reverse("ersattning:nivalista")
    return formularsida(
        request,
        form,
        rubrik=f"Avsluta nivåbedömning: {tillgang.namn(vem, arende.person)}",
        knapp="Kasta utkastet" if utkast else "Avvisa bedömningen",
        avbryt=lista,
        smulor=[("Nivåbedömningar", lista), ("Avsluta", "")],
        ingress=lage_i_ord(arende),
        hjalp=_OM,
    )


def _gor(request: HttpRequest, arende: Nivaarende, form: Avslutsform) -> bool:
    """Whether it is done; why not stands in the form."""
    vem, skal, version = inloggad(request), form.cleaned_data["skal"], form.cleaned_data["version"]
    try:
        if arende.lage == Arendelage.UTKAST:
            kasta_andras(arende=arende, skal=skal, av=vem, version=version)
            messages.success(request, "Utkastet är kastat.")
        else:
            avvisa_aterskickad(arende=arende, motiv=skal, av=vem, nu=klocka.nu(), version=version)
            messages.success(request, "Bedömningen är avvisad. Den nivå som gällde fortsätter gälla.")
    except Hindrad as fel:
        for orsak in fel.orsaker:
            form.add_error(None, orsak)
        return False
    return True
