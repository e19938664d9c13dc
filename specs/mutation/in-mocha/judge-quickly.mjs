import { createHash } from 'node:crypto';

/** Specs tried on one mutant; a mutant that more of them reach is judged by a sample. 0 means all. */
const SAMPLE = Number(process.env.MUTATION_SAMPLE ?? 0);
/** Stryker lets a mutant be passed 100 times as often as in all tests together; here twice as often in one test. */
const HITS_DIVIDED_BY = 50;
const HITS_AT_LEAST = 1000;
/** Under this name Stryker's instrumented code finds the mutant that is active. */
const NAMESPACE = '__stryker__';

/** Files of many tests of one kind, of which most kill the same: the others are tried before them. */
const MANY_ALIKE = /\/(?:correct-sync|correct-forms|policies|red-checks)\.spec\.js$/;

/** Tests of one part are quick, and say most about it. */
const isUnit = ({ fromFile = '' }) => fromFile.endsWith('.test.js');

/**
 * Mutants of one place are mostly killed by one test: a test that has killed goes to the front. Then come all the tests
 * beside the code. The specs stand in an order that depends on nothing but their files and names, so that the first ones
 * are a sample of all.
 */
export function judgeQuickly() {
  const stryker = () => globalThis[NAMESPACE] ?? {};
  const isMutantRun = () => stryker().activeMutant !== undefined;
  let tried = 0;
  let limited;

  globalThis.before(function start() {
    tried = 0;
    hoist(this.test.parent);
    this.test.parent.tests.sort(rank());
  });
  globalThis.beforeEach(function next() {
    if (!isMutantRun()) return;
    const isSpec = !isUnit(this.currentTest);
    tried += isSpec ? 1 : 0;
    if (isSpec && SAMPLE > 0 && tried > SAMPLE) this.skip();
    const ns = stryker();
    if (ns.hitLimit === undefined) return;
    if (limited !== ns.activeMutant) ns.hitLimit = Math.max(HITS_AT_LEAST, ns.hitLimit / HITS_DIVIDED_BY);
    limited = ns.activeMutant;
    ns.hitCount = 0;
  });
  globalThis.afterEach(function judged() {
    if (isMutantRun() && this.currentTest.state === 'failed') kills.set(this.currentTest, (clock += 1));
  });
}

/** Mocha runs the tests of suites after all others, when the sample is used up: they are put among the others. */
function hoist(root) {
  const all = [];
  root.eachTest((test) => void all.push(test));
  root.tests = all;
  root.suites = [];
}

let clock = 0;
const kills = new Map();
const places = new Map();

function rank() {
  const isAlike = ({ fromFile = '' }) => Number(MANY_ALIKE.test(fromFile));
  return (x, y) =>
    (kills.get(y) ?? 0) - (kills.get(x) ?? 0) ||
    Number(isUnit(y)) - Number(isUnit(x)) ||
    isAlike(x) - isAlike(y) ||
    (placeOf(x) < placeOf(y) ? -1 : 1);
}

function placeOf(one) {
  const known = places.get(one) ?? createHash('sha1').update(one.fullTitle()).digest('hex');
  places.set(one, known);
  return known;
}
