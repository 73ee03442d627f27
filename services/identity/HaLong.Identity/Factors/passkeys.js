"use strict";
// Passkeys: the only script of these pages. Without it everything else works; the button simply stays hidden.
(() => {
  if (!window.PublicKeyCredential) return;

  const toBytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const toText = buffer => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const descriptors = list => (list || []).map(d => ({ ...d, id: toBytes(d.id) }));

  const readOptions = json => {
    const options = JSON.parse(json);
    options.challenge = toBytes(options.challenge);
    if (options.user) options.user.id = toBytes(options.user.id);
    options.excludeCredentials = descriptors(options.excludeCredentials);
    options.allowCredentials = descriptors(options.allowCredentials);
    return options;
  };

  const writeCredential = credential => {
    const r = credential.response;
    const response = { clientDataJSON: toText(r.clientDataJSON) };
    if (r.attestationObject) {
      response.attestationObject = toText(r.attestationObject);
      response.transports = r.getTransports ? r.getTransports() : [];
    } else {
      response.authenticatorData = toText(r.authenticatorData);
      response.signature = toText(r.signature);
      response.userHandle = toText(r.userHandle) || null;
    }
    return JSON.stringify({
      id: credential.id, rawId: toText(credential.rawId), type: credential.type, response,
      authenticatorAttachment: credential.authenticatorAttachment || null,
      clientExtensionResults: credential.getClientExtensionResults()
    });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = form.querySelector("button");
    const failed = form.querySelector("[role=alert]");
    let waiting = null;

    const ask = async mediation => {
      if (waiting) waiting.abort();
      const mine = waiting = new AbortController();
      failed.hidden = true;
      try {
        const request = { publicKey: readOptions(form.dataset.options), signal: mine.signal };
        if (mediation) request.mediation = mediation;
        const credential = form.dataset.passkey === "create"
          ? await navigator.credentials.create(request)
          : await navigator.credentials.get(request);
        form.elements.credential.value = writeCredential(credential);
        form.submit();
      } catch (error) {
        if (mediation || error.name === "AbortError") return;
        failed.hidden = false;
        button.focus();
      }
    };

    button.hidden = false;
    button.addEventListener("click", () => {
      if (form.reportValidity()) ask();
    });
    if (form.dataset.autofill && PublicKeyCredential.isConditionalMediationAvailable) {
      PublicKeyCredential.isConditionalMediationAvailable().then(can => can && ask("conditional"));
    }
  }
})();
