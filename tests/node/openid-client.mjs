// Walks through everything a front end and a partner do at the token server, with an independent, certified OpenID Connect client library.
//   node openid-client.mjs <settings.json>
// settings: issuer, userName, password, redirectUri, postLogoutRedirectUri, partner { id, secret, scope, key? (private JWK) }
import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as client from 'openid-client';

if (process.argv.length !== 3) {
  console.error('usage: node openid-client.mjs <settings.json>');
  process.exit(2);
}

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const issuer = new URL(settings.issuer);
const scope = 'openid profile email offline_access halong.api';
// Only a development machine speaks plain http.
const options = issuer.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {};

const check = (holds, what) => {
  if (!holds) throw new Error(what);
};
const step = async (name, work) => {
  try {
    const result = await work();
    console.log(`ok  ${name}`);
    return result;
  } catch (error) {
    console.error(`FAILED  ${name}: ${error.message} ${error.error ?? ''} ${error.error_description ?? ''} ${error.cause ? JSON.stringify(error.cause) : ''}`);
    process.exit(1);
  }
};
const refused = async (work, ...errors) => {
  try {
    await work();
  } catch (error) {
    // Some refusals come as a challenge in a header.
    const code = error.error ?? (Array.isArray(error.cause) ? error.cause[0]?.parameters?.error : undefined);
    check(errors.includes(code), `refused with ${code ?? error.message} instead of ${errors.join(' or ')}`);
    return;
  }
  throw new Error('was not refused');
};

/** A browser: one cookie jar, redirects followed until they leave for the client, the sign-in form filled in as it stands there. */
class Browser {
  #cookies = new Map();

  async visit(url, body) {
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      body,
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (/expires=Thu, 01 Jan 1970/i.test(cookie) || value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }

  async walk(start, target) {
    let url = new URL(start);
    for (let hop = 0; hop < 12; hop++) {
      let response = await this.visit(url);
      if (!response.headers.get('location')) {
        const html = await response.text();
        check(response.status === 200, `${url.pathname} answered ${response.status}: ${html.slice(0, 300)}`);
        const [action, form] = Browser.fill(html);
        url = new URL(action, url);
        response = await this.visit(url, form);
        check(response.headers.get('location'), `the form at ${url.pathname} was answered with ${response.status}`);
      }
      url = new URL(response.headers.get('location'), url);
      if (url.href.startsWith(target)) return url;
    }
    throw new Error('redirected in a circle');
  }

  static fill(html) {
    const decode = (text) => text.replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16))).replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    const form = /<form[^>]*method="post"[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/i.exec(html);
    check(form, 'there is no form on the page');
    const fields = new URLSearchParams();
    for (const [input] of form[2].matchAll(/<input[^>]*>/g)) {
      const name = /name="([^"]+)"/.exec(input)?.[1];
      if (name) fields.set(name, decode(/value="([^"]*)"/.exec(input)?.[1] ?? ''));
    }
    if (fields.has('userName')) fields.set('userName', settings.userName);
    if (fields.has('password')) fields.set('password', settings.password);
    return [decode(form[1]), fields];
  }
}

const browser = new Browser();

/** Authorization code with PKCE, plain or pushed first. */
const signIn = async (config, { pushed = false, extra = {}, verifier } = {}) => {
  const codeVerifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const parameters = {
    redirect_uri: settings.redirectUri,
    scope,
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...extra,
  };
  const url = pushed ? await client.buildAuthorizationUrlWithPAR(config, parameters) : client.buildAuthorizationUrl(config, parameters);
  if (pushed) check(!url.searchParams.has('redirect_uri') && url.searchParams.get('request_uri'), 'the browser carries more than the handle');
  const callback = await browser.walk(url, settings.redirectUri);
  return client.authorizationCodeGrant(config, callback, { pkceCodeVerifier: verifier ?? codeVerifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true });
};

const api = async (token) => (await fetch(new URL('/api/v1/me', issuer), { headers: { authorization: `Bearer ${token}` } })).status;
const soon = async (probe, what) => {
  const deadline = Date.now() + 5000;
  while (Date.now() < deadline) {
    if (await probe()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not within five seconds: ${what}`);
};

const config = await step('discovery', async () => {
  const found = await client.discovery(issuer, 'web', undefined, client.None(), options);
  const metadata = found.serverMetadata();
  check(metadata.issuer === issuer.href, `issuer ${metadata.issuer}`);
  check(metadata.code_challenge_methods_supported.join() === 'S256', 'PKCE is not S256 alone');
  check(metadata.pushed_authorization_request_endpoint, 'no endpoint for pushed requests');
  check(metadata.backchannel_logout_supported && metadata.backchannel_logout_session_supported, 'no back-channel logout');
  check(metadata.token_endpoint_auth_methods_supported.includes('private_key_jwt'), 'no private_key_jwt');
  check(metadata.authorization_response_iss_parameter_supported, 'the issuer is not in the answer');
  return found;
});

let tokens = await step('authorization code with PKCE, the sign-in page filled in', () => signIn(config));
await step('id token', () => {
  const claims = tokens.claims();
  check(claims.aud === 'web' && claims.iss === issuer.href, 'audience or issuer');
  check(claims.sid && claims.auth_time && claims.acr && claims.amr?.length > 0, 'sid, auth_time, acr or amr is missing');
});
await step('user info', async () => {
  const info = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
  check(info.name && info.preferred_username === settings.userName && info.email, 'name, user name or e-mail is missing');
});
await step('the access token opens the API', async () => check((await api(tokens.access_token)) === 200, 'the API refused it'));
await step('refresh, with a new refresh token each time', async () => {
  for (let i = 0; i < 2; i++) {
    const next = await client.refreshTokenGrant(config, tokens.refresh_token);
    check(next.refresh_token && next.refresh_token !== tokens.refresh_token, 'the refresh token is the old one');
    check(next.claims()?.sub === tokens.claims().sub, 'somebody else');
    tokens = next;
  }
  check((await api(tokens.access_token)) === 200, 'the API refused the new token');
});
await step('a pushed request, signed in already', async () => {
  const second = await signIn(config, { pushed: true });
  check(second.claims().sub === tokens.claims().sub && second.claims().sid === tokens.claims().sid, 'another person or session');
});
await step('a wrong verifier is refused', () => refused(() => signIn(config, { verifier: client.randomPKCECodeVerifier() }), 'invalid_grant'));

await step('revoking the refresh token ends the session everywhere', async () => {
  await client.tokenRevocation(config, tokens.refresh_token, { token_type_hint: 'refresh_token' });
  await refused(() => client.refreshTokenGrant(config, tokens.refresh_token), 'invalid_grant');
  await soon(async () => (await api(tokens.access_token)) === 401, 'the access token is refused by the API');
});

tokens = await step('signing in again', () => signIn(config));
await step('sign-out', async () => {
  const url = client.buildEndSessionUrl(config, { post_logout_redirect_uri: settings.postLogoutRedirectUri, id_token_hint: tokens.id_token, state: 'bye' });
  const back = await browser.walk(url, settings.postLogoutRedirectUri);
  check(back.searchParams.get('state') === 'bye', 'the state did not come back');
  await soon(async () => (await api(tokens.access_token)) === 401, 'the access token is refused by the API');
  await refused(() => client.refreshTokenGrant(config, tokens.refresh_token), 'invalid_grant');
  await refused(() => signIn(config, { extra: { prompt: 'none' } }), 'login_required');
});

const { partner } = settings;
for (const [name, method] of [['in the body', client.ClientSecretPost], ['in the header', client.ClientSecretBasic]]) {
  await step(`client credentials with a secret ${name}`, async () => {
    const own = await client.discovery(issuer, partner.id, undefined, method(partner.secret), options);
    const answer = await client.clientCredentialsGrant(own, { scope: partner.scope });
    check(answer.access_token && answer.scope?.includes(partner.scope) !== false && !answer.refresh_token, 'no token, or too much');
    await client.tokenRevocation(own, answer.access_token);
  });
}
await step('a wrong secret is refused', async () => {
  const own = await client.discovery(issuer, partner.id, undefined, client.ClientSecretPost('wrong'), options);
  await refused(() => client.clientCredentialsGrant(own, { scope: partner.scope }), 'invalid_client');
});
if (partner.key) {
  const key = await webcrypto.subtle.importKey('jwk', partner.key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const proven = (modify) => client.discovery(issuer, partner.id, undefined,
    client.PrivateKeyJwt({ key, kid: partner.key.kid }, modify && { [client.modifyAssertion]: modify }), options);
  await step('client credentials with private_key_jwt', async () => {
    const own = await proven();
    check((await client.clientCredentialsGrant(own, { scope: partner.scope })).access_token, 'no token');
    check((await client.clientCredentialsGrant(own, { scope: partner.scope })).access_token, 'no second token');
  });
  await step('a proof used twice, and one for somebody else, are refused', async () => {
    const twice = await proven((_, payload) => { payload.jti = 'the-same-' + partner.key.kid; });
    await client.clientCredentialsGrant(twice, { scope: partner.scope });
    await refused(() => client.clientCredentialsGrant(twice, { scope: partner.scope }), 'invalid_client');
    const elsewhere = await proven((_, payload) => { payload.aud = 'https://elsewhere.example/'; });
    await refused(() => client.clientCredentialsGrant(elsewhere, { scope: partner.scope }), 'invalid_client', 'invalid_token', 'invalid_grant');
  });
}
console.log('done');
