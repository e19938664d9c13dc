import { InputError } from '../document/input-error.js';
import { EnvironmentError } from './environment-error.js';
import { EXIT } from './exit-codes.js';
import { UnusableSystem } from './remote/unusable-system.js';
import { UsageError } from './usage-error.js';

const isRecordError = (error: unknown): error is Error & { path: string; problem: string; remedy: string } =>
  error instanceof Error && error.name === 'RunRecordError';
const isCliError = (error: unknown): error is Error => error instanceof Error && error.name === 'CACError';

/** One clear message: what, where, expected and found, remedy; a stack trace only with `--debug`. */
export function describeError(error: unknown, debug: boolean): string {
  const trace = debug && error instanceof Error && error.stack !== undefined ? `\n${error.stack}` : '';
  return describe(error).join('\n') + trace;
}

function describe(error: unknown): string[] {
  if (error instanceof InputError) {
    return [
      `error: ${error.message}`,
      ...line('where', error.where),
      ...line('expected', error.expected),
      ...line('found', error.found),
      ...line('remedy', error.remedy),
    ];
  }
  if (error instanceof UsageError) {
    return [`error: ${error.message}`, ...line('expected', error.expected), ...line('remedy', error.remedy)];
  }
  if (error instanceof EnvironmentError) return [`error: ${error.message}`, ...line('remedy', error.remedy)];
  if (isRecordError(error)) {
    return [`error: ${error.problem}`, ...line('where', error.path), ...line('remedy', error.remedy)];
  }
  if (error instanceof UnusableSystem) return [`error: ${error.problem}`, ...line('remedy', error.remedy)];
  if (isCliError(error)) return [`error: ${error.message}`, ...line('remedy', 'see syncproof --help')];
  const message = error instanceof Error ? error.message : String(error);
  return [
    `error: syncproof itself failed: ${message}`,
    ...line('remedy', 'run again with --debug and report it'),
  ];
}

function line(label: string, text: string | null | undefined): string[] {
  return text === null || text === undefined || text === '' ? [] : [`  ${label}: ${text}`];
}

export function exitCodeOf(error: unknown): number {
  return error instanceof InputError ||
    error instanceof UsageError ||
    isCliError(error) ||
    isRecordError(error)
    ? EXIT.usage
    : EXIT.harness;
}
