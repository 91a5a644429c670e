/**
 * The gateway's own payment popup. Its script comes from the address that the server names, once, and only when somebody pays.
 * What its callbacks say is a reason to ask the server, nothing more.
 */
export interface SnapOptions {
  language: 'id' | 'en'
  onSuccess: () => void
  onPending: () => void
  onError: () => void
  onClose: () => void
}

interface Snap {
  pay: (token: string, options: SnapOptions) => void
  hide: () => void
}

declare global {
  interface Window {
    snap?: Snap
  }
}

const PATIENCE_MS = 20_000

let loading: Promise<Snap> | null = null

function load(address: string, clientKey: string): Promise<Snap> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    const fail = (reason: string) => {
      clearTimeout(timer)
      script.remove()
      reject(new Error(`the payment script ${reason}`))
    }
    const timer = setTimeout(() => fail('did not arrive in time'), PATIENCE_MS)
    script.src = address
    script.dataset.clientKey = clientKey
    script.addEventListener('error', () => fail('could not be fetched'))
    script.addEventListener('load', () => {
      clearTimeout(timer)
      if (window.snap) resolve(window.snap)
      else fail('defines no popup')
    })
    document.head.append(script)
  })
}

/** Loads the script, or gives the one that is here. After a failure the next call tries anew. */
export function loadSnap(address: string, clientKey: string): Promise<Snap> {
  loading ??= load(address, clientKey).catch((error: unknown) => {
    loading = null
    throw error
  })
  return loading
}

let isOpen = false

/** Opens the popup unless one is open. `closed` is called once, however it ended; with true when a way to pay was chosen and the money is awaited. */
export function openPopup(
  snap: Snap,
  token: string,
  language: 'id' | 'en',
  closed: (isAwaited: boolean) => void,
): void {
  if (isOpen) return
  isOpen = true
  const end = (isAwaited: boolean) => {
    if (!isOpen) return
    isOpen = false
    closed(isAwaited)
  }
  const over = () => end(false)
  try {
    snap.pay(token, { language, onSuccess: over, onPending: () => end(true), onError: over, onClose: over })
  } catch (error) {
    isOpen = false
    throw error
  }
}

/** Takes the popup away, as when its page is left. */
export function hidePopup(): void {
  if (!isOpen) return
  isOpen = false
  window.snap?.hide()
}
