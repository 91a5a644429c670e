/** An upload that tells how far it is. `fetch` cannot, so this is the one place that uses XMLHttpRequest. */
import { NetworkFailure, problemFromBody } from '@/shared/api/problem'
import { renewSession } from '@/shared/api/session-renewal'
import { reportSessionEnded } from '@/shared/api/session-fetch'
import { currentLocale } from '@/shared/i18n'
import type { Attachment } from '@/shared/api/types'

interface Answer {
  status: number
  body: unknown
  retryAfter: string | null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A proxy's page: the status says enough.
    return null
  }
}

function send(address: string, file: File, onProgress: (share: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('Accept-Language', currentLocale())
    request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onProgress(loaded / total)
    })
    request.addEventListener('load', () => resolve({ status: request.status, body: parsed(request.responseText), retryAfter: request.getResponseHeader('retry-after') }))
    for (const failure of ['error', 'abort', 'timeout']) request.addEventListener(failure, () => reject(new NetworkFailure(`the upload met: ${failure}`)))
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}

const isStale = ({ status, body }: Answer) => status === 401 && typeof body === 'object' && body !== null && 'code' in body && body.code === 'unauthenticated'

async function renewed(): Promise<boolean> {
  const outcome = await renewSession().catch((error: unknown) => {
    throw new NetworkFailure('the session could not be renewed', { cause: error })
  })
  if (outcome === 'ended') reportSessionEnded()
  return outcome === 'renewed'
}

export async function upload(address: string, file: File, onProgress: (share: number) => void): Promise<Attachment> {
  let answer = await send(address, file, onProgress)
  if (isStale(answer) && (await renewed())) answer = await send(address, file, onProgress)
  if (answer.status !== 201) {
    const seconds = Number(answer.retryAfter)
    throw problemFromBody(answer.body, answer.status, answer.retryAfter && Number.isFinite(seconds) ? seconds : null)
  }
  const [attachment] = (answer.body as { items: Attachment[] }).items
  if (!attachment) throw problemFromBody(null, answer.status)
  return attachment
}
