import type { Json } from '../../contract/field.js';
import type { StoredRecord, System } from '../ports.js';
import { tagsIn } from './run-tag.js';

/** What one listing showed of the records of a run: by id, and by the tags that they bear. */
export type Listing = { byId: Map<string, StoredRecord>; byTag: Map<string, StoredRecord[]> };

/**
 * One entity of one system, listed once for all who wait: a listing that began before it was asked for does not
 * count, so that what it shows is never older than the question.
 */
export class Watch {
  private running: Promise<Listing> | null = null;
  private next: Promise<Listing> | null = null;

  constructor(
    private readonly system: System,
    private readonly entity: string,
    private readonly runTag: string,
    private readonly since: () => number | undefined,
  ) {}

  fresh(): Promise<Listing> {
    if (this.running === null) return this.start();
    this.next ??= this.running.then(
      () => this.startNext(),
      () => this.startNext(),
    );
    return this.next;
  }

  private startNext(): Promise<Listing> {
    this.next = null;
    return this.start();
  }

  private start(): Promise<Listing> {
    const listing = this.list().finally(() => {
      if (this.running === listing) this.running = null;
    });
    this.running = listing;
    return listing;
  }

  private async list(): Promise<Listing> {
    const byId = new Map<string, StoredRecord>();
    for (const record of await this.system.list(this.entity, this.since())) byId.set(record.id, record);
    const byTag = new Map<string, StoredRecord[]>();
    for (const record of byId.values()) {
      for (const tag of tagsIn(record.fields as Json, this.runTag)) {
        const held = byTag.get(tag);
        if (held === undefined) byTag.set(tag, [record]);
        else held.push(record);
      }
    }
    return { byId, byTag };
  }
}
