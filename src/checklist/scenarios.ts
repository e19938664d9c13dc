import type { Capability } from './check.js';

/** What every check of a scenario shares; the policies named are those whose value decides the outcome. */
export type ScenarioInfo = {
  invariants: string[];
  policies: string[];
  needs: Capability[];
  severity: 'blocker' | 'critical' | 'normal' | 'minor';
};

const info = (
  invariants: string[],
  needs: Capability[] = [],
  policies: string[] = [],
  severity: ScenarioInfo['severity'] = 'critical',
): ScenarioInfo => ({ invariants, policies, needs, severity });

/** Every scenario that a check may name; `src/checks/scenarios.ts` holds one function for each. */
export const SCENARIOS = {
  'create-one-counterpart': info(['I2', 'I14'], [], [], 'blocker'),
  'create-many': info(['I2', 'I19'], [], [], 'normal'),
  'create-lost-response': info(['I16'], ['disturb', 'journal']),
  'repeat-run': info(['I6'], ['journal']),
  'link-existing': info(['I28', 'I2'], [], ['noMatch']),
  'link-case': info(['I28'], [], [], 'normal'),
  'near-miss': info(['I2'], [], ['noMatch'], 'normal'),
  'link-ambiguous': info(['I28'], ['links'], ['ambiguousMatch'], 'normal'),
  'key-edit-keeps-link': info(['I3']),
  'poison-isolated': info(['I22'], ['disturb']),
  'late-reference': info(['I14', 'I22'], ['disturb']),
  restart: info(['I17'], ['restart']),
  'deleted-not-recreated': info(['I20', 'I21'], [], ['delete']),
  'forged-event': info(['I25'], ['events'], [], 'blocker'),
  'equal-timestamps': info(['I19'], ['clock', 'events']),
  'property-carried': info(['I1', 'I4']),
  'condition-unmet': info(['I8']),
  'source-precedence': info(['I1'], [], ['severalSources']),
  'round-trip': info(['I9'], ['journal'], [], 'normal'),
  edit: info(['I1', 'I5']),
  clear: info(['I13'], [], ['emptyAfterwards'], 'normal'),
  'write-budget': info(['I7'], ['journal'], ['writeBudget'], 'normal'),
  'no-op-save': info(['I7', 'I6'], ['journal'], [], 'normal'),
  'unmapped-untouched': info(['I8']),
  'conflict-same-property': info(['I11'], ['clock', 'events'], ['conflict', 'tie', 'clockToleranceMs']),
  'conflict-different-properties': info(['I10']),
  'edit-during-sync': info(['I5', 'I10'], ['disturb']),
  'late-event': info(['I11', 'I12', 'I15'], ['events'], ['conflict'], 'normal'),
  'repeated-event': info(['I6', 'I15'], ['events', 'journal'], [], 'normal'),
  'lost-event': info(['I15'], ['events']),
  'over-long-text': info(['I5', 'I12'], ['errors'], ['longText'], 'normal'),
  'line-changed': info(['I14']),
  'when-met': info(['I2'], [], [], 'blocker'),
  'when-not-met': info(['I8'], [], [], 'blocker'),
  'when-becomes-met': info(['I2']),
  'when-ceases': info(['I8'], [], ['scopeExit'], 'normal'),
  'not-created-unlinked': info(['I8'], [], [], 'blocker'),
  'linked-by-match': info(['I28'], [], [], 'blocker'),
  'linked-by-hand': info(['I1', 'I2'], [], [], 'blocker'),
  'created-when-connected': info(['I2', 'I14'], [], [], 'blocker'),
  'not-created-unconnected': info(['I8'], [], [], 'blocker'),
  'created-later-when-connected': info(['I2'], [], [], 'normal'),
} as const satisfies Record<string, ScenarioInfo>;

export type ScenarioName = keyof typeof SCENARIOS;
