import pc from 'picocolors';

export type Progress = { step(pair: string, verdict: string): void; done(): void };

/** A moving line on a terminal; in CI one plain line for each tenth of the work. */
export function createProgress(
  total: number,
  stream: NodeJS.WriteStream,
  interactive: boolean,
  what = 'checks',
): Progress {
  let count = 0;
  let bad = 0;
  let lastTenth = 0;
  return {
    step(pair, verdict) {
      count += 1;
      if (verdict === 'failed' || verdict === 'error') bad += 1;
      const text = `${count}/${total} ${what}, ${bad} failed  ${pair}`.trimEnd();
      if (interactive) {
        stream.write(`\r\u001b[2K${bad > 0 ? pc.red(text.slice(0, 79)) : text.slice(0, 79)}`);
        return;
      }
      const tenth = Math.floor((count * 10) / Math.max(total, 1));
      if (tenth > lastTenth) stream.write(`${text}\n`);
      lastTenth = tenth;
    },
    done() {
      if (interactive && count > 0) stream.write('\r\u001b[2K');
    },
  };
}

/** Progress goes to stderr, so that `--json` on stdout stays machine-readable. */
export function isInteractive(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && process.env['CI'] === undefined && process.env['TERM'] !== 'dumb';
}
