"""Addresses of persons, ärenden, decisions and assessments. A person's akt lies in the app utforare."""

from django.urls import path

from beslut.views import arenden, bevakning, delegation, efter, forslag, overklaganden, personer, underlag, varfor

app_name = "beslut"
urlpatterns = [
    path("personer/", personer.personer, name="personer"),
    path("personer/sok/", personer.sok, name="sok"),
    path("personer/ny/", personer.ny, name="ny_person"),
    path("personer/<int:pk>/uppgifter/", personer.uppgifter, name="uppgifter"),
    path("personer/<int:pk>/tilldela/", personer.ge, name="tilldela"),
    path("personer/<int:pk>/tilldelningar/<int:tilldelning>/avsluta/", personer.ta, name="avsluta_tilldelning"),
    path("personer/<int:pk>/ansokan/", arenden.ansokan, name="ansokan"),
    path("arenden/", arenden.lista, name="arenden"),
    path("arenden/<int:pk>/", arenden.arende, name="arende"),
    path("arenden/<int:pk>/utredning/<slug:avsnitt>/", arenden.utredning, name="utredning"),
    path("arenden/<int:pk>/kommunicering/", arenden.kommunicering, name="kommunicering"),
    path("arenden/<int:pk>/avsluta/", arenden.avslut, name="avsluta_arende"),
    path("arenden/<int:pk>/handlaggare/", arenden.handlaggare, name="byt_handlaggare"),
    path("arenden/<int:pk>/forslag/", forslag.forslag, name="forslag"),
    path("arenden/<int:pk>/forslag/provning/", forslag.provas, name="provning"),
    path("arenden/<int:pk>/aterlamna/", forslag.aterlamnas, name="aterlamna"),
    path("arenden/<int:pk>/underteckna/", forslag.undertecknas, name="underteckna"),
    path("arenden/<int:pk>/beslut.pdf", forslag.pdf, name="beslut_pdf"),
    path("att-gora/beslut/<slug:nyckel>/", bevakning.bevakning, name="bevakning"),
    path("beslut/<int:pk>/", underlag.beslut, name="beslut"),
    path("beslut/<int:pk>/delgivning/", efter.delgivning, name="delgivning"),
    path("beslut/<int:pk>/uppfoljning/", efter.uppfoljning, name="uppfoljning"),
    path("beslut/<int:pk>/omprovning/", efter.omprova, name="omprovning"),
    path("beslut/<int:pk>/overklagande/", overklaganden.registrera, name="nytt_overklagande"),
    path("overklaganden/<int:pk>/", overklaganden.overklagande, name="overklagande"),
    path("delegation/", delegation.delegation, name="delegation"),
    path("delegation/grundforslag/", delegation.grundforslag, name="grundforslag"),
    path("delegation/<int:pk>/avsluta/", delegation.upphor, name="avsluta_delegation"),
    path("nivabedomningar/<int:pk>/", underlag.niva, name="niva"),
    path("personer/<int:pk>/varfor/", varfor.varfor, name="varfor"),
]
