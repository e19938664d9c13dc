/** What a worker needs to prepare the same checklist as the main process; plain data. */
export type RunRequest = {
  documentPath: string;
  reversePath: string | null;
  profilePath: string | null;
  seed: number;
  /** How the reference reaches the twins: through MSW or by direct calls. */
  via: 'msw' | 'direct';
  /** Ids of the checks to run; null runs all. */
  only: string[] | null;
};

declare module 'vitest' {
  interface ProvidedContext {
    syncproof: RunRequest;
  }
  interface TaskMeta {
    syncproof?: import('./record.js').CheckOutcome;
  }
}
