const TICK_MS = 200;
const TOLERATED_MS = 1000;

/**
 * How long this process stood still: suspended, starved of its machine, or busy with itself. A tick that comes more than
 * a second late tells.
 */
export class Standstill {
  private total = 0;
  private ticked: number;

  constructor(private readonly now: () => number) {
    this.ticked = now();
  }

  tick(): void {
    this.total += this.gap();
    this.ticked = this.now();
  }

  /** So far, ms; a standstill that just ended counts before its late tick has come. */
  ms(): number {
    return this.total + this.gap();
  }

  private gap(): number {
    const late = this.now() - this.ticked - TICK_MS;
    return late > TOLERATED_MS ? late : 0;
  }
}

/** Watches this process until `end`. */
export function watchStandstill(): { ms(): number; end(): void } {
  const standstill = new Standstill(Date.now);
  const timer = setInterval(() => standstill.tick(), TICK_MS).unref();
  return { ms: () => standstill.ms(), end: () => clearInterval(timer) };
}
