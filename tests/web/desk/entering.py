"""Going to the desk as somebody."""

from django.test import Client

from taizhang.apps.accounts.models import User


def entered(user: User) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(user)
    return client
