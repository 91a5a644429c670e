// window.snap, as the real gateway's script defines it: pay, embed, show, hide.
//
// The payment page runs in a frame. Nothing is styled by markup or inline attributes, only through the CSSOM, so the
// merchant's Content-Security-Policy needs no exception for it beyond the frame itself.

(() => {
  'use strict';

  const CLIENT_KEY = "{{client_key}}";
  const SOURCE = 'midtrans-stand-in';
  const script = document.currentScript ?? document.querySelector('script[data-client-key]');
  const base = new URL('./', script.src);

  const WORDS = {
    id: { name: 'Pembayaran', loading: 'Memuat pembayaran…', close: 'Tutup' },
    en: { name: 'Payment', loading: 'Loading the payment…', close: 'Close' },
  };
  const STYLE = `
    html:has(dialog.snap-stand-in[open]) { overflow: hidden; }
    dialog.snap-stand-in {
      position: fixed; inset: 0; margin: auto; padding: 0; border: 0; overflow: hidden; box-sizing: border-box;
      inline-size: 100%; block-size: 100%; max-inline-size: none; max-block-size: none; background: #fff9f2; color: #17322f;
    }
    dialog.snap-stand-in::backdrop { background: rgb(12 26 24 / 60%); }
    dialog.snap-stand-in iframe, .snap-stand-in-embedded {
      display: block; inline-size: 100%; block-size: 100%; border: 0;
    }
    .snap-stand-in-embedded { min-block-size: 640px; }
    dialog.snap-stand-in > div {
      position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 16px;
      background: inherit; font: 500 15px/24px "Plus Jakarta Sans", system-ui, sans-serif;
    }
    dialog.snap-stand-in > div[hidden] { display: none; }
    dialog.snap-stand-in button {
      min-block-size: 48px; padding: 0 24px; border: 1px solid #958b7b; border-radius: 14px;
      background: transparent; color: inherit; font: inherit; cursor: pointer;
    }
    dialog.snap-stand-in button:focus-visible { outline: 3px solid currentcolor; outline-offset: 3px; }
    @media (min-width: 600px) {
      dialog.snap-stand-in {
        inline-size: 440px; block-size: min(780px, 100% - 48px); border-radius: 28px;
        box-shadow: 0 24px 48px -12px rgb(23 50 47 / 28%);
      }
    }
    @media (prefers-color-scheme: dark) {
      dialog.snap-stand-in { background: #0c1a18; color: #f7f0e7; }
      dialog.snap-stand-in button { border-color: #6f8a84; }
    }`;

  let style = null;
  // The open popup: its dialog, its frame once there is one, and what the merchant wants to hear.
  let popup = null;

  function applyStyle() {
    if (style) return;
    style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
  }

  function make(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  }

  function refused(options) {
    if (script.dataset.clientKey === CLIENT_KEY) return false;
    const message = 'data-client-key of snap.js is missing or is not the client key of this gateway';
    options.onError?.({ status_code: '401', status_message: [message] });
    return true;
  }

  function pageUrl(token, options) {
    const url = new URL(`v4/redirection/${encodeURIComponent(token)}`, base);
    url.searchParams.set('origin', location.origin);
    const wishes = {
      language: options.language,
      closeAfter: options.autoCloseDelay,
      method: options.selectedPaymentType,
      methods: options.enabledPayments?.join(','),
    };
    for (const [name, value] of Object.entries(wishes)) if (value) url.searchParams.set(name, value);
    return url.href;
  }

  // Listens to one frame: messages from its window and its origin, and nothing else.
  function listen(frame, { ready, end }) {
    const hear = (event) => {
      if (event.source !== frame.contentWindow || event.origin !== base.origin || event.data?.source !== SOURCE) return;
      if (event.data.type === 'ready') ready();
      if (event.data.type === 'end') end(event.data);
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }

  function tell(options, { callback, result }) {
    if (callback === 'onClose') options.onClose?.();
    else options[callback]?.(result);
  }

  function openDialog(language) {
    applyStyle();
    const words = WORDS[language] ?? WORDS.id;
    const dialog = make('dialog', { className: 'snap-stand-in', ariaLabel: words.name });
    const wait = make('div', {});
    const close = make('button', { type: 'button', textContent: words.close });
    wait.append(make('p', { textContent: words.loading }), close);
    dialog.append(wait);
    document.body.append(dialog);
    popup = { dialog, wait, words, frame: null, options: {}, stop() {}, returnTo: document.activeElement };
    close.addEventListener('click', () => finish({ callback: 'onClose' }));
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault();
      askToClose();
    });
    // A browser may insist on closing when Escape is pressed twice. The event also comes, late, for a dialog that we
    // closed ourselves, when the next one may already be open.
    dialog.addEventListener('close', () => {
      if (popup?.dialog === dialog) finish({ callback: 'onClose' });
    });
    dialog.showModal();
  }

  // The page knows whether something was chosen, so it decides how this ends; before it is there, nothing was.
  function askToClose() {
    if (!popup.wait.hidden) return finish({ callback: 'onClose' });
    popup.frame.contentWindow.postMessage({ source: SOURCE, type: 'close' }, base.origin);
  }

  function finish(ending) {
    if (!popup) return;
    const { dialog, options, stop, returnTo } = popup;
    popup = null;
    stop();
    dialog.close();
    dialog.remove();
    returnTo?.focus?.();
    tell(options, ending);
  }

  function pay(token, options = {}) {
    if (refused(options)) return;
    // The real script throws here too: a page that pays twice at once has a bug that should be seen.
    if (popup?.frame) throw new Error('snap.pay: a payment is already open');
    if (!popup) openDialog(options.language);
    const frame = make('iframe', { title: popup.words.name, allow: 'clipboard-write' });
    popup.options = options;
    popup.frame = frame;
    popup.stop = listen(frame, {
      ready() {
        if (popup.wait.hidden) return;
        popup.wait.hidden = true;
        frame.focus();
      },
      end: finish,
    });
    frame.src = pageUrl(token, options);
    popup.dialog.prepend(frame);
  }

  function embed(token, options = {}) {
    if (refused(options)) return;
    const place = document.getElementById(options.embedId);
    if (!place) throw new Error(`snap.embed: there is no element with the id ${options.embedId}`);
    applyStyle();
    const words = WORDS[options.language] ?? WORDS.id;
    const frame = make('iframe', { className: 'snap-stand-in-embedded', title: words.name, allow: 'clipboard-write' });
    const stop = listen(frame, {
      ready() {},
      end(ending) {
        stop();
        frame.remove();
        tell(options, ending);
      },
    });
    frame.src = pageUrl(token, options);
    place.replaceChildren(frame);
  }

  // Shows that something is coming, before the merchant has its token.
  function show() {
    if (!popup) openDialog(document.documentElement.lang);
  }

  // Takes the popup away without a word.
  function hide() {
    if (!popup) return;
    popup.options = {};
    finish({ callback: 'onClose' });
  }

  window.snap = Object.freeze({ pay, embed, show, hide });
})();
