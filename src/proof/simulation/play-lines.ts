import { cloneJson } from '../../contract/clone-json.js';
import type { JsonObject } from '../../contract/field.js';
import { getPath, setInPlace } from '../../contract/path.js';
import { createRng } from '../../contract/values.js';
import type { Game } from './game.js';
import { save } from './play-edits.js';
import type { Step } from './step.js';
import { lineFor } from './values.js';

/** More than a short list of lines holds. */
const MANY = 10;

/** A user changes the list of lines of a record. */
export async function line(game: Game, step: Extract<Step, { kind: 'line' }>): Promise<boolean> {
  const pair = game.plan.pairs.find((one) => one.rows.some((row) => row.transform.kind === 'lines'));
  const row = pair?.rows.find((one) => one.transform.kind === 'lines');
  if (pair === undefined || row === undefined) return false;
  return save(game, pair, step.side, step.pick, (record) => {
    const held = getPath(record.fields ?? {}, row[step.side]);
    const lines = Array.isArray(held) ? (cloneJson(held) as JsonObject[]) : [];
    const rng = createRng(step.value);
    const at = Math.floor(rng() * lines.length);
    const fresh = lineFor(game.mirror, pair, row, step.side, rng);
    if (row.transform.kind !== 'lines') return null;
    const count = row.transform.rows.find((one) => one.transform.kind === 'identity');
    if (step.how === 'fill') {
      if (fresh === null || lines.length > MANY) return null;
      while (lines.length <= MANY) lines.push(cloneJson(fresh));
    } else if (step.how === 'add' && fresh !== null) lines.push(fresh);
    else if (step.how === 'replace' && fresh !== null && lines.length > 0) lines[at] = fresh;
    else if (step.how === 'remove' && lines.length > 1) lines.splice(at, 1);
    else if (step.how === 'reorder' && lines.length > 1) lines.reverse();
    else if (step.how === 'quantity' && count !== undefined && lines[at] !== undefined)
      setInPlace(lines[at], count[step.side], 1 + (step.value % 97));
    else return null;
    return { [row[step.side]]: lines };
  });
}
