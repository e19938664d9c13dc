import type { RunRecord } from '../../run/record.js';

export function emptyRun(): RunRecord {
  return {
    schema: 'syncproof.run/1',
    tool: { name: 'syncproof', version: '0.1.0' },
    document: {
      title: 'Webshop to CRM Dataflow',
      generated: '2026-11-01 08:15:00',
      path: 'webshop-crm.rst',
      sha256: 'ab'.repeat(32),
      text: '',
    },
    reverse: null,
    profile: { path: 'webshop-crm.yaml', sha256: 'cd'.repeat(32) },
    target: 'reference sync on the twins (msw)',
    seed: 7,
    startedAt: '2026-11-24T12:00:00.000Z',
    durationMs: 2345,
    summary: { verified: 0, failed: 0, error: 0, waived: 0, notTestable: 0, total: 0 },
    pairs: [],
    checks: [],
    sentences: [],
    diagnostics: [],
    gate: { results: [], passed: true, exitCode: 0 },
  };
}
