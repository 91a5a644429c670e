// The page's conversation with the gateway. Knowing the token is the permission, so no cookie is sent.

const token = location.pathname.split('/').filter(Boolean).pop();
const base = new URL(`../../v1/transactions/${encodeURIComponent(token)}/`, location.href);

export const qrUrl = new URL('qr.svg', base).href;

export class Refused extends Error {
  constructor(status, messages) {
    super(messages[0] ?? `HTTP ${status}`);
    this.status = status;
    this.messages = messages;
  }
}

async function ask(path, body) {
  const options = { credentials: 'omit', cache: 'no-store' };
  if (body) {
    options.method = 'POST';
    options.headers = { 'Content-Type': 'application/json' };
    options.body = JSON.stringify(body);
  }
  const response = await fetch(new URL(path, base), options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer.error_messages ?? []);
  return answer;
}

export const load = () => ask('page');
export const charge = (method, card) => ask('charge', { method, card });
export const decide = (outcome, method) => ask('outcome', { outcome, method });
