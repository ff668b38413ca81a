"""Data apart from logic: the profile, word lists, headings and the like, each with its source."""
