"""The mails that people sign in by: found out whom they are for, written, sent."""
