from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.desk import Desk


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create(username="edith", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client: Client, editor: User) -> Desk:
    client.force_login(editor)
    return Desk(client)
