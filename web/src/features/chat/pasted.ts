/**
 * The files that are meant by what was pasted. Word and Excel put a picture of the text beside the text, and the text is meant; a file
 * manager puts the name beside the file, and the file is meant. Pure.
 */
export function pastedFiles({
  files,
  getData,
}: {
  files: Iterable<File>
  getData: (format: string) => string
}): File[] {
  const pasted = [...files]
  const lines = getData('text/plain')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const isAllNames = lines.every((line) =>
    pasted.some(({ name }) => line === name || line.endsWith(`/${name}`) || line.endsWith(`\\${name}`)),
  )
  return isAllNames ? pasted : []
}
