"""The pages: server-rendered HTML over the same reads as the JSON, without any script."""
