/** Compiles the texts at build, so that the compiler is not sent to anybody. All of them: without it a plain text is no message. */
import { baseCompile } from '@intlify/message-compiler'
import type { Plugin } from 'vite'

const FILE = /\/src\/locales\/(id|en)\/\w+\.json$/

type Tree = { [key: string]: unknown }

export function compiled(value: unknown): unknown {
  if (typeof value !== 'string')
    return Object.fromEntries(Object.entries(value as Tree).map(([key, inner]) => [key, compiled(inner)]))
  return baseCompile(value, {
    jit: true,
    minify: true,
    location: false,
    onError: (error) => {
      throw error
    },
  }).ast
}

export function messages(): Plugin {
  return {
    name: 'hellopet:messages',
    apply: 'build',
    enforce: 'pre',
    config: () => ({ define: { __INTLIFY_DROP_MESSAGE_COMPILER__: true } }),
    transform: (code, id) =>
      FILE.test(id) ? { code: JSON.stringify(compiled(JSON.parse(code))), map: null } : undefined,
  }
}
