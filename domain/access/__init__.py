"""Access: what was shown of people to somebody who is no party of their coaching."""
