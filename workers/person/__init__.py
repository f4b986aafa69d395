"""What follows for a person from what was recorded of them: keys that end, a mail to a former address, an erasure that is carried out."""
