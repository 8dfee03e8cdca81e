"""The engines that bring tasks to workers, behind the interface that Django gives all of them.

`Database` is the engine of one machine: tasks that wait are rows of the same database. `Procrastinate` is that of
several: PostgreSQL wakes whichever worker is free. Both keep a task that waits once, however often it is asked for.
"""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any

import django_tasks
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task
from django_tasks.utils import normalize_json
from django_tasks_db.backend import DatabaseBackend

POLL = 1.0  # seconds between two looks of a worker for tasks that it was not woken for
REMEMBERED = timedelta(hours=1)  # tasks that have ended
NAME = "timeline"  # of all tasks, for Procrastinate: which one it is stands in its arguments


class Database(DatabaseBackend):
    """django-tasks-db."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        from django_tasks_db.models import DBTaskResult

        given = normalize_json({"args": args, "kwargs": kwargs})
        waiting = DBTaskResult.objects.ready().filter(backend_name=self.alias, task_path=task.module_path)
        same = next((one for one in waiting[:20] if one.args_kwargs == given), None)
        return same.task_result if same else super().enqueue(task, args, kwargs)

    def serve(self, name: str, ending: threading.Event) -> None:
        """Do what tasks say, one after another, until the end."""
        from django_tasks_db.management.commands.db_worker import Worker

        while not ending.is_set():
            Worker(
                queue_names=["default"],
                excluded_queue_names=[],
                interval=0,
                batch=True,
                backend_name=self.alias,
                startup_delay=False,
                max_tasks=1,
                worker_id=name,
            ).run()
            ending.wait(POLL)

    def forget(self, alive: set[str]) -> None:
        """Forget tasks that have ended, and those whose workers are gone: what they were for is looked for anew."""
        from django_tasks_db.models import DBTaskResult

        DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - REMEMBERED).delete()
        left = [one.pk for one in DBTaskResult.objects.running()[:1000] if not alive & set(one.worker_ids)]
        DBTaskResult.objects.running().filter(pk__in=left).delete()


class Procrastinate(BaseTaskBackend):
    """Procrastinate, on the same PostgreSQL."""

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Raises ConnectionError where the database does not take it."""
        from procrastinate.contrib.django import app
        from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

        self.validate_task(task)
        given: dict[str, Any] = {"path": task.module_path, "args": list(args), "kwargs": dict(kwargs)}
        said = json.dumps(given, sort_keys=True)
        job = ""
        try:
            with transaction.atomic():
                waiting = app.configure_task(
                    NAME,
                    allow_unknown=True,
                    queue=task.queue_name,
                    queueing_lock=said,
                    priority=task.priority,
                    schedule_at=task.run_after,
                )
                job = str(waiting.defer(**given))
        except AlreadyEnqueued:
            pass  # it waits, and is done once
        except ConnectorException as error:
            raise ConnectionError(str(error)) from error
        return TaskResult(
            task=task,
            id=job,
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

    def serve(self, name: str, ending: threading.Event) -> None:
        """Do what tasks say, one after another, until the end."""
        from procrastinate.exceptions import ConnectorException

        try:
            asyncio.run(self._serve(name, ending))
        except ConnectorException as error:
            raise ConnectionError(str(error)) from error

    async def _serve(self, name: str, ending: threading.Event) -> None:
        from procrastinate.contrib.django import DjangoApp, app
        from procrastinate.jobs import Status

        # An app of its own: the shared one goes on asking for tasks over Django's connections, in their transactions.
        own = DjangoApp(connector=app.connector.get_worker_connector())  # type: ignore[attr-defined]
        own.task(name=NAME)(carry_out)
        async with own.open_async():
            for job in await own.job_manager.get_stalled_jobs():
                # Its worker is gone; what it was for is looked for anew.
                await own.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
            working = asyncio.create_task(
                own.run_worker_async(
                    queues=["default"],
                    name=name,
                    concurrency=1,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=POLL,
                    delete_jobs="always",
                )
            )
            while not ending.is_set() and not working.done():
                await asyncio.sleep(POLL / 4)
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working

    def forget(self, alive: set[str]) -> None:
        """Nothing: what has ended is deleted as it ends, and what was left when a worker starts."""


def carry_out(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Do the task of this name."""
    task: Task[Any, Any] = import_string(path)
    task.call(*args, **kwargs)


def the_engine() -> Database | Procrastinate:
    """The one of the settings."""
    engine = django_tasks.task_backends["default"]
    assert isinstance(engine, Database | Procrastinate)
    return engine
