import { RecordFileError } from '../../../mocks/twin/record-file.js';
import { serveSystem, type ServedSystemOptions } from '../../../mocks/served-system.js';
import { serveTwin, type Served } from '../../../mocks/serve.js';
import { createTwin } from '../../../mocks/twin/twin.js';
import type { WireFetch } from '../../contract/wire.js';
import type { MakeTwin } from '../../drivers/twin-port.js';
import { EnvironmentError } from '../environment-error.js';
import { UsageError } from '../usage-error.js';
import { credentialsFor } from './credentials.js';
import { codeOf } from './error-code.js';

export type { Served };
export type SystemToServe = ServedSystemOptions;

/** The one file of the command line that knows the stand-ins. Errors: `UsageError`, `EnvironmentError`. */
export async function startSystem(options: SystemToServe): Promise<Served> {
  try {
    return await serveSystem(options);
  } catch (error) {
    if (error instanceof RecordFileError)
      throw new UsageError(
        `the records of ${options.contract.key} cannot be read from ${error.path}: ${error.problem}`,
        'a file that syncproof serve made for this system',
        'move the file away to start empty, or give another --data',
      );
    throw listenError(error, options, options.dataFile);
  }
}

/** A stand-in within this process, called with the playground's credentials. */
export const makeTwin: MakeTwin = ({ side: _side, contract, ...rest }) =>
  createTwin({
    contract,
    ...rest,
    credentials: credentialsFor(contract, {}, { isLocal: true, callers: ['harness', 'sync'] }),
  });

/** Puts the sync's service on a port. Errors: `EnvironmentError`. */
export async function startService(fetch: WireFetch, place: { host: string; port: number }): Promise<Served> {
  return serveTwin({ fetch }, place).catch((error: unknown) => {
    throw listenError(error, place, null);
  });
}

function listenError(error: unknown, place: { host: string; port: number }, file: string | null): unknown {
  const code = codeOf(error);
  if (code === 'EADDRINUSE')
    return new EnvironmentError(
      `port ${place.port} on ${place.host} is in use`,
      'give another --port, or --port 0 for free ones',
    );
  if (code === 'EACCES' && file === null)
    return new EnvironmentError(`port ${place.port} is not permitted`, 'give a --port above 1023');
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new EnvironmentError(`${place.host} is no address of this machine`, 'give another --host');
  if (file !== null && code !== null)
    return new UsageError(
      `${file} cannot be written: ${code}`,
      'a path that this user may write to',
      'give another --data',
    );
  return error;
}
