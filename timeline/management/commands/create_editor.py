"""manage.py create_editor"""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = (
        "Make an account with a random password printed once. One that exists is left alone. Viewers look at the "
        "editor's pages, editors correct, administrators besides give out accounts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="editor")
        parser.add_argument("--role", choices=("viewer", "editor", "administrator"), default="administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects
        name = options["name"]
        if users.filter(username=name).exists():
            self.stdout.write(f"The account {name!r} exists; `manage.py changepassword {name}` sets a new password.")
            return
        password = secrets.token_urlsafe(12)
        if options["role"] == "administrator":
            users.create_superuser(username=name, password=password)
        else:
            group = Group.objects.filter(name=f"{options['role']}s").first()
            if group is None:
                raise CommandError(f"The group “{options['role']}s” has been deleted; make it anew in the editor.")
            user = users.create_user(username=name, password=password, is_staff=True)
            user.groups.add(group)
        self.stdout.write(f"Editor account: {name}   password: {password}   (shown only now)")
