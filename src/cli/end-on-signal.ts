import { constants } from 'node:os';

/**
 * Ends the process at SIGINT or SIGTERM, as a signal does by itself, but says first what became of the run. Gives what
 * takes the listeners off again.
 */
export function endOnSignal(said: (signal: NodeJS.Signals) => string): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const end = (signal: NodeJS.Signals): void => {
    process.stderr.write(`\n${said(signal)}\n`);
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of signals) process.on(signal, end);
  return () => {
    for (const signal of signals) process.off(signal, end);
  };
}
