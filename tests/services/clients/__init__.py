"""Clients that were generated from the OpenAPI document, and drive a firm up to its first active plan."""
