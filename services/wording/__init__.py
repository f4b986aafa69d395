"""What people are told, in their language: one catalogue of messages, English first, and how each language writes dates and numbers."""
