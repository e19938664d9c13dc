import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../src/cli/package-root.js';
import { syncproof } from '../cli/syncproof.js';

const DOCS = join(packageRoot(), 'docs');
const read = (name: string) => readFileSync(join(DOCS, name), 'utf8');
const fenced = (text: string) =>
  Array.from(text.matchAll(/```yaml\n([\s\S]*?)```/g), (match) => match[1] ?? '');
const EXAMPLES: [string, string][] = [
  ['ci/github-actions.yml', read('ci/github-actions.yml')],
  ['ci/gitlab-ci.yml', read('ci/gitlab-ci.yml')],
  ...fenced(read('ci.md')).map((text, at): [string, string] => [`ci.md, example ${at + 1}`, text]),
];

/** Every text in a YAML value, at any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
const commandsIn = (text: string) =>
  textsIn(parse(text)).flatMap((script) =>
    script.split('\n').filter((line) => line.includes('npx syncproof ')),
  );
const wordsOf = (command: string) => command.split('npx syncproof ')[1]?.split(/\s+/) ?? [];
const helps = new Map<string, string>();
function helpOf(name: string): string {
  const known = helps.get(name) ?? syncproof(DOCS, [name, '--help']).out;
  helps.set(name, known);
  return known;
}

test.each(EXAMPLES)('%s is YAML and calls syncproof', (_, text) => {
  expect(commandsIn(text)).not.toEqual([]);
});

test.each(EXAMPLES)('%s uses only commands and options that the command line has', (_, text) => {
  for (const [name = '', ...words] of commandsIn(text).map(wordsOf)) {
    expect(helpOf(name)).toContain(`syncproof ${name}`);
    for (const option of words.filter((word) => word.startsWith('--')))
      expect(helpOf(name)).toMatch(new RegExp(String.raw`^\s+${option}\b`, 'm'));
  }
});

test.each(EXAMPLES)('%s keeps the exit code of every command', (_, text) => {
  for (const command of commandsIn(text)) expect(command).not.toMatch(/\|/);
  expect(text).not.toMatch(/continue-on-error|allow_failure/);
});

test.each(EXAMPLES.slice(0, 2))(
  '%s joins as many shards as it runs, caches the history, uploads always',
  (_, text) => {
    const merge = commandsIn(text).find((command) => command.includes(' merge ')) ?? '';

    expect(merge.match(/shards\//g)).toHaveLength(3);
    expect(text).toMatch(/shard: \[1, 2, 3\]|parallel: 3/);
    expect(text).toContain('reports/history.jsonl');
    expect(text).toMatch(/if: \$\{\{ !cancelled\(\) \}\}|when: always/);
  },
);

test('the page names every exit code', () => {
  for (const code of [0, 1, 2, 3, 4]) expect(read('ci.md')).toMatch(new RegExp(`^\\| ${code} `, 'm'));
});
