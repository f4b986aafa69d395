"""The organization: the tenant, and the policy that its coaching follows. Its stream has the tenant's id."""
