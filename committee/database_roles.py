"""Three logins to one database: its owner, the application, and the public, which only reads.

The owner makes and changes tables, and administers. The application reads and writes their rows,
but cannot touch what is frozen. The public can read what is public and can write nothing.
docs/decisions/0080 says why, and `./quorate database roles` what an administrator is to run.
"""

from sqlalchemy import make_url
from sqlalchemy.pool import NullPool

APPLICATION_ROLE = "quorate_app"
PUBLIC_ROLE = "quorate_public"

# The names of the engines beside the usual one, which is the application's.
OWNER = "owner"
PUBLIC = "public"

# The schema in which the public's login finds the tables that it may read.
PUBLISHED = "published"

# What a request's environment holds while it reads as the public does.
READS_AS_PUBLIC = "quorate.reads_as_public"


def engines(owner: str, application: str = "", public: str = "") -> dict[str, object]:
    """The three engines as Flask-SQLAlchemy is told of them.

    Where a login has no address of its own, the owner signs in and then takes the role, as is good
    enough for development and for tests. Without the owner's address there is no owner's engine.
    """
    published = f"-c default_transaction_read_only=on -c search_path={PUBLISHED},public"
    binds = {
        PUBLIC: {
            "url": public or owner,
            **engine_options(published, role="" if public else PUBLIC_ROLE),
        }
    }
    if owner:
        # Seldom used, and never by a page: it keeps no connection.
        lone = {"poolclass": NullPool, "hide_parameters": True}
        binds[OWNER] = {"url": owner, **lone, "connect_args": _connect_args()}
    return {
        "SQLALCHEMY_DATABASE_URI": application or owner,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(role="" if application else APPLICATION_ROLE),
        "SQLALCHEMY_BINDS": binds,
    }


def engine_options(*more: str, role: str = "") -> dict[str, object]:
    """Connection limits, in seconds, so that a lost database is an answer and never a hang.

    `more` are further options of the server for each connection; `role` is taken at its start.
    What a statement was to write is left out of its error: it may be exempt, and errors are logged.
    """
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "pool_size": 5,
        "max_overflow": 5,
        "pool_timeout": 5,
        "pool_recycle": 300,
        "connect_args": _connect_args(*more, *([f"-c role={role}"] if role else [])),
    }


def _connect_args(*more: str) -> dict[str, object]:
    return {
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "application_name": "quorate",
        "options": " ".join(
            (
                "-c statement_timeout=15000 -c lock_timeout=4000",
                "-c idle_in_transaction_session_timeout=30000 -c timezone=UTC",
                *more,
            )
        ),
    }


def statements_for_administrator(owner_url: str) -> str:
    """What a superuser runs once on a server, as text for `psql`; running it again does no harm.

    The roles belong to the server, not to one database. Their passwords are set by hand.
    """
    owner = make_url(owner_url)
    made = "\n".join(_made_once(role) for role in (APPLICATION_ROLE, PUBLIC_ROLE))
    both = f"{APPLICATION_ROLE}, {PUBLIC_ROLE}"
    database = _quoted(owner.database or "quorate")
    return (
        f"{made}\n"
        f"ALTER ROLE {PUBLIC_ROLE} SET default_transaction_read_only = on;\n"
        f"GRANT CONNECT ON DATABASE {database} TO {both};\n"
        # A table of a session's own is found before ours, by whoever names one of ours.
        f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC;\n"
        f"GRANT {both} TO {_quoted(owner.username or 'quorate')};\n"
        f"\\password {APPLICATION_ROLE}\n"
        f"\\password {PUBLIC_ROLE}\n"
    )


def _made_once(role: str) -> str:
    make = f"SELECT 'CREATE ROLE {role} LOGIN'"
    missing = f"NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')"
    plain = f"ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;"
    return f"{make} WHERE {missing} \\gexec\n{plain}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
