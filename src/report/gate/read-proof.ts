import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { GateQuestion } from '../../run/record.js';

const REMEDY = 'remedy: run syncproof prove';
const count = z.number().int().min(0);
const proofSchema = z.looseObject({
  schema: z.literal('syncproof.proof/1'),
  document: z.looseObject({ sha256: z.string() }).optional(),
  summary: z.looseObject({
    faults: count,
    killed: count,
    wrongCheck: count,
    survived: count,
    referenceRed: z.union([count, z.boolean()]),
  }),
  faults: z.array(z.looseObject({ id: z.string(), verdict: z.string() })),
});

/** What the proof must belong to: the document's hash, and the files that it must not be older than. */
export type ProvenInput = { sha256: string; files: string[] };

/**
 * Reads `proof.json`. It is complete when it is of this document, holds faults, and each one was killed by the checks
 * it was meant for. A proof that does not name its document must be younger than the input files.
 */
export async function readProof(
  path: string,
  input: ProvenInput,
): Promise<NonNullable<GateQuestion['proof']>> {
  const missing = (found: string) => ({ complete: false, found: `${found}; ${REMEDY}` });
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return missing('no proof.json');
  const proof = parseProof(text);
  if (proof === null) return missing('a proof.json that is damaged or of another version');
  if (await isStale(path, proof, input)) return missing('a proof of other input: the document changed since');
  const { faults, killed, wrongCheck, survived, referenceRed } = proof.summary;
  const open = proof.faults.filter((fault) => fault.verdict !== 'killed').map((fault) => fault.id);
  const complete =
    faults > 0 &&
    killed === faults &&
    proof.faults.length === faults &&
    open.length === 0 &&
    wrongCheck + survived + Number(referenceRed) === 0;
  if (complete) return { complete, found: `${killed} of ${faults} faults caught` };
  const names = open.length === 0 ? '' : ` (${open.slice(0, 5).join(', ')})`;
  return missing(
    `${killed} of ${faults} faults caught, ${survived} survived, ${wrongCheck} by the wrong check${names}`,
  );
}

function parseProof(text: string): z.infer<typeof proofSchema> | null {
  try {
    const parsed = proofSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function isStale(
  path: string,
  proof: z.infer<typeof proofSchema>,
  input: ProvenInput,
): Promise<boolean> {
  if (proof.document !== undefined) return proof.document.sha256 !== input.sha256;
  const made = (await stat(path)).mtimeMs;
  const changed = await Promise.all(input.files.map(async (file) => (await stat(file)).mtimeMs));
  return changed.some((time) => time > made);
}
