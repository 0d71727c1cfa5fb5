"""Slack, by its Web API, its events over HTTP or Socket Mode, and its installation by OAuth."""
