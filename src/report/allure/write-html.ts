import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { writeWhole } from '../../files/write-file.js';
import type { RunRecord } from '../../run/record.js';
import { categoriesConfig } from './categories.js';
import { makeOffline } from './make-offline.js';

const TIMEOUT_MS = 180_000;

/**
 * Generates `allure/index.html`, one file that opens from disk, from the results folder and the earlier runs.
 * Rejects with the generator's own words when it fails or its page would reach another host.
 */
export async function writeAllureHtml(
  run: RunRecord,
  outDir: string,
  resultsDir: string,
  historyFile: string,
): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'syncproof-allure-'));
  try {
    const config = join(work, 'allurerc.json');
    await writeFile(config, JSON.stringify(generatorConfig(run, join(work, 'report'), resolve(historyFile))));
    // The generator takes its argument for a glob pattern: a bare name, so that folders with brackets work too.
    const [folder, name] = [dirname(resolve(resultsDir)), basename(resultsDir)];
    await generate(['generate', name, '--config', config, '--cwd', folder], work);
    const page = await readFile(join(work, 'report', 'index.html'), 'utf8');
    const path = join(outDir, 'allure', 'index.html');
    await writeWhole(path, makeOffline(page));
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function generatorConfig(run: RunRecord, output: string, historyPath: string): unknown {
  return {
    name: `${run.document.title} · syncproof`,
    output,
    historyPath,
    appendHistory: false,
    categories: categoriesConfig(),
    plugins: {
      awesome: {
        options: {
          singleFile: true,
          reportName: run.document.title,
          groupBy: ['epic', 'feature', 'story'],
          reportLanguage: 'en',
          publish: false,
        },
      },
    },
  };
}

/** The command line of the installed allure package, found from this file and not from the working folder. */
function allureCli(): string {
  return join(dirname(createRequire(import.meta.url).resolve('allure')), '..', 'cli.js');
}

function generate(args: string[], cwd: string): Promise<void> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [allureCli(), ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
      env: { HOME: cwd, NO_COLOR: '1' },
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) done();
      else
        reject(
          new Error(`Allure's generator ended with ${signal ?? `code ${code}`}: ${said.trim().slice(-500)}`),
        );
    });
  });
}
