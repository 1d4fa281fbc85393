"""The application as a web server or the Flask command line loads it."""

from committee import create_app

app = create_app()
