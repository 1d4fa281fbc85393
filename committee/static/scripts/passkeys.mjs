// Forms that ask the browser for a passkey and send what it signed. The page holds the question, so
// nothing is fetched; where the browser has no passkeys, the form stays hidden.

const REFUSED = "No passkey was used. Try again, or go on in another way.";

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function described(credential) {
  return { ...credential, id: bytes(credential.id) };
}

async function added(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: (options.excludeCredentials ?? []).map(described),
    },
  });
  return {
    attestationObject: text(made.response.attestationObject),
    ...common(made),
  };
}

async function used(options) {
  const found = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: (options.allowCredentials ?? []).map(described),
    },
  });
  const { authenticatorData, signature, userHandle } = found.response;
  return {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
    ...common(found),
  };
}

function common(credential) {
  return {
    clientDataJSON: text(credential.response.clientDataJSON),
    about: { id: credential.id, rawId: text(credential.rawId), type: credential.type },
  };
}

async function answer(form) {
  const options = JSON.parse(form.dataset.options);
  const { about, ...response } =
    form.dataset.passkey === "add" ? await added(options) : await used(options);
  return JSON.stringify({ ...about, response, clientExtensionResults: {} });
}

export function enhance(form) {
  if (!window.PublicKeyCredential) return;
  form.hidden = false;
  for (const missing of document.querySelectorAll("[data-passkey-missing]")) missing.hidden = true;
  const told = form.querySelector("[data-passkey-told]");
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    // Without a name the passkey cannot be kept, so none is made: the answer says what is missing.
    if (form.elements.name?.value?.trim() === "") return;
    event.preventDefault();
    told.textContent = "";
    button.disabled = true;
    try {
      form.elements.credential.value = await answer(form);
      form.submit();
    } catch {
      told.textContent = REFUSED;
      button.disabled = false;
      button.focus();
    }
  });
}
