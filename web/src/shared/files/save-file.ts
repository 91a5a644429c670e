/** Browsers begin a download a moment after the click, from the address as it is then. */
const KEPT_MS = 60_000

/** Gives a file that was fetched to the person, under a name. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}
