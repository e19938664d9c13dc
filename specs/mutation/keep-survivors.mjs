import { appendFileSync, mkdirSync, rmSync } from 'node:fs';

const FOLDER = 'reports/mutation';
const PATH = `${FOLDER}/${process.env.MUTATE ?? 'document'}.so-far.txt`;

/**
 * Stryker writes its report when all mutants are judged. This one names each survivor when it is found, so that a run
 * that is cut off has told something too.
 */
class SurvivorsSoFar {
  onMutationTestingPlanReady() {
    mkdirSync(FOLDER, { recursive: true });
    rmSync(PATH, { force: true });
  }

  onMutantTested({ status, fileName, location: { start }, mutatorName, replacement = '' }) {
    if (status !== 'Survived' && status !== 'NoCoverage') return;
    const place = `${fileName}:${start.line}:${start.column}`;
    appendFileSync(
      PATH,
      `${place} ${status} ${mutatorName} => ${replacement.replaceAll(/\s+/g, ' ').slice(0, 90)}\n`,
    );
  }
}

/** A plugin of Stryker. */
export const strykerPlugins = [{ kind: 'Reporter', name: 'so-far', injectableClass: SurvivorsSoFar }];
