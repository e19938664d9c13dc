import type { PairPlan, SyncPlan } from '../../checklist/plan.js';
import type { SystemContract } from '../../contract/api-description.js';
import { quote } from '../../run/build-record.js';
import { shown } from '../package-root.js';
import { harnessVariables } from './credentials.js';
import type { ServeOptions } from './options.js';
import type { Planned } from './plan.js';
import { isRecognised } from './recognised.js';
import { whyNoProfile } from './write-profile.js';

type Input = {
  planned: Planned;
  systems: SystemContract[];
  options: ServeOptions;
  isSet: (variable: string) => boolean;
};

/** The lines by which what is served is judged; none where only a part of it is, or where no profile can be written. */
export function judgeLines({ planned, systems, options, isSet }: Input): string[] {
  const { writeProfile } = options;
  if (writeProfile !== null)
    return [
      ...systems.flatMap(harnessVariables).map(({ name, fallback }) =>
        // What a variable holds is never shown.
        isSet(name) ? `# ${name} as it is set here` : `export ${name}=${fallback}`,
      ),
      ...untoldLines(planned),
      line('run', planned.isBundled ? null : planned.documentPath, [
        ['--target', 'remote'],
        ['--profile', shown(writeProfile)],
        ...(untold(planned.plan).length === 0 ? [] : told(planned.plan).map(only)),
      ]),
    ];
  if (options.only !== null || whyNoProfile(planned) !== null) return [];
  const again = line('serve', options.documentPath, [
    ['--profile', options.profilePath],
    ['--fault', options.fault === null ? null : String(options.fault)],
    ['--write-profile', 'playground.yaml'],
  ]);
  return [`${again}    # then judge it with run --target remote`];
}

const told = (plan: SyncPlan) => plan.pairs.filter((pair) => isRecognised(plan, pair));
const untold = (plan: SyncPlan) => plan.pairs.filter((pair) => !isRecognised(plan, pair));
const only = ({ slug }: PairPlan): [string, string] => ['--only', slug];

/** Few checks of these sections can be verified, whatever the sync does. */
function untoldLines({ plan }: Planned): string[] {
  const slugs = untold(plan).map(({ slug }) => slug);
  return slugs.length === 0
    ? []
    : [
        `# left out, since a remote run cannot tell which of their records belong together: ${slugs.join(', ')}`,
      ];
}

function line(command: string, document: string | null, options: [string, string | null][]): string {
  const words = [
    ...(document === null ? [] : [shown(document)]),
    ...options.flatMap(([name, value]) => (value === null ? [] : [name, value])),
  ];
  return ['syncproof', command, ...words.map(quote)].join(' ');
}
