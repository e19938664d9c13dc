import type { SentenceForm } from '../document/model.js';
import type { Json } from '../contract/field.js';
import type { Origin } from './plan.js';
import type { Side } from './policies.js';

/** What a target must offer for a check; without it the check is not-testable. */
export type Capability =
  | 'journal'
  | 'clock'
  | 'restart'
  | 'events'
  | 'disturb'
  | 'links'
  | 'link-by-hand'
  | 'property-times'
  | 'unmapped-field'
  | 'errors'
  | 'kill'
  | 'workers'
  | 'settings'
  | 'tenants'
  | 'logs'
  | 'restore';

/**
 * One executable check. `id` is `<pair>/<form>/<direction or topic>/<property>/<value>`, stable under regeneration
 * and reordering of the document. `fingerprint` is a short hash of the sentence's text.
 */
export type Check = {
  id: string;
  pair: string;
  form: SentenceForm;
  scenario: string;
  title: string;
  /** Side that is edited or created first; null where a scenario has no direction. */
  from: Side | null;
  direction: string | null;
  /** Row slug, null for checks of the whole record. */
  property: string | null;
  /** Name and value of a boundary case (`leading-zeros`), in the representation of side `from`. */
  value: { label: string; value: Json } | null;
  /** The counterpart that must be seen, when the profile's example pairs give it. */
  expected?: Json;
  matchKey: string | null;
  /** Set where the row holds for certain records only, so that it shares no record with checks of other rows. */
  ownRecord?: true;
  origin: Origin;
  /** Set where the sentence, and so the line, stands in the reverse document. */
  document?: 'reverse';
  line: number;
  sentence: string;
  fingerprint: string;
  policies: string[];
  invariants: string[];
  needs: Capability[];
  severity: 'blocker' | 'critical' | 'normal' | 'minor';
  /** Set by the compiler when the document does not say enough. */
  notTestable: NotTestable | null;
};

export type NotTestable = { reason: string; remedy: string };

/** Sentences and rows without any check, and why; coverage is complete when each has checks or a reason. */
export type SentenceCoverage = {
  pair: string;
  form: SentenceForm;
  /** Set where the sentence, and so the line, stands in the reverse document. */
  document?: 'reverse';
  line: number;
  sentence: string;
  checks: string[];
  reason: NotTestable | null;
};
