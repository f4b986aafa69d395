"""What the hours of a coach amount to, for a credential and for their load."""
