"""The pages and doors that others call over HTTP."""
