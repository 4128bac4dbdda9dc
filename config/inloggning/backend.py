"""Whom a password, and a session, is good for."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from grund import klocka


class Losenord(ModelBackend):
    """User name and password. An unknown name, a wrong password and a user shut out get the same answer.

    Django's own: it checks a password even when there is no such user, so that the answer takes as long. allauth's
    would tell somebody with the right password that the account is shut.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Active, and not with a one-time password that is too old."""
        till = user.engangslosenord_till
        return super().user_can_authenticate(user) and (till is None or klocka.nu() < till)
