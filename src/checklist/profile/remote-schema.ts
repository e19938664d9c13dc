import { z } from 'zod';

const envName = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/, 'the name of an environment variable, in capitals')
  .describe('Name of an environment variable; the secret itself never stands in a profile.');

const url = z.url({ protocol: /^https?$/, hostname: /./ });
const headers = z.record(z.string().min(1), envName).default({});
const asked = {
  /** Where the sync tells its state and its problems. */
  status: url.optional(),
  /** Where the sync tells which records are linked. */
  links: url.optional(),
  /** Headers of every request to the sync: name of the header, name of the environment variable. */
  headers,
};
const call = { url, method: z.enum(['GET', 'POST', 'PUT']).default('POST') };

const sync = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none'), ...asked }),
  z.strictObject({ kind: z.literal('trigger'), ...call, ...asked }),
  z.strictObject({ kind: z.literal('status'), ...asked, status: url }),
  z.strictObject({ kind: z.literal('webhook'), ...call, ...asked }),
]);

const credentials = z.strictObject({ key: envName, clientId: envName, clientSecret: envName }).partial();

/** What is about the run; where a system is and its credentials stand under systems.<key>.api. */
const remoteSystem = z.strictObject({
  production: z
    .boolean()
    .default(false)
    .describe('A system that people work with: refused without --allow-production.'),
  hosts: z
    .array(z.string().regex(/^[^\s/@:]+(?::\d+)?$/, 'a host, with its port where that is not the usual one'))
    .default([])
    .describe('Hosts at which a base URL out of an environment variable may lie, beside loopback.'),
  connections: z.int().min(1).max(64).optional(),
  requestsPerSecond: z.number().positive().optional(),
  baseUrl: url.optional().describe('For a system whose API is not described under systems.<key>.api.'),
  credentials: credentials
    .optional()
    .describe('For a system whose API is not described under systems.<key>.api.'),
});

const ms = z.int().min(1);

/** How to reach a sync that runs somewhere, and what it may take; see docs/remote.md. */
export const remoteSchema = z
  .strictObject({
    /** The two systems by their keys. */
    systems: z.record(z.string(), remoteSystem).default({}),
    sync: sync.default({ kind: 'none', headers: {} }),
    settleMs: ms.default(60_000).describe('Longest wait for what a check expects, in ms.'),
    absenceMs: ms
      .optional()
      .describe('How long nothing may happen before that is believed, in ms; settleMs when left out.'),
    quietMs: ms
      .default(2000)
      .describe('How long nothing may change after what was expected was seen, in ms.'),
    pollMs: ms.default(500).describe('First pause between two looks, in ms; it grows to eight times that.'),
    latencyMs: ms
      .optional()
      .describe('Latest arrival of a change, in ms; the bound of the policies when left out.'),
    requestMs: ms.default(30_000).describe('Longest time for one request, in ms.'),
    outageMs: z.int().min(0).default(10_000).describe('How long a system may be unreachable, in ms.'),
    largestBody: ms.default(5_000_000).describe('Longest body of an answer, in bytes.'),
    concurrency: z.int().min(1).max(200).default(40).describe('Checks that are under way at the same time.'),
    connections: z.int().min(1).max(64).default(8).describe('Requests to one system at the same time.'),
    requestsPerSecond: z.number().positive().default(20).describe('Requests to one system in a second.'),
    runTag: z
      .string()
      .regex(/^[a-z]{6,12}$/, 'six to twelve small letters')
      .optional()
      .describe('Mark of all records of a run; made up for each run when left out.'),
  })
  .describe('A deployed sync between two systems as the target of a run.');
