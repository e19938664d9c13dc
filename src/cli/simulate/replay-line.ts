import { shown } from '../package-root.js';
import type { Setting } from './setting.js';

/** The command that plays one history again. */
export function replayLine(
  setting: Setting,
  { seed, length }: { seed: number; length: number },
  replay: string,
): string {
  return [
    'syncproof simulate',
    ...(setting.documentPath === null ? [] : [shown(setting.documentPath)]),
    ...(setting.profilePath === null ? [] : [`--profile ${shown(setting.profilePath)}`]),
    ...(setting.fault === null ? [] : [`--fault ${setting.fault}`]),
    ...Object.entries(setting.policies).map(([name, value]) => `--policy ${name}=${value}`),
    ...(length === 30 ? [] : [`--length ${length}`]),
    `--seed ${seed} --replay ${replay}`,
  ].join(' ');
}
