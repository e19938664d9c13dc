import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { bundledDocument } from '../../src/cli/package-root.js';
import { prepare } from '../../src/cli/prepare.js';
import { bundleChecks } from '../../src/checks/bundle.js';
import { runBundle } from '../../src/checks/run-bundle.js';
import type { SystemContract } from '../../src/contract/api-description.js';
import type { JsonObject } from '../../src/contract/field.js';
import { openApiOf } from '../../src/contract/openapi/system.js';
import type { Exchange, Target } from '../../src/drivers/ports.js';
import { checkSeed } from '../../src/run/seed.js';
import { referenceTarget } from '../worlds/in-process-world.js';

type Operation = { requestBody?: { content: Record<string, { schema: JsonObject }> } };

/** Says what is wrong with a request by the OpenAPI document of its system; null for nothing. */
function requestJudge(contract: SystemContract): (exchange: Exchange) => string | null {
  const document = openApiOf(contract);
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', ...document });
  const known = new Map<string, ValidateFunction | null>();
  const paths = Object.entries(document['paths'] as Record<string, Record<string, Operation>>)
    .toSorted(([one], [other]) => Number(one.includes('{')) - Number(other.includes('{')))
    .map(([path, item]) => ({
      form: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      path,
      item,
    }));
  return ({ method, url, requestBody }) => {
    const { pathname } = new URL(url);
    const verb = method.toLowerCase();
    const found = paths.find(({ form, item }) => form.test(pathname) && item[verb] !== undefined);
    if (found === undefined) return `${method} ${pathname} is no operation`;
    const key = `${verb} ${found.path}`;
    if (!known.has(key)) {
      const schema = found.item[verb]?.requestBody?.content['application/json']?.schema;
      const place = `api#/paths/${found.path.replaceAll('~', '~0').replaceAll('/', '~1')}/${verb}`;
      known.set(
        key,
        schema === undefined
          ? null
          : ajv.compile({
              $ref: `${place.replaceAll('{', '%7B').replaceAll('}', '%7D')}/requestBody/content/application~1json/schema`,
            }),
      );
    }
    const validate = known.get(key);
    if (validate === null || validate === undefined || requestBody === null || validate(requestBody))
      return null;
    return `${key}: ${ajv.errorsText(validate.errors)}`;
  };
}

test(
  'every request of the sync in a whole checklist run is valid under the contracts',
  { timeout: 300_000 },
  async () => {
    const { compiled } = await prepare({
      documentPath: bundledDocument(),
      reversePath: null,
      profilePath: null,
    });
    const { plan, checks } = compiled;
    const judges = new Map(
      [plan.systems.a, plan.systems.b].map((contract) => [contract.name, requestJudge(contract)]),
    );
    const bad = new Set<string>();
    let seen = 0;
    let writes = 0;
    const reference = referenceTarget(plan, 'direct');
    const target: Target = {
      ...reference,
      open: async (...given) => {
        const world = await reference.open(...given);
        const { close } = world;
        world.close = async () => {
          for (const exchange of world.journal()) {
            if (exchange.caller !== 'sync') continue;
            seen += 1;
            if (exchange.requestBody !== null) writes += 1;
            const problem = judges.get(exchange.system)?.(exchange) ?? null;
            if (problem !== null) bad.add(`${exchange.status} ${problem}`);
          }
          await close();
        };
        return world;
      },
    };

    for (const bundle of bundleChecks(checks))
      await runBundle(bundle, plan, target, (key) => checkSeed(1, key));

    expect([...bad]).toEqual([]);
    expect(seen).toBeGreaterThan(5000);
    expect(writes).toBeGreaterThan(800);
  },
);
