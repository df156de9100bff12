// Requests to «evreg edit», which started this page.

const meta = () => document.querySelector('meta[name="evreg-token"]');
let token = meta().content;

/** What the server refused, with its four parts in two languages, or that it does not answer. */
export class Refused extends Error {
  constructor(status, told) {
    super(told?.found?.en ?? "refused");
    this.status = status;
    this.told = told;
  }
}

/**
 * Ask the server.
 * @param {string} name What for: start, check, save, discard.
 * @param {object} [body] What is sent; without it the request only reads.
 * @returns {Promise<object>} The answer.
 * @throws {Refused} When the server refuses (status 400 to 599) or does not answer (status 0).
 */
export async function ask(name, body) {
  let answer = await send(name, body);
  if (answer.status === 401) {
    // Started anew while this page was open: only the token differs, and what was typed is still here.
    await renewToken();
    answer = await send(name, body);
  }
  const data = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refused(answer.status, data);
  return data;
}

async function send(name, body) {
  const headers = { "X-EVReg-Token": token };
  const options = { headers, cache: "no-store", credentials: "omit", redirect: "error" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    Object.assign(options, { method: "POST", body: JSON.stringify(body) });
  }
  try {
    return await fetch(`api/${name}`, options);
  } catch {
    throw new Refused(0, null);
  }
}

async function renewToken() {
  const answer = await fetch("./", { cache: "no-store", credentials: "omit" }).catch(() => null);
  const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
  token = page.querySelector('meta[name="evreg-token"]')?.content ?? token;
}
