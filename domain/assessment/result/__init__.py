"""What raters said of a client, as far as it can be shown so that nobody can tell who said it."""
