/**
 * Passkeys: forms marked `data-passkey` are filled in by the browser's authenticators and then sent as any other. Without support for them
 * the forms stay hidden, and the page says what else there is.
 *
 * The question comes from the API, its answer goes into the field `passkey`. Nothing is kept here.
 */
import { fresh } from "./page";

/** Where each kind of form gets its question. */
const QUESTIONS: Record<string, string> = {
  add: "/api/auth/passkeys/options",
  "sign-in": "/api/auth/passkeys/sign-in/options",
  "step-up": "/api/auth/step-up/options",
};
/** A question is good for five minutes; one that waits in the field of the user name is asked anew before. */
const RENEWED_MS = 4 * 60_000;

interface Descriptor {
  type: "public-key";
  id: string;
  transports: AuthenticatorTransport[];
}
interface ToMake {
  rp: { id: string; name: string };
  user: { id: string; name: string; displayName: string };
  challenge: string;
  pubKeyCredParams: PublicKeyCredentialParameters[];
  excludeCredentials: Descriptor[];
  authenticatorSelection: AuthenticatorSelectionCriteria;
  attestation: AttestationConveyancePreference;
  timeout: number;
}
interface ToUse {
  challenge: string;
  rpId: string;
  allowCredentials: Descriptor[];
  userVerification: UserVerificationRequirement;
  timeout: number;
}

/** The question that waits in the field of the user name; another one ends it. */
let waiting: AbortController | undefined;

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function words(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const named = ({ type, id, transports }: Descriptor): PublicKeyCredentialDescriptor => ({ type, id: bytes(id), transports });

/** Asks the server; goes to prove anew who one is where that is asked for first. */
async function question<T>(ask: string): Promise<T | undefined> {
  const answer = await fetch(QUESTIONS[ask] ?? "", { method: "POST" });
  if (answer.ok) return (await answer.json()) as T;
  const problem = (await answer.json().catch(() => ({}))) as { code?: string };
  if (problem.code === "step_up_required") location.assign(`/login/confirm?next=${encodeURIComponent(location.pathname)}`);
  else if (answer.status === 401) location.reload();
  else throw new Error(problem.code ?? String(answer.status));
  return undefined;
}

async function made(): Promise<string | undefined> {
  const asked = await question<ToMake>("add");
  if (!asked) return undefined;
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: asked.excludeCredentials.map(named),
  };
  const credential = await navigator.credentials.create({ publicKey });
  if (!(credential instanceof PublicKeyCredential) || !(credential.response instanceof AuthenticatorAttestationResponse)) return undefined;
  const { clientDataJSON, attestationObject } = credential.response;
  const response = { clientDataJSON: words(clientDataJSON), attestationObject: words(attestationObject), transports: credential.response.getTransports?.() ?? [] };
  return JSON.stringify({ id: credential.id, type: credential.type, response });
}

async function used(ask: string, mediation?: CredentialMediationRequirement): Promise<string | undefined> {
  const asked = await question<ToUse>(ask);
  if (!asked) return undefined;
  waiting?.abort();
  waiting = new AbortController();
  const publicKey: PublicKeyCredentialRequestOptions = {
    ...asked,
    challenge: bytes(asked.challenge),
    allowCredentials: asked.allowCredentials.map(named),
  };
  const credential = await navigator.credentials.get({ publicKey, signal: waiting.signal, ...(mediation ? { mediation } : {}) });
  if (!(credential instanceof PublicKeyCredential) || !(credential.response instanceof AuthenticatorAssertionResponse)) return undefined;
  const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response;
  const response = {
    clientDataJSON: words(clientDataJSON),
    authenticatorData: words(authenticatorData),
    signature: words(signature),
    userHandle: userHandle && words(userHandle),
  };
  return JSON.stringify({ id: credential.id, type: credential.type, response });
}

function send(form: HTMLFormElement, answer: string | undefined): void {
  const field = form.querySelector<HTMLInputElement>('input[name="passkey"]');
  if (answer === undefined || !field) return;
  field.value = answer;
  form.submit();
}

/** Offers passkeys among what the browser fills into the field of the user name, where it can. */
async function offer(form: HTMLFormElement): Promise<void> {
  if (!document.querySelector('input[autocomplete~="webauthn"]')) return;
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  const wait = (): void => {
    if (document.hidden || form.querySelector('[aria-busy="true"]')) return;
    // Whoever turns it down, or chooses the button instead, has the form.
    void used("sign-in", "conditional").then(
      (answer) => send(form, answer),
      () => undefined,
    );
  };
  wait();
  window.setInterval(wait, RENEWED_MS);
}

export function startPasskeys(root: ParentNode): void {
  if (!("PublicKeyCredential" in window)) return;
  for (const words of root.querySelectorAll<HTMLElement>("[data-passkey-unable]")) words.hidden = true;
  for (const form of fresh<HTMLFormElement>(root, "form[data-passkey]", "passkey")) {
    const ask = form.dataset["passkey"] ?? "";
    const button = form.querySelector<HTMLButtonElement>("button");
    const failed = form.querySelector<HTMLElement>("[data-passkey-failed]");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (button?.getAttribute("aria-busy") === "true") return;
      button?.setAttribute("aria-busy", "true");
      if (failed) failed.hidden = true;
      (ask === "add" ? made() : used(ask))
        .then((answer) => send(form, answer))
        .catch(() => {
          if (failed) failed.hidden = false;
        })
        .finally(() => button?.removeAttribute("aria-busy"));
    });
    if (ask === "sign-in") void offer(form);
  }
}
