"""The doors: commands and reads over HTTP, who may use them, and how refusals are answered."""
