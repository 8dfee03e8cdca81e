"""manage.py create_editor"""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Make an account that may correct, with a random password printed once. One that exists is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="editor")

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects
        name = options["name"]
        if users.filter(username=name).exists():
            self.stdout.write(f"The account {name!r} exists; `manage.py changepassword {name}` sets a new password.")
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser(username=name, password=password)
        self.stdout.write(f"Editor account: {name}   password: {password}   (shown only now)")
