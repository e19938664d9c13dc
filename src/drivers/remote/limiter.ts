import type { RemoteClock } from './settings.js';

const BURST_MS = 250;

/** Bounds the requests to one system: so many at a time, so many in a second, none while it asks to wait. */
export class Limiter {
  private running = 0;
  private readonly queue: (() => void)[] = [];
  private nextAt = 0;
  private closedUntil = 0;

  constructor(
    private readonly limits: { connections: number; requestsPerSecond: number },
    private readonly clock: RemoteClock,
  ) {}

  /** No request leaves before the time given, epoch ms. */
  holdUntil(time: number): void {
    this.closedUntil = Math.max(this.closedUntil, time);
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.connections) await new Promise<void>((go) => this.queue.push(go));
    else this.running += 1;
    try {
      await this.turn();
      return await work();
    } finally {
      const next = this.queue.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }

  private async turn(): Promise<void> {
    const now = this.clock.now();
    this.nextAt = Math.max(this.nextAt, now - BURST_MS);
    const at = Math.max(this.nextAt, now);
    this.nextAt += 1000 / this.limits.requestsPerSecond;
    const wait = Math.max(at, this.closedUntil) - now;
    if (wait > 0) await this.clock.sleep(wait);
    while (this.closedUntil > this.clock.now()) await this.clock.sleep(this.closedUntil - this.clock.now());
  }
}
