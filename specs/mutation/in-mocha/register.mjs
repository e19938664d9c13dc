import { register } from 'node:module';

/** In the processes that Stryker starts, `vitest` means the few functions that our tests use of it, made of Mocha. */
register('./resolve.mjs', import.meta.url);
