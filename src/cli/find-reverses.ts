import { readDocumentFile } from '../document/read-file.js';

type Heading = { path: string; key: string; back: string; generated: number };

/**
 * The reverse document of each document that has one among those given: `B to A` of `A to B`. Of several generations
 * the one made closest in time is taken. Documents are read one after the other and not kept. Errors: `InputError`.
 */
export async function findReverses(paths: string[]): Promise<Map<string, string>> {
  const headings: Heading[] = [];
  for (const path of paths) {
    const { systems, generated } = await readDocumentFile(path);
    const [source, target] = [systems.source, systems.target].map(squash);
    if (source === '' || target === '' || source === target) continue;
    const stamp = Date.parse(generated ?? '');
    headings.push({
      path,
      key: `${source} ${target}`,
      back: `${target} ${source}`,
      generated: Number.isNaN(stamp) ? 0 : stamp,
    });
  }
  const byKey = new Map<string, Heading[]>();
  for (const heading of headings) {
    const others = byKey.get(heading.key);
    if (others === undefined) byKey.set(heading.key, [heading]);
    else others.push(heading);
  }
  const found = new Map<string, string>();
  for (const { path, back, generated } of headings) {
    const distance = (other: Heading) => Math.abs(other.generated - generated);
    const [closest] = (byKey.get(back) ?? []).toSorted((one, other) => distance(one) - distance(other));
    if (closest !== undefined) found.set(path, closest.path);
  }
  return found;
}

const squash = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
