"""Addresses of signing in and of one's own account. allauth's names, of those of its pages that we offer."""

from allauth.account import views as konto
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as reserv
from allauth.mfa.webauthn import views as nyckel
from django.urls import path

from config.inloggning import forms, views

_inloggning, _utloggning = views.Inloggning.as_view(), views.Utloggning.as_view()

urlpatterns = [
    path("logga-in/", _inloggning, name="logga_in"),
    path("logga-in/", _inloggning, name="account_login"),  # the same by the name that allauth looks for
    path("logga-in/steg-2/", views.Steg2.as_view(), name="mfa_authenticate"),
    path(
        "logga-in/nyckel/",
        nyckel.LoginWebAuthnView.as_view(form_class=forms.Nyckelinloggning),
        name="mfa_login_webauthn",
    ),
    path("logga-in/via/<slug:provider_id>/", views.via_idp, name="openid_connect_login"),
    path("logga-in/via/<slug:provider_id>/svar/", views.svar_fran_idp, name="openid_connect_callback"),
    path("logga-ut/", _utloggning, name="logga_ut"),
    path("logga-ut/", _utloggning, name="account_logout"),
    path("konto/", views.Konto.as_view(), name="mfa_index"),
    path("konto/losenord/", views.Losenordsbyte.as_view(), name="account_change_password"),
    path(
        "konto/bekrafta/",
        konto.ReauthenticateView.as_view(template_name="konto/bekrafta.html", form_class=forms.Bekraftaformular),
        name="account_reauthenticate",
    ),
    path(
        "konto/bekrafta/kod/",
        mfa.ReauthenticateView.as_view(template_name="konto/bekrafta.html", form_class=forms.Omkodformular),
        name="mfa_reauthenticate",
    ),
    path(
        "konto/bekrafta/nyckel/",
        nyckel.ReauthenticateWebAuthnView.as_view(
            template_name="konto/bekrafta_nyckel.html", form_class=forms.Omnyckelformular
        ),
        name="mfa_reauthenticate_webauthn",
    ),
    path("konto/app/", views.NyApp.as_view(), name="mfa_activate_totp"),
    path("konto/app/ta-bort/", views.BortApp.as_view(), name="mfa_deactivate_totp"),
    path(
        "konto/reservkoder/",
        reserv.ViewRecoveryCodesView.as_view(template_name="konto/reservkoder.html"),
        name="mfa_view_recovery_codes",
    ),
    path("konto/reservkoder/nya/", views.NyaReservkoder.as_view(), name="mfa_generate_recovery_codes"),
    path(
        "konto/nycklar/",
        nyckel.ListWebAuthnView.as_view(template_name="konto/nycklar.html"),
        name="mfa_list_webauthn",
    ),
    path("konto/nycklar/ny/", views.NyNyckel.as_view(), name="mfa_add_webauthn"),
    path("konto/nycklar/<int:pk>/namn/", views.BytNyckelnamn.as_view(), name="mfa_edit_webauthn"),
    path("konto/nycklar/<int:pk>/ta-bort/", views.BortNyckel.as_view(), name="mfa_remove_webauthn"),
]
