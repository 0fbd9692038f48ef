import { CronExpression } from '../../src/values/cron-expression';
import { CronFields } from '../../src/values/cron-fields';

test.each([
  '* * * * *', '*/15 6-18 * * mon-fri', '0 6 1,15 * ?', '5/10 0 * JAN-MAR SUN', '0 0 29 2 *', '0 0 31 2 1', '0 0 */2 * *', '0-30/10 23 31 12 6',
])('%s is taken', (expression) => {
  expect(CronExpression.of(expression).toString()).toBe(expression);
});

test('blanks around and between the fields are none of the expression', () => {
  expect(CronExpression.of('  0  6 * *\t1 ').expression).toBe('0 6 * * 1');
});

test.each([
  ['0 6 * *', "expected the five fields of cron, got '0 6 * *'. Write minute, hour, day of the month, month and day of the week, such as '30 1 * * *'."],
  ['0 0 6 * * *', "expected the five fields of cron, got '0 0 6 * * *'. Write minute, hour, day of the month, month and day of the week, such as '30 1 * * *'."],
  ['', "expected the five fields of cron, got ''. Write minute, hour, day of the month, month and day of the week, such as '30 1 * * *'."],
  [5 as unknown as string, 'expected the five fields of cron, got 5. Write minute, hour, day of the month, month and day of the week, such as \'30 1 * * *\'.'],
  ['@daily', "'@daily' is a word for five fields. Write '0 0 * * *'."],
  ['@every 5m', "'@every 5m' counts from whenever the controller starts. Write the five fields of cron, or use Schedule.everyMinutes(...)."],
  ['CRON_TZ=Europe/Berlin 0 6 * * *', "'CRON_TZ=Europe/Berlin 0 6 * * *' names a time zone, which Kubernetes takes in a field of its own. Set timeZone."],
  ['60 * * * *', "the minute '60' of '60 * * * *' is not from 0 to 59. Write numbers from 0 to 59, ranges such as 0-59, steps such as */2, or a list of them."],
  ['0 24 * * *', "the hour '24' of '0 24 * * *' is not from 0 to 23. Write numbers from 0 to 23, ranges such as 0-23, steps such as */2, or a list of them."],
  ['0 5-3 * * *', "the hour '5-3' of '0 5-3 * * *' is not from 0 to 23. Write numbers from 0 to 23, ranges such as 0-23, steps such as */2, or a list of them."],
  ['*/0 * * * *', "the minute '*/0' of '*/0 * * * *' is not from 0 to 59. Write numbers from 0 to 59, ranges such as 0-59, steps such as */2, or a list of them."],
  ['0 0 0 * *', "the day of the month '0' of '0 0 0 * *' is not from 1 to 31. Write numbers from 1 to 31, ranges such as 1-31, steps such as */2, or a list of them."],
  ['0 0 * march *', "the month 'march' of '0 0 * march *' is not from 1 to 12. Write numbers from 1 to 12, ranges such as 1-12, steps such as */2, or a list of them."],
  ['0 0 * * 7', "the day of the week '7' of '0 0 * * 7' is not from 0 to 6. Write 0 for Sunday, which Kubernetes does not know as 7."],
  ['0 0 * * 1,', "the day of the week '' of '0 0 * * 1,' is not from 0 to 6. Write numbers from 0 to 6, ranges such as 0-6, steps such as */2, or a list of them."],
  ['0 0 31 2,4 *', "'0 0 31 2,4 *' never comes, because none of its months has 31 days. Name a day that one of the months has."],
])('%s fails', (expression, message) => {
  expect(() => CronExpression.of(expression)).toThrow(new Error(`CronExpression.of: ${message}`));
});

describe('the most times within a stretch of time', () => {
  test.each([
    ['0 6 * * *', 3600, 1],
    ['* * * * *', 3600, 60],
    ['*/10 * * * *', 3600, 6],
    ['*/10 * * * *', 3601, 7],
    // at the turn of a day, too
    ['50,0 0,23 * * *', 900, 2],
    ['0 0,1,2 * * *', 2 * 86_400, 6],
    ['0 6 * * *', 30, 1],
  ])('of %s in %d s is %d', (expression, seconds, most) => {
    expect(CronFields.parse('test', expression).mostWithin(seconds)).toBe(most);
  });
});
