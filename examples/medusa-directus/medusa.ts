import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, runToEnd, startServer, type Running } from './processes.js';
import { askJson } from './ask-json.js';
import { tell } from './tell.js';

export const MEDUSA_PACKAGES = {
  '@medusajs/medusa': '2.21.2',
  '@medusajs/framework': '2.21.2',
  '@medusajs/cli': '2.21.2',
};

const CONFIG = `const { defineConfig } = require('@medusajs/framework/utils');
const cors = 'http://127.0.0.1';
module.exports = defineConfig({
  admin: { disable: true },
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false, sslmode: 'disable' },
    http: {
      storeCors: cors, adminCors: cors, authCors: cors,
      jwtSecret: process.env.JWT_SECRET, cookieSecret: process.env.COOKIE_SECRET,
    },
  },
});
`;

export type Medusa = { url: string; key: string };

/** A webshop with one region, reached with a secret key made for this run. */
export async function startMedusa(
  folder: string,
  databaseUrl: string,
  secret: string,
  started: Running[],
): Promise<Medusa> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'medusa-config.js'), CONFIG);
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    JWT_SECRET: secret,
    COOKIE_SECRET: secret,
    MEDUSA_DISABLE_TELEMETRY: 'true',
    NODE_ENV: 'production',
  };
  const cli = join(folder, 'node_modules', '.bin', 'medusa');
  const log = join(folder, 'medusa.log');
  const options = { cwd: folder, env };
  tell('making the tables of Medusa');
  await runToEnd('medusa db:migrate', [cli, 'db:migrate'], log, options);
  await runToEnd('medusa user', [cli, 'user', '-e', 'qa@shop.example', '-p', secret], log, options);
  tell('starting Medusa');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await startServer(
    started,
    'Medusa',
    [cli, 'start', '-H', '127.0.0.1', '-p', String(port)],
    log,
    options,
    async () => (await fetch(`${url}/health`)).ok,
  );
  const { token } = await askJson<{ token: string }>(
    'POST',
    `${url}/auth/user/emailpass`,
    {},
    {
      email: 'qa@shop.example',
      password: secret,
    },
  );
  const { api_key } = await askJson<{ api_key: { token: string } }>(
    'POST',
    `${url}/admin/api-keys`,
    { authorization: `Bearer ${token}` },
    { title: 'syncproof', type: 'secret' },
  );
  const basic = { authorization: `Basic ${Buffer.from(`${api_key.token}:`).toString('base64')}` };
  const region = { name: 'Europe', currency_code: 'eur', countries: ['no', 'de'] };
  await askJson('POST', `${url}/admin/regions`, basic, region);
  tell('warming Medusa up, whose first writes may take a minute');
  const first = { email: 'first@shop.example' };
  const { customer } = await askJson<{ customer: { id: string } }>(
    'POST',
    `${url}/admin/customers`,
    basic,
    first,
  );
  await askJson('DELETE', `${url}/admin/customers/${customer.id}`, basic);
  return { url, key: api_key.token };
}
