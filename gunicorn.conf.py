"""How gunicorn serves the site; it finds this file by itself where it is started: `gunicorn timeline.wsgi`."""

import gc

# Processes, not threads: two that compute at once share one interpreter's lock. They share what is loaded before.
preload_app = True
workers = 2
worker_class = "sync"
# A long export is an answer that takes its time.
timeout = 300
max_requests = 10_000
max_requests_jitter = 1_000


def when_ready(server: object) -> None:
    """What is loaded stays for good: the collector of garbage need not look through it with every full round."""
    gc.collect()
    gc.freeze()
