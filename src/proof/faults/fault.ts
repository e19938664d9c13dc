import type { Policies } from '../../checklist/policies.js';
import type { MakeBreakage } from '../../drivers/breakage.js';

/** A named defect of a sync: what it breaks, under which policies, and the checks that must go red. */
export type Fault = {
  /** Its number in the catalogue; those beyond 100 are our own. */
  id: number;
  title: string;
  /** Sentence form or invariant that it breaks. */
  breaks: string;
  /** At least one check whose id matches must go red. */
  expected: RegExp;
  /** Document that it needs; the bundled one when left out. */
  suite?: 'conditional' | 'by-hand' | 'fan-out';
  /** Policies under which the defect shows. */
  policies?: Partial<Policies>;
  /** Where the catalogue's defect cannot exist at these two systems: why, and what stands for it. */
  nearest?: string;
  make: MakeBreakage;
};
