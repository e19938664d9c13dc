import { readFileSync, writeFileSync } from 'node:fs';

/** Id and scenario of a check in a golden text. */
const CHECK = /^check (\S+): .* \| ([a-z-]+) \| [^|]* \| [^|]* \| (?:document|profile) \| /gm;

/**
 * Picks from a full proof (`npm run prove` first) one check of each scenario for every fault that turns it red, and
 * writes red-checks.json. To be run when faults or scenarios were added or ids changed.
 */
const proof = JSON.parse(readFileSync('reports/proof.json', 'utf8'));
const scenarioOf = new Map();
for (const name of ['webshop-crm', 'conditional', 'fan-out'])
  for (const [, id, scenario] of readFileSync(`fixtures/golden/${name}.txt`, 'utf8').matchAll(CHECK))
    scenarioOf.set(id, scenario);
const picked = {};
for (const fault of proof.faults) {
  const seen = new Set();
  for (const id of [...fault.killedBy.map((one) => one.id), ...fault.others]) {
    const scenario = scenarioOf.get(id);
    if (scenario === undefined || seen.has(scenario)) continue;
    seen.add(scenario);
    (picked[fault.id] ??= []).push(id);
  }
}
if (Object.keys(picked).length < proof.faults.length / 2)
  throw new Error('most faults turn no known check red');
writeFileSync('specs/mutation/red-checks.json', `${JSON.stringify(picked, null, 2)}\n`);
