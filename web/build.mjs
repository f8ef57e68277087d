// Makes the scripts that the service hands out: one bundle a page, minified, in app/web/static, and beside them the
// licences of the packages that went into them. With --check nothing is written: what lies there must be what the
// sources make, byte for byte.

import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'app', 'web', 'static');

const { outputFiles, metafile } = await build({
  absWorkingDir: here,
  entryPoints: { page: 'src/editor/page.ts', lexicon: 'src/lexicon/page.ts' },
  outdir: target,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  // As written, not escaped: half the bytes, and readable in a diff.
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  write: false,
});

async function licences() {
  const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []));
  const notices = [...packages].sort().map(async (name) => {
    const folder = join(here, 'node_modules', name);
    const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const text = await readFile(join(folder, 'LICENSE'), 'utf8');
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  const head = 'The scripts in this folder contain these packages.\n';
  return [head, ...await Promise.all(notices)].join(`\n${'-'.repeat(72)}\n\n`);
}

const files = [
  ...outputFiles.map(({ path, contents }) => ({ path, contents: Buffer.from(contents) })),
  { path: join(target, 'THIRD_PARTY.txt'), contents: Buffer.from(await licences()) },
];

const stale = [];
for (const { path, contents } of files) {
  if (process.argv.includes('--check')) {
    const lying = await readFile(path).catch(() => Buffer.alloc(0));
    if (!lying.equals(contents)) stale.push(basename(path));
  } else {
    await writeFile(path, contents);
  }
}
if (stale.length > 0) {
  console.error(`app/web/static 中的 ${stale.join('、')} 与 web/src 不符，请执行 make web 后一并提交。`);
  process.exitCode = 1;
}
