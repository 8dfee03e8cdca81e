"""How gunicorn serves the site; it finds this file by itself where it is started: `gunicorn timeline.wsgi`."""

import gc
import os

from timeline.operation.logs import configuration

# Processes, not threads: two that compute at once share one interpreter's lock. They share what is loaded before.
preload_app = True
workers = 2
worker_class = "sync"
# A long export is an answer that takes its time.
timeout = 300
max_requests = 10_000
max_requests_jitter = 1_000
# What gunicorn itself says is told as the site's log is.
if os.environ.get("TIMELINE_LOG") == "json":
    logconfig_dict = configuration(as_json=True)


def when_ready(server: object) -> None:
    """What is loaded stays for good: the collector of garbage need not look through it with every full round."""
    gc.collect()
    gc.freeze()
