"""Nodes to the model, one module a part of it."""
