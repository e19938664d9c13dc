/** Hears SIGINT and SIGTERM: the first stops the run and lets it clean up, the second ends the process. */
export type Interruption = { signal(): NodeJS.Signals | null; release(): void };

export function hearInterruption(ledgerPath: string): Interruption {
  let heard: NodeJS.Signals | null = null;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (heard !== null) {
      process.stderr.write(`stopped at once; clean up with: syncproof cleanup --ledger ${ledgerPath}\n`);
      process.exit(4);
    }
    heard = signal;
    process.stderr.write(`${signal}: the run stops and removes its records; once more ends it at once\n`);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: () => heard,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
