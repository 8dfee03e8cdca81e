"""manage.py doctor"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from timeline.operation.doctor import Verdict, examine

BROKEN = 1


class Command(BaseCommand):
    help = "Look at the database, the disk, the language models, the feeds and the settings. Exit code 1: broken."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        broken = False
        styles = {Verdict.GOOD: self.style.HTTP_INFO, Verdict.DOUBT: self.style.WARNING, Verdict.BAD: self.style.ERROR}
        for finding in examine():
            line = f"{finding.verdict:<11}{finding.about}: {finding.words}"
            self.stdout.write(styles[finding.verdict](line))
            broken = broken or finding.verdict is Verdict.BAD
        if broken:
            sys.exit(BROKEN)
