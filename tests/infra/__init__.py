"""The store, the launcher and what else talks to the system, tried on the real thing."""
