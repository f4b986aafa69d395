"""The tests, in the same folders as the code; `journeys` tells the product through, `architecture` guards its shape."""
