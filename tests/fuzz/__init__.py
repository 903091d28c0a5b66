"""
Inputs that nobody would think of, thrown at whatever reads strangers' texts and files.

`python -m tests.fuzz` runs for as long as it is told; the suite tries what once failed, and a few hundred more.
"""
