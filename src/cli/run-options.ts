/** The options of `syncproof run`, checked. */
export type RunOptions = {
  documentPath: string;
  isBundled: boolean;
  reversePath: string | null;
  profilePath: string | null;
  /** Absolute folder of the reports. */
  outDir: string;
  seed: number;
  only: string[];
  changedSince: string | null;
  /** Files of what providers lack. */
  capabilityPaths?: string[];
  via: 'msw' | 'direct';
  /** What is judged: the reference sync in this process, or the deployed one of the profile. */
  target: 'reference' | 'remote';
  /** How often each check is judged; only remote. */
  repeat: number;
  allowProduction: boolean;
  /** Absolute folder in which all that a remote run sees is kept. */
  record?: string | null;
  /** Absolute folder of a recording that stands in for the systems. */
  playback?: string | null;
  /** Shows the requests that a remote run would make and makes none. */
  dryRun?: boolean;
  /** One part of the run, `index` of `count`; null runs all. */
  shard: { index: number; count: number } | null;
  html: boolean;
  allure: boolean;
  json: boolean;
  color: boolean;
  /** The sync has this fault of the catalogue; null for the correct one. */
  fault: number | null;
};
