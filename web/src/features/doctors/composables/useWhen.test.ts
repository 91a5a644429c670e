// @vitest-environment happy-dom
import type { VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { computed, defineComponent, ref, shallowRef } from 'vue'
import type { SlotsInSight } from '@/features/availability/composables/useSlots'
import type { DoctorProfile } from '@/shared/api/types'
import { mountInApp } from '@/testing/mount'
import { useWhen } from './useWhen'

const NEXT = '2026-11-24T09:30:00.000Z'

describe('when', () => {
  let page: VueWrapper
  let found: ReturnType<typeof useWhen>
  const online = ref(true)
  const next = shallowRef<string | null>(NEXT)
  const load = vi.fn(async () => undefined)
  const reach = vi.fn(async () => undefined)

  async function begin(address = '/dokter/d1') {
    const slots = { slots: shallowRef({}), next, load, reach } as unknown as SlotsInSight
    const doctor = computed(() => ({ online: online.value, nextAvailableAt: NEXT }) as DoctorProfile)
    page = await mountInApp(
      defineComponent({
        setup() {
          found = useWhen(() => doctor.value, slots)
          return () => null
        },
      }),
      {},
      address,
    )
  }
  afterEach(() => {
    page.unmount()
    online.value = true
    next.value = NEXT
  })

  it('is now with who is online, and by the slot with who is not', async () => {
    await begin()
    expect(found.when.value).toBe('now')
    online.value = false
    expect(found.when.value).toBe('slot')
  })

  it('stays now where there are no slots to offer', async () => {
    online.value = false
    next.value = null
    await begin()
    expect(found.when.value).toBe('now')
  })

  it('is what the owner chose, whoever comes and goes', async () => {
    await begin('/dokter/d1?kapan=jadwal')
    expect(found.when.value).toBe('slot')
    found.when.value = 'now'
    online.value = false
    expect(found.when.value).toBe('now')
  })

  it('keeps a chosen time from being bought at once, and lets go of one that is lost', async () => {
    await begin()
    await found.take(NEXT)
    expect(reach).toHaveBeenCalledWith(NEXT)
    expect(found.slot.value).toBe(NEXT)
    found.when.value = 'now'
    expect(found.slot.value).toBeNull()
    await found.lose()
    expect(load).toHaveBeenCalled()
    expect(found.startsAt.value).toBeNull()
  })
})
