// Parsed by whatever Node is on the PATH, Node 18 too: no syntax newer than that here.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepCompiled } from './compile-cache.js';

/** The oldest Node that has `node:sqlite` without a flag. */
const OLDEST = [22, 13];
const EXIT_UNAVAILABLE = 69;

/**
 * Runs a program of this package: in this process when its Node is new enough, else in the Node that came
 * with the package, else it says what to install.
 *
 * @param {string} launcher the launcher's `import.meta.url`
 * @param {string} entry the program's file in `dist`; its `main(words)` resolves to an exit code
 */
export async function run(launcher, entry) {
  const file = fileURLToPath(launcher);
  const folder = dirname(dirname(file));
  if (!isNewEnough(process.versions.node)) {
    handOver(file, folder);
    return;
  }
  const program = join(folder, 'dist', entry);
  if (!existsSync(program)) {
    stop(`${program} is not there. Run \`npm run build\` in ${folder}.`);
    return;
  }
  keepCompiled();
  const { main } = await import(new URL(`../dist/${entry}`, launcher).href);
  process.exit(await main(process.argv.slice(2)));
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function handOver(file, folder) {
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = [
    join(folder, 'node_modules', 'node', 'bin', binary),
    join(folder, '..', 'node', 'bin', binary),
  ].find((path) => existsSync(path));
  if (node === undefined) {
    stop(
      `This is Node ${process.versions.node}; aiops needs Node ${OLDEST.join('.')} or newer. ` +
        'Install it from https://nodejs.org/en/download (or `nvm install 24`, `npm install -g node@24`).',
    );
    return;
  }
  const child = spawn(node, [...process.execArgv, file, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The terminal sends its signals to both; one sent to this process alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stop(`${node} cannot be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function stop(message) {
  process.stderr.write(`aiops: ${message}\n`);
  process.exitCode = EXIT_UNAVAILABLE;
}
