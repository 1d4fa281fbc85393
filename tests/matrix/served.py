"""The product as gunicorn serves it to the matrix: as in real life, but for what counts attempts.

Thousands of requests come from one address within minutes, and no message is sent to a worker.
"""

from committee import create_app
from committee.extensions import limiter

app = create_app()
app.config.update(HURRY_WORK=False)
limiter.enabled = False
