// The page that opened this one: a merchant's page around the frame, or nobody where the customer was redirected here.

const query = new URLSearchParams(location.search);
const SOURCE = 'midtrans-stand-in';

// snap.js names the origin it runs on; messages go to it alone and are taken from it alone.
const origin = query.get('origin');
export const isFramed = window.parent !== window && Boolean(origin);

export const wishes = {
  method: query.get('method'),
  methods: query.get('methods')?.split(',') ?? null,
  closeAfterSeconds: Number(query.get('closeAfter')) || 3,
};

function tell(message) {
  if (isFramed) window.parent.postMessage({ source: SOURCE, ...message }, origin);
}

export function tellReady() {
  tell({ type: 'ready' });
}

// Snap's rule: 200 is success, 201 pending, anything else an error; without a choice the page was merely closed.
export function tellEnd(view) {
  tell({ type: 'end', ...ending(view) });
}

function ending(view) {
  if (!view) return failure('404', 'token not found');
  if (view.result) {
    const callback = { 200: 'onSuccess', 201: 'onPending' }[view.result.status_code] ?? 'onError';
    return { callback, result: view.result };
  }
  return view.state === 'open' ? { callback: 'onClose' } : failure('407', 'Transaction page is no longer open');
}

function failure(code, message) {
  return { callback: 'onError', result: { status_code: code, status_message: [message] } };
}

// The merchant's page asks to leave, for example because Escape was pressed outside the frame.
export function onCloseAsked(close) {
  window.addEventListener('message', (event) => {
    const isOurs = isFramed && event.source === window.parent && event.origin === origin;
    if (isOurs && event.data?.source === SOURCE && event.data.type === 'close') close();
  });
  window.addEventListener('keydown', (event) => {
    if (isFramed && event.key === 'Escape' && !event.defaultPrevented) close();
  });
}
