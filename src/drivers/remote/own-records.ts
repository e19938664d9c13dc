import type { Side } from '../../checklist/policies.js';
import type { StoredRecord } from '../ports.js';
import type { RunState } from './run-state.js';
import type { Listing } from './watch.js';

/** One entity of one system. */
export type Place = { side: Side; entity: string };
/** One listing of each place, by `placeKey`. */
export type View = Map<string, Listing>;

export const placeKey = ({ side, entity }: Place): string => `${side} ${entity}`;

/** The records of one world: ids that bear its tag, or that it made, by place. */
export class OwnRecords {
  private readonly seen = new Map<string, Set<string>>();

  constructor(
    private readonly run: Pick<RunState, 'systems' | 'watch'>,
    private readonly tag: string,
    readonly places: Place[],
  ) {}

  remember(place: Place, id: string): void {
    const key = placeKey(place);
    const held = this.seen.get(key);
    if (held === undefined) this.seen.set(key, new Set([id]));
    else held.add(id);
  }

  ids(place: Place): Iterable<string> {
    return this.seen.get(placeKey(place)) ?? [];
  }

  /** Whether an id is of this world, in whichever place. */
  holds(id: string): boolean {
    return [...this.seen.values()].some((ids) => ids.has(id));
  }

  /** Records that the world did not make are never written to. Errors: `Error` for one of others. */
  demand(place: Place, id: string): void {
    if (this.seen.get(placeKey(place))?.has(id) === true) return;
    const { name } = this.run.systems[place.side].contract;
    throw new Error(`the ${name} ${place.entity} ${id} is not of this run and is left alone`);
  }

  /** Lists all places, together with all others who wait for such a listing. */
  async lookAround(): Promise<View> {
    const listings = await Promise.all(
      this.places.map(async (place) => {
        const listing = await this.run.watch(place.side, place.entity).ask();
        for (const record of this.tagged(listing)) this.remember(place, record.id);
        return [placeKey(place), listing] as const;
      }),
    );
    return new Map(listings);
  }

  /** Own records of a place; one that a listing passed over, as pages may, is asked for by its id. */
  async pick(place: Place, listing: Listing): Promise<StoredRecord[]> {
    const own = new Map(this.tagged(listing).map((record) => [record.id, record]));
    for (const id of own.keys()) this.remember(place, id);
    for (const id of this.ids(place)) {
      if (own.has(id)) continue;
      const record = listing.byId.get(id) ?? (await this.run.systems[place.side].get(place.entity, id));
      if (record !== null) own.set(id, record);
    }
    return [...own.values()];
  }

  /** All own records of a view, as one text. */
  state(view: View): string {
    return JSON.stringify(
      this.places.map((place) => {
        const listing = view.get(placeKey(place));
        const ids = [...this.ids(place)].toSorted();
        return ids.map((id) => [id, listing?.byId.get(id)?.fields ?? null]);
      }),
    );
  }

  private tagged(listing: Listing): StoredRecord[] {
    return listing.byTag.get(this.tag) ?? [];
  }
}
