"""Parts for frameworks of others: `vipcopy.contrib.arrow`, `vipcopy.contrib.spark`, `vipcopy.contrib.archive`."""
