/** What a summary, a reply and a note take. Pure; the server has the last word. */
import type { Consultation, ConsultationRecord } from '@/shared/api/types'
import type { MessageKey } from '@/shared/i18n'

/** The parts of a summary in the order in which they are written and read. */
export const SECTIONS = ['complaint', 'findings', 'advice', 'prescription', 'nextStep'] as const
export type Section = (typeof SECTIONS)[number]
export type Sections = Record<Section, string>

/** Not every animal needs a medicine. */
export const isOptional = (section: Section) => section === 'prescription'

export const LONGEST_SECTION = 4_000
export const LONGEST_TITLE = 60
export const LONGEST_REPLY = 4_000
export const LONGEST_NOTE = 10_000
export const MOST_REPLIES = 100

export const lengthOf = (text: string) => [...text].length

export function sectionsOf(record: ConsultationRecord | null): Sections {
  const { complaint = '', findings = '', advice = '', prescription = '', nextStep = '' } = record ?? {}
  return { complaint, findings, advice, prescription, nextStep }
}

/** Blanks around the words are the server's to cut. */
export const isSameText = (one: Sections, other: Sections) =>
  SECTIONS.every((section) => one[section].trim() === other[section].trim())

export const isTooLong = (sections: Sections) =>
  SECTIONS.some((section) => lengthOf(sections[section]) > LONGEST_SECTION)

/** What stands in the way of finishing, section by section. */
export function missingOf(sections: Sections): Partial<Record<Section, MessageKey>> {
  const refusals: Partial<Record<Section, MessageKey>> = {}
  for (const section of SECTIONS) {
    if (lengthOf(sections[section]) > LONGEST_SECTION) refusals[section] = 'records.refusals.tooLong'
    else if (!isOptional(section) && sections[section].trim() === '') refusals[section] = 'records.refusals.empty'
  }
  return refusals
}

/** A summary belongs to a talk: there is none before it begins, or where none took place. */
export const mayWrite = ({ status }: Pick<Consultation, 'status'>) => status === 'active' || status === 'ended'

/** Until when a finished one can still be corrected; a draft always can. */
export function isEditable(record: Pick<ConsultationRecord, 'status' | 'editableUntil'> | null, now: number): boolean {
  if (record?.status !== 'finished') return true
  return record.editableUntil !== null && now < Date.parse(record.editableUntil)
}

export function refuseTitle(title: string): MessageKey | null {
  if (title.trim() === '') return 'records.replies.refusals.title'
  return lengthOf(title.trim()) > LONGEST_TITLE ? 'records.refusals.tooLong' : null
}

export function refuseReply(body: string): MessageKey | null {
  if (body.trim() === '') return 'records.replies.refusals.body'
  return lengthOf(body.trim()) > LONGEST_REPLY ? 'records.refusals.tooLong' : null
}

/** What the vet receives for it. */
export const honorariumOf = ({ quote }: Pick<Consultation, 'quote'>) =>
  quote.lines.find(({ kind }) => kind === 'base')?.amount ?? 0
