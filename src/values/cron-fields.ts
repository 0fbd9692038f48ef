import type { Construct } from 'constructs';
import { fail } from './errors';
import { show } from './value-checks';

/** One of the five fields, with the words that stand for its numbers. */
interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly words?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of the month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, words: MONTHS },
  { name: 'day of the week', min: 0, max: 6, words: WEEKDAYS },
];
/** The most days that each month can have, from January on. */
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What cron calls by a word, as its five fields. */
const MACROS: { readonly [word: string]: string } = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const HOUR = 60;
const DAY = 24 * HOUR;
const MINUTE_SECONDS = 60;

/**
 * The times of a cron expression, as Kubernetes reads it: Sunday is 0 and never 7, and a step of 0 is none.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export class CronFields {
  public static parse(where: Construct | string, expression: string): CronFields {
    const texts = typeof expression === 'string' ? expression.trim().split(/\s+/) : [];
    refuseOtherForms(where, expression, texts);
    const [minutes, hours, days, months, weekdays] = FIELDS.map((field, index) => numbersOf(where, expression, field, texts[index].toLowerCase()));
    if (weekdays.length === WEEKDAYS.length && !months.some((month) => days[0] <= DAYS[month - 1])) {
      fail(where, `${show(expression)} never comes, because none of its months has ${days[0]} days`, 'Name a day that one of the months has');
    }
    return new CronFields(minutes.flatMap((minute) => hours.map((hour) => hour * HOUR + minute)).sort((a, b) => a - b));
  }

  /** The minutes of a day at which it comes, on days on which it does. */
  private constructor(private readonly minutes: readonly number[]) {}

  /** How many times at most lie within so many seconds, if it comes every day. */
  public mostWithin(seconds: number): number {
    const length = Math.ceil(seconds / MINUTE_SECONDS);
    const whole = Math.floor(length / DAY) * this.minutes.length;
    const rest = length % DAY;
    const twoDays = [...this.minutes, ...this.minutes.map((minute) => minute + DAY)];
    return whole + Math.max(...this.minutes.map((start) => twoDays.filter((minute) => minute >= start && minute < start + rest).length));
  }
}

function refuseOtherForms(where: Construct | string, expression: string, texts: readonly string[]): void {
  const [first] = texts;
  if (first !== undefined && Object.hasOwn(MACROS, first)) {
    fail(where, `${show(expression)} is a word for five fields`, `Write '${MACROS[first]}'`);
  }
  if (first === '@every') {
    fail(where, `${show(expression)} counts from whenever the controller starts`, 'Write the five fields of cron, or use Schedule.everyMinutes(...)');
  }
  if (/^(?:CRON_)?TZ=/.test(first ?? '')) {
    fail(where, `${show(expression)} names a time zone, which Kubernetes takes in a field of its own`, 'Set timeZone');
  }
  if (texts.length !== FIELDS.length) {
    fail(where, `expected the five fields of cron, got ${show(expression)}`,
      "Write minute, hour, day of the month, month and day of the week, such as '30 1 * * *'");
  }
}

function numbersOf(where: Construct | string, expression: string, field: Field, text: string): number[] {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const numbers = rangeOf(field, part)
      ?? fail(where, `the ${field.name} ${show(part)} of ${show(expression)} is not from ${field.min} to ${field.max}`, remedy(field, part));
    numbers.forEach((number) => found.add(number));
  }
  return [...found].sort((a, b) => a - b);
}

/** `*`, `4`, `1-5`, each also with a step; undefined for what is none of them. */
function rangeOf(field: Field, part: string): number[] | undefined {
  const [, any, from, to, step] = /^(?:(\*|\?)|([a-z]+|\d+)(?:-([a-z]+|\d+))?)(?:\/([1-9]\d*))?$/.exec(part) ?? [];
  if (any === undefined && from === undefined) {
    return undefined;
  }
  const start = any === undefined ? numberOf(field, from) : field.min;
  const open = any !== undefined || (to === undefined && step !== undefined);
  const end = open ? field.max : to === undefined ? start : numberOf(field, to);
  if (start === undefined || end === undefined || start > end) {
    return undefined;
  }
  const all = Array.from({ length: end - start + 1 }, (_, index) => start + index);
  return all.filter((_, index) => index % Number(step ?? 1) === 0);
}

function numberOf({ min, max, words }: Field, text: string): number | undefined {
  const word = words?.indexOf(text) ?? -1;
  const number = word >= 0 ? word + min : /^\d+$/.test(text) ? Number(text) : -1;
  return number >= min && number <= max ? number : undefined;
}

function remedy(field: Field, part: string): string {
  return field.words === WEEKDAYS && /\b7\b/.test(part)
    ? 'Write 0 for Sunday, which Kubernetes does not know as 7'
    : `Write numbers from ${field.min} to ${field.max}, ranges such as ${field.min}-${field.max}, steps such as */2, or a list of them`;
}
