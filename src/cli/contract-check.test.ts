import { expect, test } from 'vitest';
import { exitOf } from './contract-check.js';
import { EXIT } from './exit-codes.js';

const verified = { verdict: 'verified' as const };
const lacking = { verdict: 'not-testable' as const };
const failed = { verdict: 'failed' as const };
const broken = { verdict: 'error' as const };

test.each([
  ['all verified', [verified, lacking], [], EXIT.ok],
  ['nothing verified', [lacking], [], EXIT.notVerified],
  ['no check at all', [], [], EXIT.notVerified],
  ['one failed', [verified, failed], [], EXIT.failed],
  ['one broken', [failed, broken], [], EXIT.harness],
  ['a worker that was lost', [verified], ['lost'], EXIT.harness],
])('%s', (_name, outcomes, problems, code) => {
  expect(exitOf(outcomes, problems)).toBe(code);
});
