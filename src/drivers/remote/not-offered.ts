import type { Capability, NotTestable } from '../../checklist/check.js';

/** What a deployed sync does not offer by itself, and what can be done about it. */
const NOT_OFFERED: Partial<Record<Capability, NotTestable>> = {
  journal: {
    reason: 'over the API alone nobody sees the single calls of the sync (no journal)',
    remedy:
      'run this check against the reference, or develop the sync against syncproof serve, whose twins keep one',
  },
  disturb: {
    reason: 'nobody may disturb the calls between a deployed sync and its systems',
    remedy: 'run this check against the sync on the twins of syncproof serve',
  },
  events: {
    reason: 'the events between a deployed sync and its systems cannot be held, repeated or lost',
    remedy: 'run this check against the sync on the twins of syncproof serve',
  },
  clock: {
    reason: 'the clock of a deployed sync cannot be set',
    remedy: 'run this check against the reference',
  },
  links: {
    reason: 'the sync cannot be asked which records are linked',
    remedy: 'give remote.sync.links in the profile when the sync has such a URL',
  },
  errors: {
    reason: 'the sync cannot be asked for the problems that it reports',
    remedy: 'give remote.sync.status in the profile when the sync has such a URL',
  },
  'link-by-hand': {
    reason: 'two records cannot be linked by hand from outside',
    remedy: 'give a match key for this pair in the profile',
  },
  restart: {
    reason: 'a deployed sync cannot be restarted by a check',
    remedy: 'run it against the reference',
  },
  kill: { reason: 'a deployed sync cannot be killed by a check', remedy: 'run it against the reference' },
  restore: {
    reason: 'the API of the target system brings no deleted record back',
    remedy: 'none: it is the way of this system',
  },
};

/** The reason for the first missing capability, and its name with all others. */
export function reasonFor(missing: Capability[]): NotTestable {
  const [first] = missing;
  const known = first === undefined ? undefined : NOT_OFFERED[first];
  const names = missing.join(', ');
  return {
    reason: `the target remote offers no ${names}${known === undefined ? '' : `: ${known.reason}`}`,
    remedy: known?.remedy ?? 'run this check against the reference',
  };
}
