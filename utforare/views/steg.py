"""A step that a form takes: what was done, or why not."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from grund.hinder import Hindrad


def forsok(request: HttpRequest, form: forms.BaseForm, gor: Callable[[], str]) -> bool:
    """Do it if the form is filled in, and say what was done. False, with the reasons in the form, when it was not."""
    if not form.is_valid():
        return False
    try:
        messages.success(request, gor())
    except Hindrad as hinder:
        for orsak in hinder.orsaker:
            form.add_error(None, orsak)
        return False
    return True
