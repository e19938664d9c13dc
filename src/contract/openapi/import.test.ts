import { expect, test } from 'vitest';
import { REST_API } from '../conventions.js';
import { crmContract } from '../crm.js';
import type { EntityContract, JsonObject } from '../field.js';
import { webshopContract } from '../webshop.js';
import { importFields } from './import.js';
import { openApiOf } from './system.js';

const CUSTOMER: EntityContract = { name: 'Customer', collection: 'customers', idKind: 'string', fields: [] };

/** A provider's file in the older notation, with a base path, references and compositions. */
const FOREIGN: JsonObject = {
  openapi: '3.0.3',
  paths: {
    '/v1/customers': {
      post: {
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CustomerCreate' } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Person: {
        type: 'object',
        required: ['email'],
        properties: {
          email: { type: 'string', format: 'email', maxLength: 80 },
          born: { type: 'string', format: 'date', nullable: true },
        },
      },
      CustomerCreate: {
        allOf: [
          { $ref: '#/components/schemas/Person' },
          {
            type: 'object',
            required: ['kind', 'note'],
            properties: {
              id: { type: 'string' },
              kind: { type: 'string', enum: ['private', 'company'] },
              note: { anyOf: [{ type: 'null' }, { type: 'string' }] },
              balance: { type: 'string', pattern: String.raw`^-?\d+\.\d{2}$` },
              score: { type: 'integer', minimum: 1, maximum: 5, readOnly: true },
              address: { type: 'object', properties: { city: { type: 'string' } } },
              tags: { type: 'array', items: { type: 'string' } },
              phones: {
                type: 'array',
                items: { type: 'object', required: ['number'], properties: { number: { type: 'string' } } },
              },
            },
          },
        ],
      },
    },
  },
};

test('fields are those of the body by which a record is made, through references and compositions', () => {
  const fields = importFields(FOREIGN, CUSTOMER, REST_API, undefined);

  expect(fields).toEqual([
    { path: 'email', type: { kind: 'string', maxLength: 80, format: 'email' }, required: true },
    { path: 'born', type: { kind: 'date' } },
    { path: 'kind', type: { kind: 'enum', values: ['private', 'company'] }, required: true },
    { path: 'note', type: { kind: 'string', maxLength: 255 } },
    { path: 'balance', type: { kind: 'decimal-string', scale: 2 } },
    { path: 'score', type: { kind: 'integer', min: 1, max: 5 }, readOnly: true },
    { path: 'address.city', type: { kind: 'string', maxLength: 255 } },
    { path: 'tags', type: { kind: 'string-list', maxLength: 255 } },
    {
      path: 'phones',
      type: {
        kind: 'object-list',
        fields: [{ path: 'number', type: { kind: 'string', maxLength: 255 }, required: true }],
      },
    },
  ]);
});

test('a schema that is named counts, and one that is not there is none', () => {
  const person = importFields(FOREIGN, CUSTOMER, REST_API, 'Person');

  expect(person?.map(({ path }) => path)).toEqual(['email', 'born']);
  expect(importFields(FOREIGN, CUSTOMER, REST_API, 'Nobody')).toBeNull();
  expect(
    importFields(FOREIGN, { ...CUSTOMER, name: 'Order', collection: 'orders' }, REST_API, undefined),
  ).toBeNull();
});

test('a schema that refers to itself ends', () => {
  const tree = { type: 'object', properties: { up: { $ref: '#/components/schemas/Customer' } } };
  const openapi: JsonObject = { openapi: '3.1.0', paths: {}, components: { schemas: { Customer: tree } } };

  expect(importFields(openapi, CUSTOMER, REST_API, undefined)?.length).toBeLessThan(20);
});

test.each([webshopContract(), crmContract()])(
  'what the contract of the $name exports has the same fields when it is read again',
  (contract) => {
    const openapi = openApiOf(contract);

    for (const entity of contract.entities) {
      const fields = importFields(openapi, entity, contract.api, undefined) ?? [];
      const needed = (all: typeof fields) =>
        all.filter((one) => one.required === true).map(({ path }) => path);

      expect(fields.map(({ path }) => path).toSorted()).toEqual(
        entity.fields.map(({ path }) => path).toSorted(),
      );
      expect(needed(fields).toSorted()).toEqual(needed(entity.fields).toSorted());
    }
  },
);
