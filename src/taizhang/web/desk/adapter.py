"""Accounts are given by an administrator; nobody signs up. Secrets of the second factor are sealed in the database."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest

from taizhang.backends.sealing import seal, unseal


class ClosedAccountAdapter(DefaultAccountAdapter):
    """No sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SealedMFAAdapter(DefaultMFAAdapter):
    """Secrets of one-time codes and the seeds of recovery codes, sealed by the keys of the environment."""

    def encrypt(self, text: str) -> str:
        """Sealed by the first key."""
        return seal(text, settings.SEALING_KEYS)

    def decrypt(self, encrypted_text: str) -> str:
        """Opened by whichever key sealed it."""
        return unseal(encrypted_text, settings.SEALING_KEYS)
