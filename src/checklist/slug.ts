/** Lower case, letters and digits, words joined by hyphens: `deliveryAddress.country.id` → `delivery-address-country-id`. */
export function slugOf(text: string): string {
  const spaced = text
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase();
  const slug = spaced.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return slug === '' ? 'unnamed' : slug;
}

/** Makes slugs unique in the order given: the second gets `-2`. */
export function uniqueSlug(slug: string, taken: Set<string>): string {
  let unique = slug;
  for (let count = 2; taken.has(unique); count++) unique = `${slug}-${count}`;
  taken.add(unique);
  return unique;
}
