import type { ISchedule } from './cron-expression';
import { fail } from './errors';
import { oneOf } from './one-of';
import { show, wholeNumber } from './value-checks';

/** In the order of cron, where 0 is Sunday. */
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The first day of Unix time, 1 January 1970. */
const FIRST_WEEKDAY = WEEKDAYS.indexOf('thursday');

/**
 * When something happens again and again, in UTC: at times whose distance is always the same, so that nobody has to guess how long
 * the longest gap is.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export class Schedule implements ISchedule {
  /**
   * Every so many minutes, from the full hour on: a number by which 60 can be divided, 1 to 30.
   */
  public static everyMinutes(minutes: number): Schedule {
    const where = 'Schedule.everyMinutes';
    wholeNumber(where, minutes, 1, 30, 'minutes');
    if (HOUR % (minutes * MINUTE) !== 0) {
      fail(where, `60 minutes cannot be divided by ${minutes}, so the last one of each hour would be followed too soon`, `Use ${nextDivisor(minutes)}`);
    }
    return new Schedule(`*/${minutes} * * * *`, minutes * MINUTE, 0);
  }

  /**
   * Every hour at a minute, 0 to 59.
   */
  public static hourly(minute: number): Schedule {
    wholeNumber('Schedule.hourly', minute, 0, 59, 'minute');
    return new Schedule(`${minute} * * * *`, HOUR, minute * MINUTE);
  }

  /**
   * Every day at a time of day, such as `01:30`.
   */
  public static daily(time: string): Schedule {
    const { hour, minute } = timeOfDay('Schedule.daily', time);
    return new Schedule(`${minute} ${hour} * * *`, DAY, hour * HOUR + minute * MINUTE);
  }

  /**
   * Every week on a day, such as `sunday`, at a time of day.
   */
  public static weekly(weekday: string, time: string): Schedule {
    const where = 'Schedule.weekly';
    const day = WEEKDAYS.indexOf(oneOf(where, 'weekday', weekday, WEEKDAYS));
    const { hour, minute } = timeOfDay(where, time);
    const daysOn = (day - FIRST_WEEKDAY + WEEKDAYS.length) % WEEKDAYS.length;
    return new Schedule(`${minute} ${hour} * * ${day}`, WEEKDAYS.length * DAY, daysOn * DAY + hour * HOUR + minute * MINUTE);
  }

  /** The five fields of cron. */
  public readonly expression: string;

  /**
   * Seconds from one time to the next.
   *
   * @internal
   */
  public readonly _period: number;

  /**
   * Seconds of Unix time until the first.
   *
   * @internal
   */
  public readonly _offset: number;

  private constructor(expression: string, period: number, offset: number) {
    this.expression = expression;
    this._period = period;
    this._offset = offset;
  }

  /**
   * The schedule as cron writes it: `30 1 * * *`.
   */
  public toString(): string {
    return this.expression;
  }
}

function nextDivisor(minutes: number): number {
  return HOUR % (minutes * MINUTE) === 0 ? minutes : nextDivisor(minutes + 1);
}

function timeOfDay(where: string, time: string): { hour: number; minute: number } {
  const [, hour, minute] = (typeof time === 'string' ? /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) : undefined)
    ?? fail(where, `${show(time)} is not a time of day`, "Write hours and minutes in UTC, such as '01:30'");
  return { hour: Number(hour), minute: Number(minute) };
}
