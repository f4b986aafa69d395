"""Who was shown what about a person, told to that person and to those who audit."""
