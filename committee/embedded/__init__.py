"""A real PostgreSQL and a real Valkey, from Python wheels, for machines that have neither.

`DATABASE_URL` and `REDIS_URL` always come before these. Knows no Flask and no slice.
"""
