"""The `throughline` command: one file a subcommand."""
