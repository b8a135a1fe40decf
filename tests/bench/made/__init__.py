"""A made corpus of political news with known truth, for measuring who is who and which meeting is which."""
