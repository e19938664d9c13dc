import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../contract/field.js';
import type { RecordedExchange } from '../../drivers/recorded/recording-fetch.js';
import type { Redactor } from '../../drivers/remote/redact.js';

export const PARTIAL = 'exchanges.partial.jsonl';

const HEAD = {
  schema: 'syncproof.partial/1',
  partial: 'exchanges of a run that has not come to its end; they cannot be played back',
};

/** What a recorded run exchanged so far, on the disk after each check, so that it outlives a run that is killed. */
export class PartialRecording {
  private waiting: RecordedExchange[] = [];
  private isThere = false;
  private readonly path: string;

  constructor(
    private readonly folder: string,
    private readonly redactor: Redactor,
    private readonly runTag: string,
  ) {
    this.path = join(folder, PARTIAL);
  }

  add(exchange: RecordedExchange): void {
    this.waiting.push(exchange);
  }

  /**
   * Appends what was exchanged since the last time. An answer that has just come may hold a token or a name that is
   * only known to be one after it was looked at. Errors: those of the file system.
   */
  async flush(): Promise<void> {
    const taken = this.waiting.splice(0);
    await new Promise((looked) => setImmediate(looked));
    if (!this.isThere) {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(this.path, `${JSON.stringify({ ...HEAD, runTag: this.runTag })}\n`);
      this.isThere = true;
    }
    const lines = taken.map((one) => `${JSON.stringify(this.redactor.json(one as Json))}\n`);
    appendFileSync(this.path, lines.join(''));
  }

  /** The whole recording is there. */
  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** How many exchanges a folder holds of a run that did not come to its end; null: none. */
export function partialIn(folder: string): number | null {
  const path = join(folder, PARTIAL);
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').length - 1 : null;
}
