import type { Side } from '../checklist/policies.js';
import type { EventControl } from './ports.js';
import type { TwinPort } from './twin-port.js';

export type SendEvent = (side: Side, body: string, headers: Record<string, string>) => Promise<number>;
type Sent = { side: Side; id: string; body: string; headers: Record<string, string>; status: number };

/** Delivers the twins' webhooks to the sync, or holds, repeats, reorders and drops them. */
export class EventBus implements EventControl {
  private held = false;
  private backlog: Sent[] = [];
  private history: Sent[] = [];

  constructor(
    private readonly twins: Record<Side, TwinPort>,
    private readonly deliver: SendEvent,
  ) {}

  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
  }

  pending(): number {
    this.collect();
    return this.backlog.length;
  }

  /** True when nothing waits that could be delivered now. */
  idle(): boolean {
    return this.held || this.pending() === 0;
  }

  reverse(): void {
    this.collect();
    this.backlog.reverse();
  }

  duplicate(): void {
    this.collect();
    this.backlog = this.backlog.flatMap((sent) => [sent, sent]);
  }

  drop(): void {
    this.collect();
    this.backlog = [];
  }

  async redeliverAll(): Promise<void> {
    for (const sent of this.history) {
      await this.deliver(sent.side, sent.body, this.sign(sent, `${sent.id}-again`));
    }
  }

  send(side: Side, body: string, headers: Record<string, string>): Promise<number> {
    return this.deliver(side, body, headers);
  }

  last(side: Side): { body: string; headers: Record<string, string>; status: number } | null {
    const sent = this.history.findLast((one) => one.side === side);
    return sent === undefined ? null : { body: sent.body, headers: sent.headers, status: sent.status };
  }

  /** Delivers what is pending unless it is held; an event that the sync does not take stays pending. */
  async flush(): Promise<number> {
    this.collect();
    if (this.held) return 0;
    const due = this.backlog;
    this.backlog = [];
    for (const sent of due) {
      const headers = this.sign(sent, sent.id);
      const status = await this.deliver(sent.side, sent.body, headers);
      this.history.push({ ...sent, headers, status });
      if (status >= 500) this.backlog.push(sent);
    }
    return due.length;
  }

  private sign(sent: Sent, id: string): Record<string, string> {
    const twin = this.twins[sent.side];
    return twin.outbox.headers({ id, body: sent.body }, twin.now());
  }

  private collect(): void {
    for (const side of ['a', 'b'] as const) {
      const { outbox } = this.twins[side];
      for (const { id, body } of outbox.pending.splice(0))
        this.backlog.push({ side, id, body, headers: {}, status: 0 });
    }
  }
}
