import { readdirSync } from 'node:fs';
import { defineConfig } from 'rolldown';

const specs = readdirSync('dist/specs').filter((name) => name.endsWith('.spec.js'));
const named = (folder, names) => names.map((name) => [name.replace(/\.js$/, ''), `${folder}/${name}`]);

/**
 * The built command line and what its workers load, joined into a few files: a run starts three threads, and each would
 * otherwise read 250 small modules (measured: 75 ms against 17 ms). One build for all, so that no module exists twice.
 */
export default defineConfig({
  input: Object.fromEntries([
    ...named('dist/src/cli', ['main.js']),
    ...named('dist/specs', ['head-start.js', ...specs]),
    ...named('dist/specs/worlds', ['in-process-world.js']),
  ]),
  platform: 'node',
  external: [/^node:/, /^(?:ajv|allure|fast-check|jiti|libsql|msw|vitest|@faker-js|@hono\/node-server)/],
  output: { dir: 'dist/bundled', format: 'esm', cleanDir: true },
});
