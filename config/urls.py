"""Addresses. Each app brings its own; here is only what belongs to none of them."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.generic import TemplateView


def halsa(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer the load balancer; says nothing about data."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns: list[URLPattern] = [
    path("", TemplateView.as_view(template_name="start.html"), name="start"),
    path("halsa/", halsa, name="halsa"),
]
