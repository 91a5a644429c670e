/** How a tapped symptom and the typed text share one field. */

const lower = (text: string) => text.toLocaleLowerCase('id')
const upperFirst = (text: string) => text.charAt(0).toLocaleUpperCase('id') + text.slice(1)

const parts = (text: string) => text.split(',').map((part) => part.trim())

/** Whether the symptom stands in the text as a part of its own. */
export function mentions(text: string, symptom: string): boolean {
  return parts(text).some((part) => lower(part) === lower(symptom))
}

/** Adds the symptom, or takes it out again; all else that was typed stays. */
export function toggleSymptom(text: string, symptom: string): string {
  if (mentions(text, symptom)) {
    return upperFirst(
      parts(text)
        .filter((part) => lower(part) !== lower(symptom))
        .join(', '),
    )
  }
  const before = text.trim().replace(/,+$/, '')
  return before === '' ? upperFirst(symptom) : `${before}, ${lower(symptom)}`
}
