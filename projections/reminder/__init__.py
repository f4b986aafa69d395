"""What reminders hang on: the dated facts of each engagement, and how they follow from events."""
