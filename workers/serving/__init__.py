"""The servers that the API runs on."""
