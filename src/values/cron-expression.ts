import { CronFields } from './cron-fields';

/**
 * Times at which something happens again and again: a `Schedule`, or a `CronExpression`.
 */
export interface ISchedule {
  /**
   * The five fields of cron, such as `30 1 * * *`.
   */
  readonly expression: string;
}

/**
 * Times that only cron can say, such as each hour of working days: `0 6-18 * * mon-fri`.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export class CronExpression implements ISchedule {
  /**
   * Minute, hour, day of the month, month and day of the week: numbers, `*`, ranges, steps and lists, and the first three
   * letters of months and weekdays. Sunday is 0.
   *
   * Synthesis fails on what the API server refuses, and on times that never come, such as 31 February.
   */
  public static of(expression: string): CronExpression {
    CronFields.parse('CronExpression.of', expression);
    return new CronExpression(expression.trim().split(/\s+/).join(' '));
  }

  /** The five fields of cron. */
  public readonly expression: string;

  private constructor(expression: string) {
    this.expression = expression;
  }

  /**
   * The five fields of cron.
   */
  public toString(): string {
    return this.expression;
  }
}
