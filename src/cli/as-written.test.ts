import { expect, test } from 'vitest';
import { restoreWords } from './as-written.js';

function restored(options: Record<string, unknown>, ...argv: string[]): Record<string, unknown> {
  restoreWords(options, argv);
  return options;
}

test.each([
  ['a folder of digits', { out: 7 }, ['--out', '007'], { out: '007' }],
  ['a word after an equals sign', { out: 7 }, ['--out=007'], { out: '007' }],
  ['no word at all', { only: 0 }, ['--only', ''], { only: '' }],
  ['an option of several words', { changedSince: 1000 }, ['--changed-since', '1e3'], { changedSince: '1e3' }],
  [
    'one of several values',
    { only: ['a', 5, 5] },
    ['--only', 'a', '--only', '5', '--only', '05'],
    { only: ['a', '5', '05'] },
  ],
])('%s is what was written', (_what, options, argv, expected) => {
  expect(restored(options, ...argv)).toEqual(expected);
});

test('words, flags and defaults stay as they are', () => {
  const options = { profile: 'my.yaml', json: true, runs: 1000, color: false };

  expect(
    restored({ ...options }, '--profile', 'my.yaml', '--json', '--no-color', '--', '--runs', '5'),
  ).toStrictEqual(options);
});
