import { expect, test } from 'vitest';
import { renderJunit } from './junit.js';
import { hostileRun } from './testing/hostile-run.js';
import { mixedRun } from './testing/run-fixture.js';
import { readXml, type Xml } from './testing/read-xml.js';

const CHILDREN: Record<string, string[]> = {
  testsuites: ['testsuite'],
  testsuite: ['properties', 'testcase'],
  properties: ['property'],
  property: [],
  testcase: ['failure', 'error', 'skipped'],
  failure: [],
  error: [],
  skipped: [],
};
const REQUIRED: Record<string, string[]> = {
  testsuites: ['name', 'tests', 'failures', 'errors', 'time'],
  testsuite: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp', 'hostname'],
  properties: [],
  property: ['name', 'value'],
  testcase: ['classname', 'name', 'time'],
  failure: ['message', 'type'],
  error: ['message', 'type'],
  skipped: ['message'],
};

function requireShape(element: Xml): void {
  expect(Object.keys(element.attributes)).toEqual(REQUIRED[element.name]);
  for (const child of element.children) {
    expect(CHILDREN[element.name]).toContain(child.name);
    requireShape(child);
  }
}
const cases = (root: Xml) =>
  root.children.flatMap((suite) => suite.children.filter((child) => child.name === 'testcase'));

test.each([
  ['each verdict', mixedRun()],
  ['a hostile document', hostileRun()],
])('%s gives valid JUnit whose counts are those of the record', (_, run) => {
  const root = readXml(renderJunit(run));
  requireShape(root);

  const of = (name: string) => cases(root).filter((one) => one.children[0]?.name === name).length;
  expect(cases(root)).toHaveLength(run.summary.total);
  expect(of('failure')).toBe(run.summary.failed);
  expect(of('error')).toBe(run.summary.error);
  expect(of('skipped')).toBe(run.summary.notTestable + run.summary.waived);
  expect(root.attributes['tests']).toBe(String(run.summary.total));
});

test('not testable and waived are skipped with their reason', () => {
  const skipped = cases(readXml(renderJunit(mixedRun()))).flatMap((one) =>
    one.children.filter((child) => child.name === 'skipped'),
  );
  const messages = skipped.map((one) => one.attributes['message'] ?? '');

  expect(
    messages.some((text) => text.startsWith('Waived until 2027-01-31 by mona: fixed in the next release')),
  ).toBe(true);
  expect(
    messages.some((text) => text.includes('The document names no property') && text.includes('Add rows')),
  ).toBe(true);
});

test('each rule of the gate is a property, passed or not, and no case', () => {
  const run = mixedRun();
  const gate = readXml(renderJunit(run)).children.at(-1);
  const names = gate?.children[0]?.children.map((one) => one.attributes['name']);

  expect(gate?.attributes).toMatchObject({ name: 'gate', tests: '0' });
  expect(names?.slice(1)).toEqual(
    run.gate.results.map(({ rule, passed }) => `${passed ? 'passed' : 'not passed'}: ${rule}`),
  );
});

test('the reader of these tests refuses what is not well-formed', () => {
  for (const bad of ['<a>', '<a></b>', '<a>&</a>', '<a b=c/>', '<a>\u0000</a>', '<a/><b/>']) {
    expect(() => readXml(bad)).toThrow();
  }
});
