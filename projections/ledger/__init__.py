"""What was agreed and how it changed, a line an event: what each says, and what its flags need of earlier events."""
