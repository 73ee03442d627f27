// Reads a mail as other people's programs do: its DKIM signatures by mailauth, its MIME by postal-mime.
//   node read-mail.mjs <file.eml> <dns.json>
// dns.json: {"selector._domainkey.domain": "v=DKIM1; ..."}; nothing else is looked up. Prints {"dkim": [...], "mail": {...}}.
import { readFileSync } from 'node:fs';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import PostalMime from 'postal-mime';

const raw = readFileSync(process.argv[2]);
const dns = JSON.parse(readFileSync(process.argv[3], 'utf8'));

const resolver = async (name, type) => {
  const text = dns[name.toLowerCase()];
  if (type === 'TXT' && text) return [[text]];
  throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' });
};

const { results } = await dkimVerify(raw, { resolver });
const mail = await PostalMime.parse(raw);
const header = (name) => mail.headers.find((h) => h.key === name)?.value ?? null;
console.log(JSON.stringify({
  dkim: results.map((r) => ({
    result: r.status?.result, aligned: r.status?.aligned ?? null, comment: r.status?.comment ?? null, selector: r.selector ?? null, domain: r.signingDomain ?? null,
    algorithm: r.algo ?? null, canonicalization: r.format ?? null, signed: r.signingHeaders?.keys?.toLowerCase() ?? null,
  })),
  mail: {
    from: mail.from, to: mail.to, subject: mail.subject, text: mail.text, html: mail.html, messageId: mail.messageId, date: mail.date, attachments: mail.attachments.length,
    contentType: header('content-type'), mimeVersion: header('mime-version'), autoSubmitted: header('auto-submitted'), listUnsubscribe: header('list-unsubscribe'),
    listUnsubscribePost: header('list-unsubscribe-post'),
  },
}));
