import type { Game } from './game.js';

const SHORTEST = 10;
const MOST = 40;

/** I26: neither secrets nor what records hold stand in the log of the sync. */
export function judgeLogs(game: Game): void {
  const { logs, secrets } = game.world;
  if (logs === undefined) return;
  const text = logs().join('\n');
  for (const secret of secrets?.() ?? [])
    if (text.includes(secret)) game.fail('I26', 'a secret of the sync stands in its log');
  let seen = 0;
  for (const record of game.mirror.records.values()) {
    for (const value of Object.values(record.fields ?? {})) {
      if (typeof value !== 'string' || value.length < SHORTEST) continue;
      if ((seen += 1) > MOST) return;
      if (text.includes(JSON.stringify(value).slice(1, -1)))
        game.fail('I26', `a value of ${record.entity} ${record.id} stands in the log of the sync`);
    }
  }
}
