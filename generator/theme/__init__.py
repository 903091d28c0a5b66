"""A theme: its files with what it inherits, its assets as published, colours, branding, words."""
