// A server whose next release can be made to come: it passes on what the real one says, until the files have other contents.

import { createServer, request, type Server as Front } from 'node:http'
import type { AddressInfo } from 'node:net'

export class Release {
  private isNext = false

  private constructor(
    private readonly front: Front,
    readonly url: string,
  ) {}

  static async before(server: string): Promise<Release> {
    const { hostname, port } = new URL(server)
    const front = createServer((asked, answer) => {
      const path = asked.url ?? '/'
      // A release has its files under other names.
      if (release.isNext && path.startsWith('/assets/')) return void answer.writeHead(404).end()
      const wanted: Record<string, string | string[] | undefined> = { ...asked.headers, host: `${hostname}:${port}`, 'accept-encoding': 'identity' }
      // It would be told that nothing has changed.
      delete wanted['if-none-match']
      const passed = request({ hostname, port, path, method: asked.method, headers: wanted }, (said) => {
        const isWorker = release.isNext && path === '/sw.js'
        const headers = { ...said.headers }
        if (isWorker) delete headers['content-length']
        answer.writeHead(said.statusCode ?? 502, headers)
        said.on('end', () => answer.end(isWorker ? '\n// the next release' : '')).pipe(answer, { end: false })
      })
      passed.on('error', () => answer.destroy())
      asked.pipe(passed)
    })
    await new Promise<void>((open) => front.listen(0, 'localhost', open))
    const release = new Release(front, `http://localhost:${(front.address() as AddressInfo).port}`)
    return release
  }

  /** From now on the files of before are gone, and the service worker is another one. */
  comeOut(): void {
    this.isNext = true
  }

  async close(): Promise<void> {
    this.front.closeAllConnections()
    await new Promise((done) => this.front.close(done))
  }
}
