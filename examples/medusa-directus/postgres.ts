import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createConnection } from 'node:net';
import { freePort, runToEnd, startServer, type Running } from './processes.js';

const DEBIAN = '/usr/lib/postgresql';
const NEEDED = ['initdb', 'postgres', 'createdb'];
const NOBODY = 65534;

/** A database server of its own in `folder`, on a free loopback port, with one empty database. */
export async function startPostgres(folder: string, database: string, started: Running[]): Promise<string> {
  const bin = findBinaries();
  const data = join(folder, 'data');
  const log = join(folder, 'postgres.log');
  mkdirSync(folder, { recursive: true });
  const account = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if ('uid' in account) chownSync(folder, NOBODY, NOBODY);
  const options = { ...account, cwd: folder };
  await runToEnd('initdb', [join(bin, 'initdb'), '-D', data, '-U', 'try', '--auth=trust'], log, options);
  const port = await freePort();
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`];
  await startServer(
    started,
    'PostgreSQL',
    [join(bin, 'postgres'), '-D', data, '-p', String(port), ...settings],
    log,
    options,
    () => accepts(port),
  );
  const createdb = [join(bin, 'createdb'), '-h', '127.0.0.1', '-p', String(port), '-U', 'try', database];
  await untilDone(() => runToEnd('createdb', createdb, log, options));
  return `postgres://try@127.0.0.1:${port}/${database}`;
}

function findBinaries(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((one) => join(DEBIAN, one, 'bin')) : [];
  const folders = [...versions, ...(process.env['PATH'] ?? '').split(delimiter)];
  const isWhole = (folder: string) => NEEDED.every((name) => existsSync(join(folder, name)));
  const found = folders.find(isWhole);
  if (found === undefined)
    throw new Error(
      'PostgreSQL is not installed: Medusa needs one (Debian and Ubuntu: apt-get install postgresql)',
    );
  return found;
}

/** The port opens a moment before the server takes commands. */
async function untilDone(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
