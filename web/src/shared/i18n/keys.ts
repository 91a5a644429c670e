import type id from '@/locales/id'

/** The dotted path of every message: `doctors.card.chatNow`. */
type Paths<Tree> = {
  [Key in keyof Tree & string]: Tree[Key] extends string ? Key : `${Key}.${Paths<Tree[Key]>}`
}[keyof Tree & string]

export type MessageKey = Paths<typeof id>

/** The same tree with other words: what every language besides Indonesian must be. */
export type SameKeys<Tree> = { [Key in keyof Tree]: Tree[Key] extends string ? string : SameKeys<Tree[Key]> }
