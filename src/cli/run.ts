import { parseArgs } from 'util';
import { checkCommand } from './check-command';
import type { Outcome } from './command';
import { RELEASE_SET } from './release-command';
import { nearest } from '../values/errors';
import { show } from '../values/value-checks';

/** As shells and most commands end that do not understand their arguments. */
const MISUNDERSTOOD = 2;

/**
 * Runs the command line without the names of Node and of the program.
 *
 * @param systemDay the day of the computer's clock, as YYYY-MM-DD; without one, nothing expires
 */
export function run(args: readonly string[], systemDay?: string): Outcome {
  const commands = [RELEASE_SET, checkCommand(systemDay)];
  const options = Object.fromEntries(commands.flatMap((each) => each.options).map((name) => [name, { type: 'string' as const }]));
  const { values, positionals, tokens } = parseArgs({
    args: [...args], options: { ...options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true, strict: false, tokens: true,
  });
  const usage = (of = commands) => `${of.map((each) => each.usage).join('\n')}  --help       this text\n`;
  const misunderstood = (problem: string, of = commands) => ({ status: MISUNDERSTOOD, stdout: '', stderr: `${problem}\n\n${usage(of)}` });
  const command = commands.find(({ name }) => `${positionals.join(' ')} `.startsWith(`${name} `));
  if (values.help) {
    return { status: 0, stdout: usage(command && [command]), stderr: '' };
  }
  if (!command) {
    return misunderstood(positionals.length === 0 ? 'a command is missing.' : `unknown command ${show(positionals.slice(0, 2).join(' '))}.`);
  }
  for (const token of tokens) {
    if (token.kind === 'option' && !command.options.includes(token.name)) {
      const near = nearest(token.name, command.options);
      return misunderstood(`unknown option ${show(token.rawName)}.${near ? ` Did you mean '--${near}'?` : ''}`, [command]);
    }
  }
  const unset = command.options.find((name) => typeof values[name] === 'boolean');
  const outcome = command.run(positionals.slice(command.name.split(' ').length), {
    ...values as { [name: string]: string | undefined },
    // an option without its value
    ...unset !== undefined && { [unset]: '' },
  });
  return typeof outcome === 'string' ? misunderstood(outcome, [command]) : outcome;
}
