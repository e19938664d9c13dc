import type { Pair } from '../document/model.js';
import type { CompiledChecklist } from './compile.js';
import type { Section } from './init-rows.js';
import type { CreationRule } from './plan.js';
import type { Side } from './policies.js';

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

/** What sections of one document leave open about when records are created; `entry` is the value of a suggestion. */
type Open = { key: 'when' | 'connected'; said: string[]; entry: string | null };

/** When records of the target are created, where the document does not say all of it. */
export function creationLines(sections: Section[], compiled: CompiledChecklist): string[] {
  const said = sections.map(({ pair, plan }) => ({ pair, plan, rule: plan.creation.a }));
  return openIn(said, 'a', compiled).flatMap(({ key, said: lines, entry }) => [
    ...lines.map((line) => `    # ${line}`),
    ...(entry === null ? [] : [`    #${key}: ${entry}`]),
  ]);
}

/** The same for the reverse document: its answers stand in one entry. */
export function backLines(sections: Section[], compiled: CompiledChecklist): string[] {
  const said = sections.flatMap(({ back, plan }) =>
    back === null ? [] : [{ pair: back, plan, rule: plan.creation.b }],
  );
  const open = openIn(said, 'b', compiled);
  const entries = open.flatMap(({ key, entry }) => (entry === null ? [] : [`${key}: ${entry}`]));
  return [
    ...open.flatMap(({ said: lines }) => lines.map((line) => `    # In the reverse document: ${line}`)),
    ...(entries.length === 0 ? [] : [`    #back: { ${entries.join(', ')} }`]),
  ];
}

type Said = { pair: Pair; plan: Section['plan']; rule: CreationRule | null };

const openIn = (said: Said[], side: Side, compiled: CompiledChecklist): Open[] => [
  ...whenOf(said.map(({ pair }) => pair)),
  ...connectedOf(said, side, compiled),
];

function whenOf(pairs: Pair[]): Open[] {
  const conditions = pairs.flatMap(({ sentences }) =>
    sentences.flatMap((sentence) => sentence.condition ?? []),
  );
  if (conditions.length === 0) return [];
  return [
    {
      key: 'when',
      said: [
        ...[...new Set(conditions)].map((condition) => `The document says: ${oneLine(condition)}`),
        `Name the property of ${pairs[0]?.source.display ?? ''} that tells, and a value that meets the condition and one that fails it.`,
      ],
      entry: '{ path: status, equals: active, meets: active, fails: closed }',
    },
  ];
}

function connectedOf(said: Said[], side: Side, { plan: { pairs } }: CompiledChecklist): Open[] {
  const asking = said.find(({ pair }) =>
    pair.sentences.some((sentence) => sentence.connectedTo !== undefined),
  );
  if (asking === undefined) return [];
  const { pair, plan, rule } = asking;
  const wanted = pair.sentences.flatMap((sentence) => sentence.connectedTo ?? []);
  const asked = `Created when it is connected to ${wanted.map((one) => one.display).join(', ')}.`;
  const open = (line: string, to: { pair: string; path: string }[]): Open[] => [
    {
      key: 'connected',
      said: [asked, line],
      entry:
        to.length === 0
          ? null
          : `[${to.map((one) => `{ pair: ${one.pair}, path: ${one.path} }`).join(', ')}]`,
    },
  ];
  if (rule?.kind === 'connected' && rule.to.some((one) => one.pair !== plan.slug))
    return open(
      'The property that holds the connection has a made-up name; write the one of the API:',
      rule.to,
    );
  const other = pairs.find((one) => one.entity[side] !== plan.entity[side]);
  return other === undefined
    ? open('No section of the document synchronises one of these: ask for a document that holds it.', [])
    : open(
        'No section synchronises one of these. Name the pair through which it is connected, and the property:',
        [{ pair: other.slug, path: 'connected_to' }],
      );
}
