/** Lower case, letters and digits, words joined by hyphens: `deliveryAddress.country.id` → `delivery-address-country-id`. */
export function slugOf(text: string): string {
  const spaced = text
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase();
  const slug = spaced.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
  return slug === '' ? 'unnamed' : slug;
}

/** How far the numbers behind each slug of a set have been given out. */
const given = new WeakMap<Set<string>, Map<string, number>>();

/** Makes slugs unique in the order given: the second gets `-2`. Linear, however many share a slug. */
export function uniqueSlug(slug: string, taken: Set<string>): string {
  const counts = given.get(taken) ?? new Map<string, number>();
  given.set(taken, counts);
  let count = counts.get(slug) ?? 1;
  let unique = slug;
  for (; taken.has(unique); unique = `${slug}-${count}`) count += 1;
  counts.set(slug, count);
  taken.add(unique);
  return unique;
}
