import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { GateQuestion } from '../../run/record.js';

const REMEDY = 'remedy: run syncproof prove';
const count = z.number().int().min(0);
const proofSchema = z.looseObject({
  schema: z.literal('syncproof.proof/1'),
  tool: z.looseObject({ version: z.string() }).optional(),
  startedAt: z.iso.datetime().optional(),
  summary: z.looseObject({
    faults: count,
    killed: count,
    wrongCheck: count,
    survived: count,
    referenceRed: z.union([count, z.boolean()]),
  }),
  faults: z.array(z.looseObject({ id: z.union([z.string(), z.number()]), verdict: z.string() })),
});

/** What the proof must belong to: the version of syncproof, and the files of its checks. */
export type ProvenTool = { version: string; files: string[] };

/**
 * Reads `proof.json`. It is complete when it is of this version of syncproof and younger than its checks, holds faults,
 * each one was killed by the checks it was meant for, and the correct sync was all green.
 */
export async function readProof(path: string, tool: ProvenTool): Promise<NonNullable<GateQuestion['proof']>> {
  const missing = (found: string) => ({ complete: false, found: `${found}; ${REMEDY}` });
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return missing('no proof.json');
  const proof = parseProof(text);
  if (proof === null) return missing('a proof.json that is damaged or of another version');
  if (await isStale(path, proof, tool))
    return missing('a stale proof: syncproof or its checks changed since');
  const { faults, killed, wrongCheck, survived, referenceRed } = proof.summary;
  const open = proof.faults.filter((fault) => fault.verdict !== 'killed').map((fault) => String(fault.id));
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

async function isStale(path: string, proof: z.infer<typeof proofSchema>, tool: ProvenTool): Promise<boolean> {
  if (proof.tool !== undefined && proof.tool.version !== tool.version) return true;
  const made = proof.startedAt === undefined ? (await stat(path)).mtimeMs : Date.parse(proof.startedAt);
  const changed = await Promise.all(tool.files.map(async (file) => (await stat(file)).mtimeMs));
  return changed.some((time) => time > made);
}
