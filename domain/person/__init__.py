"""The person: a human in an organization, and the roles that they hold there."""
