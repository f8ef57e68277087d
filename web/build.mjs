// Makes the scripts that the service hands out: one bundle a page, minified, in app/web/static.
// With --check nothing is written: the bundles that lie there must be what the sources make, byte for byte.

import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'app', 'web', 'static');

const { outputFiles } = await build({
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
  write: false,
});

const stale = [];
for (const { path, contents } of outputFiles) {
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
