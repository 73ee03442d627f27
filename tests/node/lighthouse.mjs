// Looks at pages as Lighthouse sees them on a phone with a slow line: node lighthouse.mjs <chrome> <cookie or -> <address>…
// Prints a line of JSON for each: { address, scores, faults }.
import * as launcher from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [chromePath, cookie, ...addresses] = process.argv.slice(2);
const onlyCategories = ['performance', 'accessibility', 'best-practices', 'seo'];
const chrome = await launcher.launch({ chromePath, chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, {
      port: chrome.port, onlyCategories, logLevel: 'error', output: 'json', disableFullPageScreenshot: true, extraHeaders: cookie === '-' ? {} : { Cookie: cookie },
    });
    const scores = Object.fromEntries(onlyCategories.map((c) => [c, Math.round((lhr.categories[c].score ?? 0) * 100)]));
    const asked = new Set(onlyCategories.flatMap((c) => lhr.categories[c].auditRefs.filter((r) => r.weight > 0).map((r) => r.id)));
    const faults = Object.values(lhr.audits).filter((a) => asked.has(a.id) && a.score !== null && a.score < 0.9).map((a) => `${a.id} ${a.displayValue ?? ''}`.trim());
    console.log(JSON.stringify({ address, scores, faults }));
  }
} finally {
  await chrome.kill();
}
