"""Empty tables between two tests, quickly: most tests fill few of them."""

from collections.abc import Sequence

import psycopg

# Whatever a test left is deleted as a superuser who passes over triggers, since some tables let
# nobody delete. Emptying all by TRUNCATE makes hundreds of new files, and took half of the time
# of a small test.
_MAKE = """
CREATE FUNCTION pg_temp.empty_tables(names text[]) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
    name text;
    filled boolean;
    numbers regclass;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOREACH name IN ARRAY names LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('DELETE FROM public.%I', name);
        END IF;
    END LOOP;
    FOR numbers IN
        SELECT format('%I.%I', schemaname, sequencename)::regclass
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
    LOOP
        EXECUTE format('ALTER SEQUENCE %s RESTART', numbers);
    END LOOP;
END $body$
"""


class Emptier:
    """Empties the tables of one database over and over, on a connection of its own."""

    def __init__(self, administrator_url: str) -> None:
        self._connection = psycopg.connect(administrator_url.replace("+psycopg", ""))
        self._connection.execute(_MAKE)
        self._connection.commit()

    def empty(self, names: Sequence[str]) -> None:
        """Delete every row of these tables, and let all numbers begin anew."""
        self._connection.execute("SELECT pg_temp.empty_tables(%s)", [list(names)])
        self._connection.commit()

    def close(self) -> None:
        """End the connection."""
        self._connection.close()
