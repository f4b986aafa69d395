"""The API's documentation, rendered here from its own OpenAPI document: no script, and nothing from elsewhere."""
