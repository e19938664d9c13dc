/** One thing that happened: names, ids and counts only, never a value of a record or a credential (I26). */
export type LogLine = { event: string } & Record<string, string | number | boolean | null>;
export type Log = (line: LogLine) => void;

/** Writes JSON lines to standard error; a time that a line brings in epoch ms is written as ISO. */
export function createLog(role: string, write: (text: string) => void): Log {
  return ({ at, ...line }) => {
    const time = new Date(typeof at === 'number' ? at : Date.now()).toISOString();
    write(`${JSON.stringify({ time, role, ...line })}\n`);
  };
}
