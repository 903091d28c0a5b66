"""The search beside what it promises."""
