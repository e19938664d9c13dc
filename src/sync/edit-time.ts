import type { Remote } from './client.js';
import { plainPath } from './paths.js';

/** The last edit of a property: of its own path, or of the path above or below it; else the record's. */
export function editTime(times: Record<string, number>, path: string, remote: Remote): number {
  const plain = plainPath(path);
  let latest: number | null = times[path] ?? times[plain] ?? null;
  if (latest === null) {
    for (const [name, at] of Object.entries(times)) {
      const own = plainPath(name);
      if (`${own}.`.startsWith(`${plain}.`) || plain.startsWith(`${own}.`))
        latest = Math.max(latest ?? 0, at);
    }
  }
  return latest ?? remote.updatedAt;
}
