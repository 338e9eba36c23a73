"""What is asked of the pages of a site in a real browser: one module for each question."""
