// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { readRoutes } from '../build/places'
import { router } from './router'

const sources = import.meta.glob<string>(['./features/*/routes.ts', './router.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})

describe('the list of addresses that the server gets', () => {
  it('has every route of the app, since it answers 404 to all others', () => {
    const listed = Object.values(sources)
      .flatMap((source) => readRoutes(source, '/'))
      .map(({ path }) => path)
    const known = router.getRoutes().map(({ path }) => path)
    expect(listed.toSorted()).toEqual(known.filter((path) => path !== '/:rest(.*)*').toSorted())
  })
})
