import { RULES } from '../document/lint.js';
import type { Inspection } from './inspect-documents.js';
import { packageVersion } from './package-root.js';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** The diagnostics as SARIF 2.1.0, one result each. */
export function toSarif({ json }: Inspection): unknown {
  const results = json.documents.flatMap((document) =>
    document.diagnostics.map(({ code, severity, line, message, remedy }) => ({
      ruleId: code,
      level: LEVELS[severity],
      message: { text: `${message}. Remedy: ${remedy}` },
      locations: [
        { physicalLocation: { artifactLocation: { uri: document.path }, region: { startLine: line } } },
      ],
    })),
  );
  const rules = RULES.map(({ code, about }) => ({ id: code, shortDescription: { text: about } }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'syncproof', version: packageVersion(), rules } }, results }],
  };
}
