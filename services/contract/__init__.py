"""What the API promises of itself: its OpenAPI document, its catalogue of commands, its examples and its deprecations."""
