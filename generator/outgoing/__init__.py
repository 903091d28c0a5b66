"""Asking addresses of others whether they still answer: politely, within bounds, and remembering what they said."""
