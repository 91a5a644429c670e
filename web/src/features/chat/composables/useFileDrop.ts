import { ref } from 'vue'

/** Files that are dragged over something and dropped on it. Where they are not wanted the browser does not open them in place of the app. */
export function useFileDrop(isWanted: () => boolean, take: (files: File[]) => void) {
  const isOver = ref(false)
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer !== null && dataTransfer.types.includes('Files')

  function over(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = isWanted()
    if (event.dataTransfer) event.dataTransfer.dropEffect = isOver.value ? 'copy' : 'none'
  }

  /** From one part of it to another is no way out. */
  function leave({ currentTarget, relatedTarget }: DragEvent): void {
    if (!(currentTarget as Node).contains(relatedTarget as Node | null)) isOver.value = false
  }

  function drop(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    isOver.value = false
    if (isWanted()) take([...(event.dataTransfer?.files ?? [])])
  }

  return { isOver, listeners: { dragenter: over, dragover: over, dragleave: leave, drop } }
}
