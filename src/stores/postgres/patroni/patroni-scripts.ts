/**
 * What the members of a cluster by Patroni and its Job run: POSIX sh, and Python with psycopg, which Patroni needs itself.
 */

/** Starts a member. */
const START = `#!/bin/sh
# Starts this member. Credentials come from files: Patroni takes them by its environment, and gives them to no other program.
set -eu
export LC_ALL=C.UTF-8

secret() {
  value=$(cat "$SECRETS_DIR/$1")
  [ -n "$value" ] || { echo "the Secret's key $1 is empty" >&2; exit 1; }
  printf %s "$value"
}
PATRONI_REPLICATION_PASSWORD=$(secret replication-password)
PATRONI_REWIND_PASSWORD=$(secret rewind-password)
export PATRONI_REPLICATION_PASSWORD PATRONI_REWIND_PASSWORD

# what all members agree on is in the API server since the first start, and may have been changed here since
patronictl -c "$CONFIG_DIR/patroni.yaml" edit-config --force --replace "$CONFIG_DIR/dynamic.yaml" \\
  || echo "the configuration of all members was not brought up to date, which is right before there is a cluster" >&2

# a certificate that was renewed is taken without a restart
certificate() { cat "$TLS_DIR/tls.crt" "$TLS_DIR/ca.crt"; }
(
  seen=$(certificate)
  while sleep "$CERTIFICATE_INTERVAL"; do
    now=$(certificate)
    [ "$now" = "$seen" ] || { seen=$now; echo "taking the new certificate"; kill -HUP $$; }
  done
) &

exec patroni "$CONFIG_DIR/patroni.yaml"
`;

/** Prepares a cluster that was made: Patroni runs it once, where the first primary came up. */
const PREPARE = `# Prepares the new cluster: who makes databases, and that nobody sees one that is not his.
import os
import sys

import psycopg
from psycopg import sql

with open(os.environ['SECRETS_DIR'] + '/administrator-password') as file:
    known = file.read().encode()

with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    verifier = connection.pgconn.encrypt_password(known, b'administrator').decode()
    connection.execute(sql.SQL('CREATE ROLE administrator LOGIN CREATEDB CREATEROLE PASSWORD {}').format(verifier))
    # Patroni gives it its password
    connection.execute('CREATE ROLE rewind LOGIN')
    connection.execute('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC')
    connection.execute('GRANT CONNECT ON DATABASE postgres TO administrator, rewind')
    # a new database is a copy of this one
    connection.execute('GRANT CONNECT ON DATABASE template1 TO administrator')
`;

export const MEMBER_SCRIPTS = { 'start.sh': START, 'prepare.py': PREPARE };

/** Makes databases and their users. */
export const DATABASES_SCRIPT = `# Makes a database and its user for each name of the list, and does nothing where they are as they should be.
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
`;
