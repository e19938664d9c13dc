import type { Outbox } from './twin/outbox.js';

export type SenderEvent = {
  event: 'webhook-sent' | 'webhook-waits' | 'webhook-dropped';
  delivery: string;
  status: number | null;
};

type Options = {
  outbox: Outbox;
  /** Where events go; null: nowhere, they are dropped without a word. */
  url: () => string | null;
  now: () => number;
  tell: (event: SenderEvent) => void;
};

const MOST_ATTEMPTS = 8;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const TIMEOUT_MS = 10_000;

/** Posts a twin's webhooks in their order; one that is not taken is tried again with growing waits, then dropped. */
export class WebhookSender {
  private readonly ended = new AbortController();
  private running: Promise<void> | null = null;

  constructor(private readonly options: Options) {}

  /** Begins to send what is pending, unless that is under way. */
  wake(): void {
    if (this.ended.signal.aborted || this.running !== null) return;
    this.running = this.sendAll().finally(() => (this.running = null));
  }

  async close(): Promise<void> {
    this.ended.abort();
    await this.running;
  }

  private async sendAll(): Promise<void> {
    const { outbox, url, tell } = this.options;
    for (let next = outbox.pending.shift(); next !== undefined; next = outbox.pending.shift()) {
      const target = url();
      if (target === null) continue;
      for (let attempt = 1; ; attempt++) {
        const status = await this.post(target, outbox.headers(next, this.options.now()), next.body);
        if (this.ended.signal.aborted) return;
        const taken = status !== null && status < 500 && status !== 429;
        if (taken || attempt === MOST_ATTEMPTS) {
          const arrived = taken && status < 400;
          tell({ event: arrived ? 'webhook-sent' : 'webhook-dropped', delivery: next.id, status });
          break;
        }
        tell({ event: 'webhook-waits', delivery: next.id, status });
        await this.wait(Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS));
      }
    }
  }

  private async post(url: string, headers: Record<string, string>, body: string): Promise<number | null> {
    try {
      const signal = AbortSignal.any([this.ended.signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return null;
    }
  }

  private wait(ms: number): Promise<void> {
    const { signal } = this.ended;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      const stop = () => {
        clearTimeout(timer);
        resolve();
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  }
}
