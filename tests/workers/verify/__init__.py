"""What `throughline verify` finds, and where."""
