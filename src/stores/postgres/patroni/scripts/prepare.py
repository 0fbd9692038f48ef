# Prepares the new cluster: who makes databases, and that nobody sees one that is not his.
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
