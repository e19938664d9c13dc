import { entityKey } from '../contract/derive/contracts.js';
import type { DataflowDocument, EntityName, Pair } from '../document/model.js';
import { entityWord } from '../document/names.js';
import type { CreationRule } from './plan.js';
import type { ProfilePair } from './profile/schema.js';

type Said = Pick<ProfilePair, 'when' | 'connected'> | null | undefined;
/** Every pair that synchronises an entity, and the path of a reference to it. */
type FindEntity = (entity: EntityName) => { pair: string; path: string }[];

/** Whether, and when, the sentences of a section create records of its target; the profile says what they leave open. */
export function creationRule(pair: Pair, said: Said, find: FindEntity): CreationRule {
  if (said?.connected !== undefined) return { kind: 'connected', to: said.connected };
  const connected = pair.sentences.find((sentence) => sentence.form === 'create-connected');
  if (connected !== undefined) {
    const named = connected.connectedTo ?? [];
    const [only, ...more] = named;
    // Sections that name one entity share its list, so that the plan grows with the document and no faster.
    const to = only !== undefined && more.length === 0 ? find(only) : named.flatMap(find);
    return to.length > 0 ? { kind: 'connected', to } : { kind: 'linked-only' };
  }
  const has = (form: string) => pair.sentences.some((sentence) => sentence.form === form);
  if (has('sync-when') && said?.when !== undefined) return { kind: 'when', condition: said.when };
  if (has('link-first') && !has('sync-every') && !has('create-missing')) return { kind: 'linked-only' };
  return { kind: 'every' };
}

/** Whether two documents mean the same entity, whatever the spelling of its name. */
const sameEntity = (one: EntityName, other: EntityName): boolean => entityWord(one) === entityWord(other);

/**
 * The section of the reverse document for each section of the first: that of the same two entities; where several
 * are, in the order in which they stand. A section that repeats another counts as that one.
 */
export function reverseSections(
  document: DataflowDocument,
  reverse: DataflowDocument | null,
): Map<Pair, Pair> {
  const found = new Map<Pair, Pair>();
  const left = reverse?.pairs.filter((pair) => pair.repeatOf === null) ?? [];
  for (const pair of document.pairs) {
    if (pair.repeatOf !== null) continue;
    const at = left.findIndex(
      (one) => sameEntity(one.source, pair.target) && sameEntity(one.target, pair.source),
    );
    if (at >= 0) found.set(pair, ...(left.splice(at, 1) as [Pair]));
  }
  return found;
}

/** Entities of side b that a reverse document lets be connected, and to what. */
export function backConnections(backs: Map<Pair, Pair>): { entity: string; to: string }[] {
  return [...backs].flatMap(([pair, back]) =>
    back.sentences.flatMap(
      ({ connectedTo }) =>
        connectedTo?.flatMap((entity) => {
          const named = [...backs.keys()].find((one) => sameEntity(one.target, entity));
          return named === undefined ? [] : [{ entity: entityKey(pair.target), to: entityKey(named.target) }];
        }) ?? [],
    ),
  );
}
