import { PatternRouter } from 'hono/router/pattern-router';
import { remembered } from '../../src/contract/remembered.js';
import type { WireRequest } from '../../src/contract/wire.js';
import { Refusal, type Call } from './call.js';

/** The named parts of a route's path, decoded; empty where the route has none. */
type Parts = { collection: string; id: string; verb: string };

/** One request to a route. */
export type Asked = Parts & { call: Call; request: WireRequest };

type Handler = (asked: Asked) => Response;

/**
 * The routes of an API. They hang on Hono's router alone: its application makes a context for each call, which costs
 * more than most of the answers here.
 */
export class Routes {
  private readonly router = new PatternRouter<Handler>();
  private readonly routeOf = remembered((target) => {
    const end = target.indexOf(' ');
    const [[first]] = this.router.match(target.slice(0, end), target.slice(end + 1));
    return first === undefined ? null : { handler: first[0], parts: decoded(first[1] as Partial<Parts>) };
  });

  on(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, handler: Handler): void {
    this.router.add(method, path, handler);
  }

  /** The answer of the route that was added first. Errors: `Refusal`, with 404 where there is none. */
  answer(request: WireRequest, call: Call): Response {
    const route = this.routeOf(`${request.method} ${call.url.pathname}`);
    if (route === null) throw new Refusal(404, 'not_found', 'no such route');
    return route.handler({ call, request, ...route.parts });
  }
}

function decoded({ collection = '', id = '', verb = '' }: Partial<Parts>): Parts {
  return { collection: decodePart(collection), id: decodePart(id), verb };
}

function decodePart(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
