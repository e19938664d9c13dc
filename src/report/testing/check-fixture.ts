import { createHash } from 'node:crypto';
import type { CheckRecord, Evidence, Verdict } from '../../run/record.js';

type Draft = Pick<CheckRecord, 'id' | 'title' | 'pair' | 'form' | 'line' | 'sentence'> & Partial<CheckRecord>;

/** A check record with every field set; what is given wins. */
export function checkRecord(draft: Draft): CheckRecord {
  const verdict = draft.verdict ?? 'verified';
  return {
    scenario: 'edit one property',
    direction: null,
    property: null,
    value: null,
    origin: 'document',
    fingerprint: createHash('sha256').update(draft.sentence).digest('hex').slice(0, 12),
    policies: ['conflict: newest-edit'],
    invariants: ['I3'],
    needs: [],
    severity: 'normal',
    verdict,
    reason: REASONS[verdict],
    remedy: REMEDIES[verdict],
    replay: `npx syncproof run webshop-crm.rst --seed 7 --only '${draft.id}'`,
    steps: [
      { text: 'Given a customer that is linked in both systems', status: 'passed' },
      { text: "When the CRM's e-mail is edited", status: 'passed' },
      { text: "Then the webshop's e-mail is the same", status: verdict === 'failed' ? 'failed' : 'passed' },
    ],
    evidence: verdict === 'failed' || verdict === 'error' || verdict === 'waived' ? evidence() : null,
    waiver:
      verdict === 'waived'
        ? { reason: 'fixed in the next release', owner: 'mona', expires: '2027-01-31' }
        : null,
    durationMs: 12.4,
    ...draft,
  };
}

const REASONS: Record<Verdict, string | null> = {
  verified: null,
  failed: 'email: expected "ada@example.org", found "old@example.org" on the webshop',
  error: 'The twin answered 500 to the harness while the record was being prepared',
  waived: 'phone: expected "0047 22 33", found "4722 33" on the CRM',
  'not-testable': 'The document names no property for this entity',
};
const REMEDIES: Record<Verdict, string | null> = {
  verified: null,
  failed: 'Look at call #3: the sync read the change and wrote nothing.',
  error: 'Run the check alone with the replay line and --debug.',
  waived: null,
  'not-testable': 'Add rows to the table, or to the profile under pairs.customer.rows.',
};

const shop = (email: string) => ({
  id: '17',
  fields: { email, first_name: 'Ada' },
  updatedAt: 1793520000000,
  version: '"3"',
});
const crm = (email: string) => ({ id: 'c_9f', fields: { email }, updatedAt: 1793520004000, version: '4' });

/** Evidence of one lost edit; `body` and `url` carry hostile text where a test wants it. */
export function evidence(body = 'old@example.org', url = '/api/customers/17'): Evidence {
  return {
    exchanges: [
      {
        seq: 1,
        at: 0,
        system: 'CRM',
        caller: 'harness',
        method: 'PATCH',
        url: '/objects/customers/c_9f',
        requestBody: { properties: { email: 'ada@example.org' } },
        status: 200,
        responseBody: { id: 'c_9f' },
        mutation: {
          kind: 'update',
          entity: 'Customer',
          id: 'c_9f',
          before: { email: body },
          after: { email: 'ada@example.org' },
        },
      },
      {
        seq: 2,
        at: 5,
        system: 'CRM',
        caller: 'sync',
        method: 'GET',
        url: '/objects/customers?cursor=abc',
        requestBody: null,
        status: 200,
        responseBody: { results: [{ id: 'c_9f', properties: { email: 'ada@example.org' } }] },
        mutation: null,
      },
      {
        seq: 3,
        at: 9,
        system: 'Webshop',
        caller: 'sync',
        method: 'GET',
        url,
        requestBody: null,
        status: 200,
        responseBody: { id: 17, email: body },
        mutation: null,
      },
    ],
    before: { a: shop(body), b: crm(body) },
    after: { a: shop(body), b: crm('ada@example.org') },
    differences: [{ path: 'email', expected: 'ada@example.org', found: body }],
  };
}
