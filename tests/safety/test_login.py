"""Passwords are not guessed at this door."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from timeline.views.clients import address_of_client

pytestmark = pytest.mark.django_db

LOGIN = "admin:login"
RIGHT = {"username": "ada", "password": "the right one"}


@pytest.fixture(autouse=True)
def ada() -> User:
    return User.objects.create_superuser("ada", password="the right one")


def log_in(client: Client, password: str, name: str = "ada", address: str = "192.0.2.1") -> int:
    typed = {"username": name, "password": password}
    return client.post(reverse(LOGIN), typed, REMOTE_ADDR=address).status_code


def test_ten_wrong_passwords_lock_an_address_out_whatever_the_names(client: Client) -> None:
    told = [log_in(client, "wrong", name=f"name{number}") for number in range(10)]

    assert told == [200] * 9 + [429]
    assert log_in(client, "the right one") == 429
    assert "Wait a quarter of an hour" in client.post(reverse(LOGIN), RIGHT, REMOTE_ADDR="192.0.2.1").content.decode()


def test_other_addresses_are_not_locked_out(client: Client) -> None:
    for _ in range(10):
        log_in(client, "wrong")

    assert log_in(client, "the right one", address="192.0.2.2") == 302


def test_the_lock_opens_after_a_quarter_of_an_hour(client: Client) -> None:
    for _ in range(10):
        log_in(client, "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))

    assert log_in(client, "the right one") == 302


def test_the_right_password_forgets_the_wrong_ones(client: Client) -> None:
    for _ in range(9):
        log_in(client, "wrong")
    assert log_in(client, "the right one") == 302
    client.logout()

    assert [log_in(client, "wrong") for _ in range(9)] == [200] * 9


def test_what_a_proxy_says_of_addresses_is_believed_only_where_there_is_one(settings: LazySettings) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 192.0.2.7")

    assert address_of_client(request) == "10.0.0.1"
    settings.TIMELINE_PROXY = True
    assert address_of_client(request) == "192.0.2.7"
