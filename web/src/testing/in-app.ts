/** Runs a composable in a component of the app, with stores and the cache. For tests only. */
import { mountInApp } from './mount'

export async function inApp<Made>(setup: () => Made): Promise<{ made: Made; unmount: () => void }> {
  let made: Made | undefined
  const host = await mountInApp({
    setup() {
      made = setup()
      return () => null
    },
  })
  return { made: made as Made, unmount: () => host.unmount() }
}
