// Opens pairs of PDFs (name.before.pdf, name.after.pdf) with an independent library and compares what a signature must not change.
//   node open-pdfs.mjs <folder>
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node open-pdfs.mjs <folder>');
  process.exit(2);
}

const open = async (name) => PDFDocument.load(readFileSync(join(folder, name)), { throwOnInvalidObject: true, updateMetadata: false });
const sizes = (pdf) => JSON.stringify(pdf.getPages().map((page) => [page.getWidth(), page.getHeight(), page.getRotation().angle]));
const fields = (pdf) => pdf.getForm().getFields().map((field) => field.getName());

let failed = false;
for (const after of readdirSync(folder).filter((name) => name.endsWith('.after.pdf'))) {
  const name = after.slice(0, -'.after.pdf'.length);
  const [a, b] = [await open(`${name}.before.pdf`), await open(after)];
  const added = fields(b).length - fields(a).length;
  // The library does not find the title of some linearised files.
  const same = sizes(a) === sizes(b) && added === 1 && [undefined, b.getTitle()].includes(a.getTitle());
  failed ||= !same;
  console.log(`${same ? 'same' : 'other'} ${name} ${a.getPageCount()} pages, ${added} field more`);
}

process.exit(failed ? 1 : 0);
