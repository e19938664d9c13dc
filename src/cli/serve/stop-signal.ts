/** Listens for SIGINT and SIGTERM from now on and gives the first; a second one ends the process at once. */
export async function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    const first = (name: NodeJS.Signals) => {
      process.removeListener('SIGINT', first);
      process.removeListener('SIGTERM', first);
      for (const again of ['SIGINT', 'SIGTERM'] as const) process.once(again, () => process.exit(130));
      resolve(name);
    };
    process.on('SIGINT', first);
    process.on('SIGTERM', first);
  });
}
