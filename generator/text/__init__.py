"""Words: the program's strings in each language, how a language says things, typography, Markdown, slugs."""
