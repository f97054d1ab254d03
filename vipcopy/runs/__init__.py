"""The shell around the core: paths to files, files to reports, many at a time."""
