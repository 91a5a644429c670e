/** Writes `.br` and `.gz` beside what a browser may get packed, as small as they can be made: the server only picks (server/src/web/files.rs). */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const PACKED = /\.(js|css|svg|txt|webmanifest)$/
/** Below this the headers weigh more. */
const LEAST_BYTES = 400

export function compressed(): Plugin {
  let folder = ''
  return {
    name: 'hellopet:compressed',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir)
    },
    closeBundle: {
      // The service worker is written by then.
      order: 'post',
      sequential: true,
      handler() {
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          const path = join(folder, name)
          if (!PACKED.test(name) || statSync(path).size < LEAST_BYTES) continue
          const plain = readFileSync(path)
          writeFileSync(
            `${path}.br`,
            brotliCompressSync(plain, {
              params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
            }),
          )
          writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }))
        }
      },
    },
  }
}
