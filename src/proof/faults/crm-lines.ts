import type { Json, JsonObject } from '../../contract/field.js';
import type { WireFetch } from '../../contract/wire.js';
import { idIn, isObject, pathOf, resend, withBody } from './tools.js';

/** The lines that an order update sends to the CRM, changed. */
export function crmLines(
  change: (lines: JsonObject[], id: string, before: JsonObject[]) => Json[],
): (inner: WireFetch) => WireFetch {
  const known = new Map<string, JsonObject[]>();
  const linesOf = (body: Json): JsonObject[] => {
    const properties = isObject(body) && isObject(body['properties']) ? body['properties'] : {};
    const lines = properties['lineItems'];
    return Array.isArray(lines) ? lines.filter(isObject) : [];
  };
  return (inner) => async (request) => {
    const id = idIn(request);
    if (id === null || !pathOf(request).startsWith('/objects/orders')) return inner(request);
    const sent =
      request.method !== 'PATCH'
        ? request
        : await resend(request, {
            body: (body) => {
              if (!isObject(body['properties']) || !Array.isArray(body['properties']['lineItems']))
                return body;
              const lineItems = change(linesOf(body), id, known.get(id) ?? []);
              return { ...body, properties: { ...body['properties'], lineItems } };
            },
          });
    return withBody(await inner(sent), (body) => {
      known.set(id, linesOf(body));
      return body;
    });
  };
}
