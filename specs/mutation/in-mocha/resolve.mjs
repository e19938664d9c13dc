const OURS = new URL('./vitest.mjs', import.meta.url).href;

/** Hook of the module loader. */
export function resolve(specifier, context, next) {
  return specifier === 'vitest' ? { url: OURS, shortCircuit: true } : next(specifier, context);
}
