import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ApiDescription, Route } from '../contract/api-description.js';
import type { Lack } from '../contract/capabilities.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import { Authoriser, AuthError } from '../contract/http/authoriser.js';
import type { ApiCredentials } from '../contract/http/credentials.js';
import { apiFor, callUrl } from '../contract/http/entity-api.js';
import { bodyOf, openRecord, unwrapOne } from '../contract/http/envelope.js';
import { listItems } from '../contract/http/paging.js';
import { schemaName } from '../contract/openapi/parts.js';
import { openApiOf } from '../contract/openapi/system.js';
import { getPath, setInPlace } from '../contract/path.js';
import { createRng, sampleRecord, sampleValue, type Rng } from '../contract/values.js';
import { wireHeaders, wireRequest, type WireHeaders } from '../contract/wire.js';
import { ContractFailure, expectStatus } from './check.js';
import type { ContractTarget, OpenTarget } from './target.js';

export type Answer = { status: number; headers: WireHeaders; body: Json; text: string };
export type Asked = { query?: string; body?: Json; headers?: Record<string, string>; raw?: string };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Speaks to a provider as its contract says, and holds every answer against the schemas. */
export class Probe {
  readonly rng: Rng;
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly ajv: Ajv2020;
  private readonly authoriser: Authoriser;

  constructor(
    readonly target: ContractTarget,
    readonly open: OpenTarget,
    seed: number,
  ) {
    this.rng = createRng(seed);
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.ajv);
    const components = openApiOf(target.contract)['components'] as JsonObject;
    this.ajv.addSchema({ $id: 'api', components: { schemas: components['schemas'] } });
    this.authoriser = this.as(target.credentials);
  }

  get api(): ApiDescription {
    return this.target.contract.api;
  }

  /** The API as it is for one entity. */
  apiOf(entity: EntityContract): ApiDescription {
    return apiFor(this.api, entity);
  }

  /** Whether the provider was found to lack a capability. */
  lacks(lack: Lack): boolean {
    return this.target.capabilities?.lacks[lack] !== undefined;
  }

  /** Fails unless an error has the form of the contract, where the provider has any. */
  expectProblem(body: Json): void {
    if (!this.lacks('error-shape')) this.expectSchema('Problem', body, 'the error');
  }

  entity(name: string): EntityContract {
    const found = this.target.contract.entities.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the contract holds no ${name}`);
    return found;
  }

  /** Somebody who calls with credentials of their own. */
  as(credentials: ApiCredentials): Authoriser {
    return new Authoriser(this.target.contract, credentials, this.target.fetch);
  }

  /** Headers and URL of a call that is let in. Errors: `ContractFailure` where no token is issued. */
  async letIn(
    url: string,
    by: Authoriser = this.authoriser,
  ): Promise<{ url: string; headers: Record<string, string> }> {
    const wire = wireHeaders();
    try {
      const target = await by.authorise(url, wire);
      const headers: Record<string, string> = {};
      wire.forEach((value, name) => (headers[name] = value));
      return { url: target, headers };
    } catch (error) {
      if (error instanceof AuthError) throw new ContractFailure(error.message);
      throw error;
    }
  }

  /** Lets go of the token, so that the next call asks for a new one. */
  renew(): void {
    this.authoriser.renew();
  }

  /** A call of an URL with the headers that are given and those of the description, and without a credential. */
  async send(method: string, url: string, asked: Asked = {}): Promise<Answer> {
    const text = asked.raw ?? (asked.body === undefined ? null : JSON.stringify(asked.body));
    const headers = {
      ...this.api.headers,
      ...(text === null ? {} : { 'content-type': 'application/json' }),
      ...asked.headers,
    };
    const mark = url.includes('?') ? '&' : '?';
    const query = asked.query === undefined ? '' : asked.query.replace(/^\?/, mark);
    const answer = await this.target.fetch(wireRequest(`${url}${query}`, { method, headers, body: text }));
    const said = await answer.text();
    let body: Json = null;
    try {
      body = said === '' ? null : (JSON.parse(said) as Json);
    } catch {
      const { pathname } = new URL(url);
      if (answer.status < 400 || !this.lacks('error-shape'))
        throw new ContractFailure(`${method} ${pathname} is answered with something that is no JSON`);
    }
    return { status: answer.status, headers: answer.headers, body, text: said };
  }

  /** The URL of a route of an entity. */
  urlOf(route: Route, entity: EntityContract, id: string | null = null): string {
    const query = route.method === 'GET' ? (entity.api?.readQuery ?? {}) : {};
    return callUrl(this.api, route.path, entity, id, query);
  }

  async call(route: Route, entity: EntityContract, id: string | null, asked: Asked = {}): Promise<Answer> {
    const { url, headers } = await this.letIn(this.urlOf(route, entity, id));
    return this.send(route.method, url, { ...asked, headers: { ...headers, ...asked.headers } });
  }

  /** Fails unless a body fits a schema of the contract. */
  expectSchema(entity: string, body: Json, what: string): void {
    const name = schemaName(entity);
    let validate = this.validators.get(name);
    if (validate === undefined) {
      validate = this.ajv.compile({ $ref: `api#/components/schemas/${name}` });
      this.validators.set(name, validate);
    }
    if (validate(body)) return;
    const [error] = validate.errors ?? [];
    throw new ContractFailure(
      `${what} breaks the contract: ${error?.instancePath ?? ''} ${error?.message ?? ''}`,
    );
  }

  /** Fields of a valid new record; what it refers to is made first. */
  async fields(entity: EntityContract): Promise<JsonObject> {
    const record = sampleRecord(entity.fields, this.rng);
    for (const field of entity.fields) {
      if (field.readOnly === true) continue;
      if (field.type.kind === 'reference' && field.required === true)
        setInPlace(record, field.path, await this.referred(field.type.entity));
      if (field.type.kind !== 'object-list') continue;
      const line: JsonObject = {};
      for (const one of field.type.fields) {
        const value =
          one.type.kind === 'reference' ? await this.referred(one.type.entity) : sampleValue(one, this.rng);
        setInPlace(line, one.path, value);
      }
      setInPlace(record, field.path, [line]);
    }
    return record;
  }

  private async referred(name: string): Promise<Json> {
    const entity = this.entity(name);
    const { id } = await this.create(entity);
    return entity.idKind === 'integer' ? Number(id) : id;
  }

  async create(
    entity: EntityContract,
    fields?: JsonObject,
  ): Promise<{ id: string; answer: Answer; fields: JsonObject }> {
    const own = fields ?? (await this.fields(entity));
    const answer = await this.call(this.apiOf(entity).routes.create, entity, null, {
      body: this.encode(entity, own),
    });
    expectStatus(answer.status, this.lacks('created-status') ? [200, 201] : 201, `creating a ${entity.name}`);
    return { id: this.idOf(entity, answer.body), answer, fields: own };
  }

  /** The record that an answer holds, without its envelope. */
  record(entity: EntityContract, body: Json): Json {
    return unwrapOne(this.apiOf(entity), body);
  }

  /** The id of a record, out of its envelope or not. */
  idOf(entity: EntityContract, body: Json): string {
    const one = this.record(entity, body) ?? body;
    const id = isObject(one) ? getPath(one, this.apiOf(entity).record.id) : null;
    if (id === null) throw new ContractFailure('the answer holds no id');
    return String(id);
  }

  /** Fields as a body carries them; `extras` stand at paths of their own. */
  encode(entity: EntityContract, fields: JsonObject, extras: Record<string, Json> = {}): JsonObject {
    return bodyOf(this.apiOf(entity), entity, fields, extras);
  }

  /** Fields as an answer shows them. */
  shown(entity: EntityContract, body: Json): JsonObject {
    return openRecord(this.apiOf(entity), this.record(entity, body), null)?.fields ?? {};
  }

  /** The records of a list answer. */
  items(entity: EntityContract, body: Json): Json[] {
    const items = listItems(this.apiOf(entity), body);
    if (items === null) throw new ContractFailure('the list holds no array');
    return items;
  }
}
