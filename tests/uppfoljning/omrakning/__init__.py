"""Every figure of the reports, counted anew by slow plain loops over the made-up municipality."""
