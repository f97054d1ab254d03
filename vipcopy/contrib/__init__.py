"""Parts for frameworks of others: `vipcopy.contrib.django`, `.wagtail`, `.arrow`, `.spark`, `.audit`."""
