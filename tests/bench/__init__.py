"""How long builds take, and what they need, beside what a user would pick instead: `make bench`."""
