import { entityKey } from '../../contract/derive/contracts.js';
import type { DataflowDocument } from '../../document/model.js';
import type { LoadedProfile } from './load.js';

/** A profile with only those of its pairs that the document holds; its lines stay those of the file. */
export function narrowed(loaded: LoadedProfile, document: DataflowDocument): LoadedProfile {
  const held = new Set(document.pairs.map((pair) => `${entityKey(pair.source)} > ${entityKey(pair.target)}`));
  const kept = loaded.profile.pairs.flatMap(({ source, target }, index) =>
    held.has(`${source} > ${target}`) ? [index] : [],
  );
  const pairs = loaded.profile.pairs.filter((_pair, index) => kept.includes(index));
  const lineOf = (path: PropertyKey[]) => {
    const [top, at, ...rest] = path;
    return top === 'pairs' && typeof at === 'number'
      ? loaded.lineOf([top, kept[at] ?? at, ...rest])
      : loaded.lineOf(path);
  };
  return { ...loaded, profile: { ...loaded.profile, pairs }, lineOf };
}
