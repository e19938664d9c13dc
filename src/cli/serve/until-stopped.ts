/** Waits for SIGINT or SIGTERM and ends by `stop`; a second signal ends the process at once. */
export async function untilStopped(stop: (signal: string) => Promise<void>): Promise<void> {
  const signal = await new Promise<string>((resolve) => {
    const first = (name: NodeJS.Signals) => {
      process.removeListener('SIGINT', first);
      process.removeListener('SIGTERM', first);
      for (const again of ['SIGINT', 'SIGTERM'] as const) process.once(again, () => process.exit(130));
      resolve(name);
    };
    process.on('SIGINT', first);
    process.on('SIGTERM', first);
  });
  await stop(signal);
}
