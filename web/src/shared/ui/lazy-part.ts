/** A part that is fetched when it is first there. Until then nothing stands in its place, or its trigger, the default slot. */
import { defineComponent, h, onMounted, shallowRef, type Component } from 'vue'

export function lazyPart(fetch: () => Promise<{ default: Component }>, hasTrigger: boolean) {
  const part = shallowRef<Component | null>(null)
  return defineComponent({
    inheritAttrs: false,
    setup(_, { attrs, slots }) {
      onMounted(async () => {
        part.value ??= (await fetch()).default
      })
      return () => (part.value ? h(part.value, attrs, slots) : hasTrigger ? slots.default?.() : null)
    },
  })
}
