# Makes a database and its user for each name of the list, and does nothing where they are as they should be.
import os
import sys
import time

import psycopg
from psycopg import sql

deadline = time.monotonic() + float(os.environ['DATABASES_TIMEOUT'])


def secret(folder, key):
    with open(os.path.join(os.environ[folder], key)) as file:
        value = file.read()
    return value or sys.exit(f"the Secret's key {key} is empty")


def connect(user, password, database):
    return psycopg.connect(
        host=os.environ['HOST'], port=os.environ['PORT'], user=user, password=password, dbname=database, autocommit=True,
        sslmode='verify-full', sslrootcert=os.environ['TLS_DIR'] + '/ca.crt', channel_binding='require',
        target_session_attrs='read-write', connect_timeout=5)


def primary():
    known = secret('SECRETS_DIR', 'administrator-password')
    said = None
    while True:
        try:
            return connect('administrator', known, 'postgres')
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                sys.exit(f'no primary within {os.environ["DATABASES_TIMEOUT"]} s; last: {error}')
            if str(error) != said:
                said = str(error)
                print(f'waiting for the primary: {said}', flush=True)
            time.sleep(1)


def logs_in(name, password):
    try:
        connect(name, password, name).close()
        return True
    except psycopg.OperationalError:
        return False


def provide(connection, name):
    password = secret('USERS_DIR', name)
    if logs_in(name, password):
        return 'is as it should be'
    role = sql.Identifier(name)
    # the password itself is never sent
    verifier = connection.pgconn.encrypt_password(password.encode(), name.encode()).decode()

    def execute(statement, *values):
        connection.execute(sql.SQL(statement).format(role, *values))

    if not connection.execute('SELECT FROM pg_roles WHERE rolname = %s', [name]).fetchone():
        execute('CREATE ROLE {}')
    execute('ALTER ROLE {} LOGIN PASSWORD {}', verifier)
    # whoever makes a database for somebody must be able to act as him, for as long as that takes
    execute('GRANT {} TO administrator')
    if not connection.execute('SELECT FROM pg_database WHERE datname = %s', [name]).fetchone():
        execute('CREATE DATABASE {0} OWNER {0} ALLOW_CONNECTIONS false')
    execute('REVOKE ALL ON DATABASE {} FROM PUBLIC')
    execute('ALTER DATABASE {} ALLOW_CONNECTIONS true')
    execute('REVOKE {} FROM administrator')
    return 'was provided'


with open(os.environ['CONFIG_DIR'] + '/databases') as file:
    names = file.read().split()
with primary() as connection:
    # two Jobs at once make nothing twice
    connection.execute('SELECT pg_advisory_lock(1)')
    for name in names:
        print(name, provide(connection, name), flush=True)
