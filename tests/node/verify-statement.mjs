// Checks sealed statements off line with an independent JOSE library: the enclosed chain must lead to the given root.
//   node verify-statement.mjs <root.pem> <statement.jws>...
import { X509Certificate, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { compactVerify, decodeProtectedHeader } from 'jose';

const [rootFile, ...statements] = process.argv.slice(2);
if (statements.length === 0) {
  console.error('usage: node verify-statement.mjs <root.pem> <statement.jws>...');
  process.exit(2);
}

const root = new X509Certificate(readFileSync(rootFile));
const must = (holds, what) => {
  if (!holds) throw new Error(what);
};

for (const file of statements) {
  try {
    const jws = readFileSync(file, 'utf8').trim();
    const header = decodeProtectedHeader(jws);
    const chain = header.x5c.map((c) => new X509Certificate(Buffer.from(c, 'base64')));
    must(header.crit === undefined, 'critical names that are not expected');
    must(header['x5t#S256'] === createHash('sha256').update(chain[0].raw).digest('base64url'), 'another certificate is named');
    [...chain, root].reduce((below, above) => {
      must(below.checkIssued(above) && below.verify(above.publicKey), 'the chain does not lead to the root');
      return above;
    });
    const { payload } = await compactVerify(jws, chain[0].publicKey, { algorithms: [header.alg] });
    JSON.parse(new TextDecoder().decode(payload));
    console.log(`${header.alg} ${header.typ} ${new Date(header.iat * 1000).toISOString()}`);
  } catch (error) {
    console.error(`${file}: ${error.code ?? error.message}`);
    process.exitCode = 1;
  }
}
