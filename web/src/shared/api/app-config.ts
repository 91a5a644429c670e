import type { AppConfig } from './types'
import { api, unwrap } from './client'

let asked: Promise<AppConfig> | undefined

/** What this server is and uses; asked for once. */
export function fetchAppConfig(): Promise<AppConfig> {
  asked ??= unwrap(api.GET('/api/app-config')).catch((error: unknown) => {
    asked = undefined
    throw error
  })
  return asked
}
