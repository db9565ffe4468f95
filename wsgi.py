"""What a server or the `flask` command loads."""

from meetups.app import create_app

app = create_app()
