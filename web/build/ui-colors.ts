/**
 * The colours of Nuxt UI's parts as a style sheet. Its plugin writes the same into the page when the app starts, and brings a
 * library for the page's head along; ours never change, so they are written at build.
 */
import type { Plugin } from 'vite'
import { theme } from './ui-theme.ts'

const NAME = 'virtual:ui-colors.css'
const SHADES = [50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950]

function styles(): string {
  const shades = Object.entries(theme.colors).flatMap(([role, color]) =>
    SHADES.map((shade) => `--ui-color-${role}-${shade}: var(--color-${color}-${shade});`),
  )
  return `@layer theme {\n:root, :host {\n${shades.join('\n')}\n}\n}\n`
}

export function uiColors(): Plugin {
  return {
    name: 'hellopet:ui-colors',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? styles() : undefined),
  }
}
