// Makes ../HaLong.Portal/Assets of the packages in package.json. What it makes is kept in git, so that building the portal needs no npm.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

const assets = new URL('../HaLong.Portal/Assets/', import.meta.url).pathname;
const css = 'node_modules/@digdir/designsystemet-css/dist/src';
const font = 'node_modules/@fontsource/be-vietnam-pro';

// Only what pages use: the whole would be twice as large.
const components = [
  'base', 'heading', 'paragraph', 'label', 'link', 'list', 'button', 'input', 'field', 'fieldset', 'validation-message', 'error-summary', 'alert', 'tag',
  'badge', 'card', 'details', 'divider', 'table', 'breadcrumbs', 'pagination', 'skip-link', 'spinner', 'skeleton', 'dialog',
];
const subsets = ['vietnamese', 'latin'];
const weights = [400, 600];

mkdirSync(assets, { recursive: true });
const cli = args => execFileSync('node_modules/.bin/designsystemet', ['tokens', ...args], { stdio: 'pipe' });
cli(['create', '--clean', 'true', '--config', 'designsystemet.config.json']);
cli(['build', '--tokens', 'tokens', '--out-dir', 'theme']);

const ranges = JSON.parse(readFileSync(`${font}/unicode.json`, 'utf8'));
const faces = weights.flatMap(weight => subsets.map(subset => {
  const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
  copyFileSync(`${font}/files/${file}`, assets + file);
  return `@font-face{font-family:"Be Vietnam Pro";font-style:normal;font-display:swap;font-weight:${weight};src:url(/assets/${file}) format("woff2");`
    + `unicode-range:${ranges[subset]}}`;
}));
const layers = '@layer ds.theme, ds.base, ds.components;';
const sheet = [layers, ...faces, readFileSync('theme/halong.css', 'utf8').replace('@charset "UTF-8";', ''),
  ...components.map(c => `@layer ds.${c === 'base' ? 'base' : 'components'}{${readFileSync(`${css}/${c}.css`, 'utf8')}}`), readFileSync('site.css', 'utf8'),
  ...readdirSync('areas').filter(f => f.endsWith('.css')).sort().map(f => readFileSync(`areas/${f}`, 'utf8'))].join('\n');
const made = transformSync(sheet, { loader: 'css', minify: true, target: ['chrome105', 'firefox110', 'safari16'] });
writeFileSync(`${assets}site.css`, made.code);
copyFileSync(`${font}/LICENSE`, `${assets}be-vietnam-pro.LICENSE.txt`);
copyFileSync('node_modules/@digdir/designsystemet-css/LICENSE', `${assets}designsystemet.LICENSE.txt`);
rmSync('theme', { recursive: true });
rmSync('tokens', { recursive: true });
