import { format } from 'node:util';
import {
  addCustomEqualityTesters,
  ASYMMETRIC_MATCHERS_OBJECT,
  customMatchers,
  GLOBAL_EXPECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import * as chai from 'chai';

/**
 * Tests are written for vitest. Stryker runs them in one living process under Mocha instead, because vitest starts a
 * worker for every mutant, which takes longer than the tests. Whatever is missing here fails loudly at loading.
 */
export const expect = (value, message) => chai.expect(value, message);
Object.assign(expect, chai.expect);
globalThis[GLOBAL_EXPECT] = expect;
chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
Object.assign(expect, chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);
expect.extend = (matchers) => chai.expect.extend(expect, matchers);
expect.extend(customMatchers);
expect.addEqualityTesters = addCustomEqualityTesters;

let loading = '';
/** What is to be done before each test of the file, and of each suite around the place that is read. */
let hooks = [[]];
/** The file whose tests are being defined, so that a test can be told where it comes from. */
export function noteLoading(file) {
  loading = file;
  hooks = [[]];
}
export const beforeEach = (body) => void hooks.at(-1).push(body);
const defined = (one) => Object.assign(one, { fromFile: loading });

const functionOf = (parts) => parts.find((part) => typeof part === 'function');

function runner(run, makeBody) {
  const define = (name, ...parts) => defined(run()(String(name), makeBody(functionOf(parts))));
  return Object.assign(define, {
    each:
      (rows) =>
      (name, ...parts) =>
        rows.forEach((row, index) => {
          const values = Array.isArray(row) ? row : [row];
          const body = functionOf(parts);
          defined(
            run()(
              titleOf(name, row, values, index),
              makeBody(() => body(...values)),
            ),
          );
        }),
    skip: (name) => run().skip(String(name), () => undefined),
    runIf: (wanted) => (wanted ? define : define.skip),
    skipIf: (unwanted) => (unwanted ? define.skip : define),
  });
}

function titleOf(name, row, values, index) {
  const filled = name
    .replaceAll('%#', String(index))
    .replaceAll(/\$([\w.]+)/g, (_all, path) =>
      String(path.split('.').reduce((held, key) => held?.[key], row)),
    );
  const wanted = filled.match(/%[sdifjoO]/g)?.length ?? 0;
  return `${format(filled, ...values.slice(0, wanted))} [${index}]`;
}

export const test = runner(
  () => globalThis.it,
  (body) => {
    const own = [...hooks];
    return async function run() {
      for (const hook of own.flat()) await hook();
      return body({ task: { meta: {} }, skip: () => this.skip() });
    };
  },
);
export const describe = runner(
  () => globalThis.describe,
  (body) =>
    function suite() {
      hooks.push([]);
      body();
      hooks.pop();
    },
);
/**
 * Files are loaded once and their tests run again for every mutant, so that what is made while a file loads must stay:
 * it is cleared away when the process ends.
 */
export const afterAll = (body) => void process.once('exit', () => void body());
/** No run has provided anything. */
export const inject = () => undefined;

const stubbed = new Map();

/** Environment variables that a test sets for itself. */
export const vi = {
  stubEnv(name, value) {
    if (!stubbed.has(name)) stubbed.set(name, process.env[name]);
    process.env[name] = value;
  },
  unstubAllEnvs() {
    for (const [name, value] of stubbed)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    stubbed.clear();
  },
};
