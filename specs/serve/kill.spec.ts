import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { syncproof } from '../cli/syncproof.js';
import { freshFolder } from './served.js';

const record = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'crash.json'), 'utf8')) as {
    variants: { name: string; points: number; requests: number }[];
    summary: Record<string, number>;
  };

/** Some of the points of `npm run crash:kill`, which plays 200. */
test.each([1, 78, 257, 782])(
  'a served sync killed with SIGKILL at point %i goes on as if nothing had happened (I16, I17)',
  (point) => {
    const folder = freshFolder();

    const { code, err } = syncproof(folder, [
      'prove',
      '--crash',
      '--point',
      `kill:${point}`,
      '--out',
      folder,
    ]);

    expect(err).toBe('');
    expect(code).toBe(0);
    expect(record(folder).summary).toEqual({ points: 1, lost: 0, duplicated: 0, stuck: 0, other: 0 });
  },
);

test('a point that no life comes to is an error of the harness, never green', () => {
  const folder = freshFolder();

  const { code, err } = syncproof(folder, ['prove', '--crash', '--point', 'ignore:999999', '--out', folder]);

  expect(code).toBe(4);
  expect(err).toContain('the sync never came to the point ignore:999999');
});

test.each([
  [['prove', '--crash', '--point', 'erp:1'], '--point erp:1 is no point'],
  [['prove', '--crash', '--kills', 'x'], '--kills x is no number'],
  [['prove', '--point', 'kill:1'], '--point or --kills without --crash'],
])('%s is one clear error', (args, message) => {
  const { code, err } = syncproof(freshFolder(), args);

  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(err).toContain('remedy:');
});
