"""Whether the audit is what it was: its chain, and what was noted of it outside the database.

These modules need Python 3.11 and nothing else. `./quorate audit export` packs them into one file,
verify.pyz, with which anyone can check the export by themselves.
"""
