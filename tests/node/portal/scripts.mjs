// The portal's scripts as modules: they have no package of their own that says so.
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const source = new URL('../../../portal/HaLong.Portal/Offline/', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'halong-portal-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
for (const file of readdirSync(source).filter((f) => f.endsWith('.js'))) copyFileSync(join(source, file), join(folder, file));

export const script = (name) => import(pathToFileURL(join(folder, name)).href);
