import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DIAGNOSTIC_CODES } from '../document/diagnostic-codes.js';
import type { Diagnostic } from '../document/model.js';
import type { Inspection } from './inspect-documents.js';
import { packageVersion } from './package-root.js';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** The diagnostics as SARIF 2.1.0: one result each, and a rule for every code that can occur. */
export function toSarif({ json }: Inspection): unknown {
  const index = new Map(DIAGNOSTIC_CODES.map(({ code }, at) => [code, at]));
  const results = json.documents.flatMap((document) =>
    document.diagnostics.map((one) => ({
      ruleId: one.code,
      ruleIndex: index.get(one.code) ?? -1,
      level: LEVELS[one.severity],
      message: { text: `${one.message}. Remedy: ${one.remedy}.` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: uriOf(one.path ?? document.path) },
            region: { startLine: one.line },
          },
        },
      ],
      partialFingerprints: { 'syncproof/v1': fingerprintOf(document.path, one) },
      properties: { remedy: one.remedy, ...(one.words === undefined ? {} : { words: one.words }) },
    })),
  );
  const rules = DIAGNOSTIC_CODES.map(({ code, about, severity }) => ({
    id: code,
    shortDescription: { text: about },
    defaultConfiguration: { level: LEVELS[severity] },
  }));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'syncproof', version: packageVersion(), rules } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

/** A path below the working folder stays relative, for a review tool to find it in the repository. */
const uriOf = (path: string) =>
  isAbsolute(path) ? pathToFileURL(path).href : path.split(/[\\/]/).map(encodeURIComponent).join('/');

/** The same finding after lines were added above it: without its line. */
const fingerprintOf = (path: string, { code, words, message }: Diagnostic) =>
  createHash('sha256')
    .update([path, code, words ?? message].join('\n'))
    .digest('hex')
    .slice(0, 32);
