"""What each column of the database holds, and what of it the public's login can read.

One table in code says of every column whether it is public, exempt, personal or secret. From it the
rights of that login are made anew whenever the database is upgraded: no migration grants any.
"""
