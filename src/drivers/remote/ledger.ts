import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Side } from '../../checklist/policies.js';

/** What a run must know again to clean up after itself, with the files that it was started from. */
export type LedgerHead = {
  schema: 'syncproof.ledger/1';
  tag: string;
  startedAt: string;
  document: string;
  reverse: string | null;
  profile: string;
  systems: Record<Side, string>;
};

/** `making` is on the disk before the create request leaves; `made` gives the id, `gone` that it was removed. */
export type LedgerLine =
  | { event: 'making'; side: Side; entity: string; tag: string }
  | { event: 'made'; side: Side; entity: string; tag: string; id: string }
  | { event: 'gone'; side: Side; entity: string; id: string }
  | { event: 'clean'; at: string };

/** The durable file of all records that a run makes. A line is on the disk when its promise is kept. */
export class Ledger {
  private waiting: { text: string; done: () => void; failed: (error: unknown) => void }[] = [];
  private writing: Promise<void> | null = null;

  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
  ) {}

  /** Makes the file, or goes on with the one that is there. Errors: those of the file system. */
  static async open(path: string, head: LedgerHead | null): Promise<Ledger> {
    await mkdir(dirname(path), { recursive: true });
    const ledger = new Ledger(path, await open(path, 'a'));
    if (head !== null) await ledger.line(head);
    return ledger;
  }

  write(line: LedgerLine): Promise<void> {
    return this.line(line);
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file.close();
  }

  private line(line: LedgerHead | LedgerLine): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ text: `${JSON.stringify(line)}\n`, done, failed });
      this.writing ??= this.flush();
    });
  }

  /** Lines that come while the disk is busy share its next turn. */
  private async flush(): Promise<void> {
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0);
      try {
        await this.file.appendFile(batch.map((one) => one.text).join(''));
        await this.file.datasync();
        for (const one of batch) one.done();
      } catch (error) {
        for (const one of batch) one.failed(error);
      }
    }
    this.writing = null;
  }
}
