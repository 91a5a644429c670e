// The payment page: loads the transaction, shows the step it is at, and tells whoever opened it how it ended.

import * as api from './api.js';
import { cardForm } from './card.js';
import { announce, el } from './dom.js';
import * as host from './host.js';
import { instructions } from './instructions.js';
import { methodList, offered } from './methods.js';
import { apology, ending, panel, stepHead, summary } from './sheet.js';
import { t } from './texts.js';

const LOOK_EVERY_MS = 3000;
const sheet = document.getElementById('sheet');

let view = null;
// What the sheet shows: `list`, `card` (its form), `charge` (what to pay to) or `end`.
let place = 'list';
let isBusy = false;
let hasLeft = false;
// Only an ending that happened before the customer's eyes closes by itself.
let sawItUnpaid = false;

async function start() {
  await refresh();
  if (view?.state !== 'open') return;
  const methods = offered(view);
  const wanted = methods.includes(host.wishes.method) ? host.wishes.method : methods.length === 1 && methods[0];
  if (wanted) await choose(wanted);
}

async function refresh() {
  try {
    show(await api.load());
  } catch (error) {
    const isUnknown = error.status === 404;
    const again = isUnknown ? null : refresh;
    draw([apology(isUnknown ? t.unknown : t.offline, { again, leave: host.isFramed ? leave : null })]);
  }
}

// Takes the newest state. The customer stays where they are unless it moved, or they asked to be elsewhere.
function show(next, wanted = null) {
  const hasMoved = view?.state !== next.state;
  view = next;
  if (isUnpaid()) sawItUnpaid = true;
  if (!isUnpaid() && (hasMoved || wanted)) place = 'end';
  else if (wanted || hasMoved) place = wanted ?? usualPlace();
  render();
}

function isUnpaid() {
  return view.state === 'open' || view.state === 'pending';
}

function usualPlace() {
  if (!view.charge) return 'list';
  return view.charge.method === 'credit_card' ? 'card' : 'charge';
}

function render() {
  const head = summary(view, { isOver: place === 'end', close: leave, onTimeUp: refresh });
  if (place === 'end') draw([head, end()]);
  else if (place === 'list') draw([head, methodList(view, choose)]);
  else draw([head, step(), panel(decide)]);
}

function step() {
  const back = offered(view).length > 1 ? toList : null;
  if (place === 'card') {
    const pay = (card) => act(() => api.charge('credit_card', card));
    return el('section', { class: 'step' }, stepHead(t.payWith(t.names.credit_card.toLowerCase()), back), cardForm(view, pay));
  }
  const { title, content } = instructions(view);
  return el('section', { class: 'step' }, stepHead(title, back), content);
}

function end() {
  const canLeave = host.isFramed || Boolean(view.finishUrl);
  const closesItself = sawItUnpaid && canLeave && view.state === 'paid';
  return ending(view, {
    again: view.canChoose ? toList : null,
    leave: canLeave ? leave : null,
    closing: closesItself ? closeSoon() : null,
  });
}

function closeSoon() {
  let seconds = host.wishes.closeAfterSeconds;
  const note = el('p', { class: 'before' }, t.autoBack(seconds));
  const counting = setInterval(() => {
    seconds -= 1;
    if (!note.isConnected) clearInterval(counting);
    else if (seconds > 0) note.textContent = t.autoBack(seconds);
    else {
      clearInterval(counting);
      leave();
    }
  }, 1000);
  return note;
}

function draw(parts) {
  sheet.replaceChildren(...parts);
  sheet.removeAttribute('aria-busy');
  window.scrollTo(0, 0);
  sheet.querySelector('h1')?.focus({ preventScroll: true });
  host.tellReady();
}

function toList() {
  place = 'list';
  render();
}

function choose(method) {
  if (method !== 'credit_card') return act(() => api.charge(method), 'charge');
  place = 'card';
  return render();
}

function decide(outcome) {
  return act(() => api.decide(outcome, place === 'card' ? 'credit_card' : undefined));
}

// One request at a time; what it changed is shown, and so is what it could not.
async function act(request, next = place) {
  if (isBusy) return;
  isBusy = true;
  sheet.setAttribute('aria-busy', 'true');
  try {
    show(await request(), next);
  } catch (error) {
    await recover(error);
  } finally {
    isBusy = false;
    sheet.removeAttribute('aria-busy');
  }
}

async function recover(error) {
  const hasChanged = error.status === 412;
  if (hasChanged) await refresh();
  sheet.querySelector('.complaint')?.remove();
  const text = hasChanged ? t.changed : t.failed;
  sheet.querySelector('.step')?.prepend(el('p', { class: 'complaint', role: 'alert' }, text));
}

// A payment can be made elsewhere: by scanning the code, or by a test.
async function look() {
  if (!view || isBusy || document.hidden || !isUnpaid()) return;
  const next = await api.load().catch(() => null);
  if (!next || isBusy || next.state === view.state) return;
  show(next);
  if (t.ends[view.state]) announce(t.ends[view.state][0]);
}

function leave() {
  if (hasLeft) return;
  if (host.isFramed) {
    hasLeft = true;
    host.tellEnd(view);
  } else if (view?.finishUrl) {
    hasLeft = true;
    location.assign(view.finishUrl);
  } else {
    draw([el('section', { class: 'step end' }, el('h1', { tabindex: '-1' }, t.mayClose))]);
  }
}

host.onCloseAsked(leave);
setInterval(look, LOOK_EVERY_MS);
await start();
