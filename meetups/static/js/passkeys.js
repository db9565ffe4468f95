// Passkeys: the buttons stand hidden in the page and appear where the browser knows how.

const token = document.querySelector("[name=csrf_token]")?.value ?? "";
const able = window.PublicKeyCredential?.parseCreationOptionsFromJSON
  && window.PublicKeyCredential.prototype.toJSON;

async function ask(path, sent) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
    body: JSON.stringify(sent),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail);
  return said;
}

async function enroll(part) {
  const options = await ask("/passkeys/enroll/options", {});
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  return ask("/passkeys/enroll", { credential: credential.toJSON(), name: part.querySelector("input").value });
}

async function signIn(part) {
  const options = await ask("/passkeys/sign-in/options", {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  return ask("/passkeys/sign-in", { credential: credential.toJSON(), next: part.dataset.next });
}

async function press(part, deed) {
  const status = part.querySelector("[role=status]");
  const button = part.querySelector("button");
  button.disabled = true;
  status.textContent = "Asking this device …";
  try {
    const { next } = await deed(part);
    const here = location.pathname;
    location.assign(next);
    if (new URL(next, location.href).pathname === here) location.reload();
  } catch (wrong) {
    const ours = wrong instanceof Error && !(wrong instanceof DOMException) && wrong.name === "Error";
    status.textContent = ours ? wrong.message
      : wrong.name === "InvalidStateError" ? "This device has a passkey here already."
      : "Nothing happened: the device said no, or the question was closed. Try again, or use a link by mail.";
  } finally {
    button.disabled = false;
  }
}

for (const part of able ? document.querySelectorAll("[data-passkey]") : []) {
  const deed = part.dataset.passkey === "enroll" ? enroll : signIn;
  part.hidden = false;
  part.querySelector("button").addEventListener("click", () => press(part, deed));
}
