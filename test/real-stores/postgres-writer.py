"""Commits one row after the other without a pause, and prints the number of each, and the time, when its commit was acknowledged.

usage: postgres-writer.py ADDRESSES RUN: a file with what is connected to, which is read again at each connection
"""
import sys
import time

import psycopg

addresses, run = sys.argv[1:]
connection = None
number = 0
while True:
    number += 1
    try:
        if connection is None:
            with open(addresses) as file:
                connection = psycopg.connect(file.read(), autocommit=True)
        connection.execute('INSERT INTO written VALUES (%s, %s)', (run, number))
        print(number, time.time(), flush=True)
        time.sleep(0.005)
    except psycopg.Error:
        # whether the row is there is not known: it was not acknowledged
        if connection is not None:
            connection.close()
        connection = None
        time.sleep(0.05)
