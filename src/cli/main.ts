import { cac, type CAC } from 'cac';
import { restoreWords } from './as-written.js';
import { EXIT } from './exit-codes.js';
import { describeError, exitCodeOf } from './errors.js';
import { packageVersion } from './package-root.js';
import { registerCleanup } from './commands/cleanup.js';
import { registerContract } from './commands/contract.js';
import { registerDiff } from './commands/diff.js';
import { registerInit } from './commands/init.js';
import { registerInspect } from './commands/inspect.js';
import { registerProve } from './commands/prove.js';
import { registerMerge } from './commands/merge.js';
import { registerReport } from './commands/report.js';
import { registerRun } from './commands/run.js';
import { registerSimulate } from './commands/simulate.js';
import { registerServe } from './commands/serve.js';
import { UsageError } from './usage-error.js';

/** A reader that has seen enough (`| head`) ends nothing: the work goes on, and the exit code tells its result. */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

const argv = process.argv;
const debug = argv.includes('--debug');

function build(): CAC {
  const cli = cac('syncproof');
  cli.option('--debug', 'Show stack traces');
  cli.option('--no-color', 'Plain text (NO_COLOR is honoured too)');
  registerRun(cli);
  registerInspect(cli);
  registerInit(cli);
  registerDiff(cli);
  registerReport(cli);
  registerProve(cli);
  registerSimulate(cli);
  registerContract(cli);
  registerMerge(cli);
  registerCleanup(cli);
  registerServe(cli);
  cli.example('  syncproof run my-document.rst --profile my-profile.yaml');
  cli.help();
  cli.version(packageVersion());
  return cli;
}

async function main(): Promise<number> {
  const cli = build();
  cli.parse(argv, { run: false });
  restoreWords(cli.options, argv);
  if (cli.options['help'] === true || cli.options['version'] === true) return EXIT.ok;
  if (cli.matchedCommand === undefined) {
    const word = cli.args[0];
    if (word !== undefined) {
      const known = cli.commands.map((command) => command.name).join(', ');
      throw new UsageError(`unknown command "${word}"`, `one of: ${known}`, 'syncproof --help');
    }
    cli.outputHelp();
    return EXIT.usage;
  }
  const code: unknown = await cli.runMatchedCommand();
  return typeof code === 'number' ? code : EXIT.ok;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${describeError(error, debug)}\n`);
  process.exitCode = exitCodeOf(error);
}
