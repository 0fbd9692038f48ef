import type { Construct } from 'constructs';
import { fail } from '../../values/errors';
import { dnsLabel, show } from '../../values/value-checks';

/**
 * What must hold in a database that was restored, in the words of whoever owns the data.
 */
export interface RestoreAssertion {
  /**
   * A DNS label by which the log names it.
   */
  readonly name: string;

  /**
   * The database that it is asked of.
   */
  readonly database: string;

  /**
   * A query with one answer, such as `select count(*) > 0 from orders`. It runs as the superuser, on a copy that is then dropped.
   */
  readonly sql: string;

  /**
   * What psql writes as its answer.
   *
   * @default - `t`, which is true
   */
  readonly expected?: string;
}

/** Fails where two have one name, or one says nothing. */
export function checkAssertions(where: Construct | string, assertions: readonly RestoreAssertion[]): void {
  assertions.forEach(({ name, sql, database }, index) => {
    dnsLabel(where, 'the name of a restore assertion', name);
    if (assertions.findIndex((other) => other.name === name) !== index) {
      fail(where, `two restore assertions are named '${name}'`, 'Give each its own name');
    }
    if (typeof sql !== 'string' || sql.trim() === '') {
      fail(where, `restore assertion '${name}' has no sql`, "Write a query, such as 'select count(*) > 0 from orders'");
    }
    if (typeof database !== 'string' || !/^[a-z_][a-z0-9_-]{0,62}$/.test(database)) {
      fail(where, `restore assertion '${name}' names ${show(database)}, which is not a database`, "Name one such as 'orders'");
    }
  });
}
