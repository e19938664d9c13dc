import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Route } from '../contract/api-description.js';
import type { Lack } from '../contract/capabilities.js';
import type { EntityContract, Json, JsonObject } from '../contract/field.js';
import { openApiOf } from '../contract/openapi/system.js';
import { getPath, setInPlace } from '../contract/path.js';
import { createRng, sampleRecord, sampleValue, type Rng } from '../contract/values.js';
import { wireRequest, type WireHeaders } from '../contract/wire.js';
import { ContractFailure, expectStatus } from './check.js';
import type { ContractTarget, OpenTarget } from './target.js';

export type Answer = { status: number; headers: WireHeaders; body: Json; text: string };
export type Asked = { query?: string; body?: Json; headers?: Record<string, string>; raw?: string };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Speaks to a provider as its contract says, and holds every answer against the schemas. */
export class Probe {
  readonly rng: Rng;
  private token: string | null = null;
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly ajv: Ajv2020;
  private readonly schemas: JsonObject;

  constructor(
    readonly target: ContractTarget,
    readonly open: OpenTarget,
    seed: number,
  ) {
    this.rng = createRng(seed);
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(this.ajv);
    const components = openApiOf(target.contract)['components'] as JsonObject;
    this.schemas = components['schemas'] as JsonObject;
    this.ajv.addSchema({ $id: 'api', components: { schemas: this.schemas } });
  }

  get api() {
    return this.target.contract.api;
  }

  /** Whether the provider was found to lack a capability. */
  lacks(lack: Lack): boolean {
    return this.target.capabilities?.lacks[lack] !== undefined;
  }

  /** The record that an answer holds, without its envelope. */
  record(body: Json): Json {
    const { one } = this.api.record;
    return one !== null && isObject(body) ? (getPath(body, one) ?? body) : body;
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

  /** Headers that let a call in. */
  async authorised(): Promise<Record<string, string>> {
    const { auth } = this.api;
    const { key, clientId, clientSecret } = this.target.credentials;
    if (auth.kind === 'api-key-header') return { [auth.header]: key };
    if (auth.kind === 'bearer') return { authorization: `Bearer ${key}` };
    if (auth.kind === 'basic')
      return { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
    if (auth.kind !== 'client-credentials') return {};
    this.token ??= await this.newToken();
    return { authorization: `Bearer ${this.token}` };
  }

  async newToken(): Promise<string> {
    const { auth } = this.api;
    if (auth.kind !== 'client-credentials') return '';
    const { clientId, clientSecret } = this.target.credentials;
    const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const answer = await this.send('POST', auth.tokenPath, { body });
    const token = isObject(answer.body) ? answer.body['access_token'] : null;
    if (typeof token !== 'string') throw new ContractFailure('no token was issued');
    return token;
  }

  /** A call without any credential of its own. */
  async send(method: string, path: string, asked: Asked = {}): Promise<Answer> {
    const text = asked.raw ?? (asked.body === undefined ? null : JSON.stringify(asked.body));
    const headers = { ...(text === null ? {} : { 'content-type': 'application/json' }), ...asked.headers };
    const url = `${this.api.baseUrl}${path}${asked.query ?? ''}`;
    const answer = await this.target.fetch(wireRequest(url, { method, headers, body: text }));
    const said = await answer.text();
    let body: Json = null;
    try {
      body = said === '' ? null : (JSON.parse(said) as Json);
    } catch {
      throw new ContractFailure(`${method} ${path} is answered with something that is no JSON`);
    }
    return { status: answer.status, headers: answer.headers, body, text: said };
  }

  async call(route: Route, entity: EntityContract, id: string | null, asked: Asked = {}): Promise<Answer> {
    const path = route.path
      .replace('{collection}', entity.collection)
      .replace('{id}', encodeURIComponent(id ?? ''));
    const { auth } = this.api;
    const headers = { ...(await this.authorised()), ...asked.headers };
    const key =
      auth.kind === 'api-key-query' ? `${auth.param}=${encodeURIComponent(this.target.credentials.key)}` : '';
    const query = [asked.query?.replace('?', '') ?? '', key].filter((part) => part !== '').join('&');
    return this.send(route.method, path, { ...asked, headers, query: query === '' ? '' : `?${query}` });
  }

  /** Fails unless a body fits a schema of the contract. */
  expectSchema(name: string, body: Json, what: string): void {
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
    const answer = await this.call(this.api.routes.create, entity, null, { body: this.encode(own) });
    expectStatus(answer.status, this.lacks('created-status') ? [200, 201] : 201, `creating a ${entity.name}`);
    return { id: this.idOf(answer.body), answer, fields: own };
  }

  idOf(body: Json): string {
    const one = this.record(body);
    const id = isObject(one) ? getPath(one, this.api.record.id) : null;
    if (id === null) throw new ContractFailure('the answer holds no id');
    return String(id);
  }

  /** Fields as a body carries them. */
  encode(fields: JsonObject): JsonObject {
    const { record } = this.api;
    if (record.fields === null) return { ...fields };
    const inside: JsonObject = {};
    const body: JsonObject = { [record.fields]: inside };
    for (const [name, value] of Object.entries(fields))
      (record.besideFields.includes(name) ? body : inside)[name] = value;
    return body;
  }

  /** Fields as an answer shows them. */
  shown(answered: Json): JsonObject {
    const body = this.record(answered);
    if (!isObject(body)) return {};
    const inner = this.api.record.fields === null ? body : getPath(body, this.api.record.fields);
    const fields: JsonObject = isObject(inner) ? { ...inner } : {};
    for (const name of this.api.record.besideFields) if (body[name] !== undefined) fields[name] = body[name];
    return fields;
  }

  /** The records of a list answer. */
  items(body: Json): Json[] {
    const { many } = this.api.record;
    const list = many === null ? body : isObject(body) ? getPath(body, many) : null;
    if (!Array.isArray(list)) throw new ContractFailure('the list holds no array');
    return list;
  }
}
