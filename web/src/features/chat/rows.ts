/** What the message list shows, line by line: days, and bubbles in runs of one sender. Pure. */
import { date } from '@/shared/formats/moments'
import type { Attachment, Message } from '@/shared/api/types'
import type { Outgoing, OutgoingPicture } from './outgoing'
import { deliveryOf, type Delivery } from './receipts'

/** Longer pauses begin a new run. */
const RUN_PAUSE_MS = 5 * 60_000

export interface BubblePicture {
  key: string
  /** The whole picture, for the large view. */
  url: string
  thumbnailUrl: string
  /** What to show until the thumbnail is here; a ThumbHash in base64. */
  placeholder: string | null
  width: number
  height: number
  /** 0 to 1 while it is on its way. */
  progress: number
}

export interface Bubble {
  /** Stays the same from the optimistic bubble to the stored message, so that it is one element all along. */
  key: string
  /** Null until it is stored. */
  seq: number | null
  mine: boolean
  text: string
  pictures: BubblePicture[]
  at: string
  /** Null for messages of the other side. */
  delivery: Delivery | Outgoing['state'] | null
  outgoing: Outgoing | null
}

export type Row =
  | { kind: 'day'; key: string; at: string }
  /** The consultation or the questions after it began, or are over. */
  | { kind: 'started' | 'resumed' | 'ended'; key: string; at: string }
  /** Above the first that was not read when somebody came. */
  | { kind: 'unread'; key: string; count: number }
  | { kind: 'bubble'; key: string; bubble: Bubble; isFirst: boolean; isLast: boolean }

/** Where somebody had read to when they came, and how much had come since. */
export interface Arrival {
  readSeq: number
  count: number
}

export interface RowOptions {
  me: string
  zone: string
  marks: { counterpartDeliveredSeq: number; counterpartReadSeq: number }
  /** Where pictures that were sent from here are found on the device. */
  previews: ReadonlyMap<string, string>
  /** Null while there are older messages to come. */
  startedAt: string | null
  /** Whether these are the questions after the end. */
  isFollowUp: boolean
  endedAt: string | null
  /** Null when everything had been read. */
  arrival: Arrival | null
}

const days = new Map<string, string>()

/** Asking a calendar is slow, and a list asks for the same moments at every change. */
function dayOf(at: string, zone: string): string {
  const key = `${zone} ${at}`
  const known = days.get(key)
  if (known !== undefined) return known
  const day = date(at, zone, 'id')
  days.set(key, day)
  return day
}

const storedPicture = (attachment: Attachment, previews: ReadonlyMap<string, string>): BubblePicture => ({
  key: attachment.id,
  url: previews.get(attachment.id) ?? attachment.url,
  thumbnailUrl: previews.get(attachment.id) ?? attachment.thumbnailUrl,
  placeholder: attachment.placeholder,
  width: attachment.width,
  height: attachment.height,
  progress: 1,
})

const ownPicture = ({ id, previewUrl, width, height, progress }: OutgoingPicture): BubblePicture => ({
  key: id,
  url: previewUrl,
  thumbnailUrl: previewUrl,
  placeholder: null,
  width,
  height,
  progress,
})

/** The bubble that was made of a message last. As long as nothing in it changes it stays that object, and is not drawn anew. */
const lastStored = new WeakMap<Message, Bubble>()
const lastOutgoing = new WeakMap<Outgoing, Bubble>()

const isStill = ({ mine, delivery, pictures }: Bubble, now: Pick<Bubble, 'mine' | 'delivery' | 'pictures'>) =>
  mine === now.mine && delivery === now.delivery && pictures.every(({ url }, index) => url === now.pictures[index]?.url)

function storedBubble(message: Message, { me, marks, previews }: RowOptions): Bubble {
  const mine = message.senderId === me
  const now = {
    mine,
    pictures: message.attachments.map((attachment) => storedPicture(attachment, previews)),
    delivery: mine ? deliveryOf(message.seq, marks) : null,
  }
  const last = lastStored.get(message)
  if (last && isStill(last, now)) return last
  const bubble = {
    ...now,
    key: mine && message.clientId ? message.clientId : message.id,
    seq: message.seq,
    text: message.message,
    at: message.createdAt,
    outgoing: null,
  }
  lastStored.set(message, bubble)
  return bubble
}

/** Whatever changes in what waits makes another item of it. */
function outgoingBubble(item: Outgoing): Bubble {
  const last = lastOutgoing.get(item)
  if (last) return last
  const bubble = {
    key: item.clientId,
    seq: null,
    mine: true,
    text: item.text,
    pictures: item.pictures.map(ownPicture),
    at: item.writtenAt,
    delivery: item.state,
    outgoing: item,
  }
  lastOutgoing.set(item, bubble)
  return bubble
}

const belongTogether = (one: Bubble | undefined, other: Bubble | undefined, zone: string) =>
  one !== undefined &&
  other !== undefined &&
  one.mine === other.mine &&
  dayOf(one.at, zone) === dayOf(other.at, zone) &&
  Date.parse(other.at) - Date.parse(one.at) < RUN_PAUSE_MS

/** The place of the first message of the other side that is unread; -1 where it is not among these, or nothing is. */
function firstUnread(messages: readonly Message[], { me, arrival }: RowOptions): number {
  // Where the messages before it are missing, it may be one of them.
  if (!arrival || (messages[0]?.seq ?? Infinity) > arrival.readSeq + 1) return -1
  return messages.findIndex(({ seq, senderId }) => seq > arrival.readSeq && senderId !== me)
}

/**
 * Stored messages by `seq`, then what waits, in the order of writing. What is stored waits no more, also where the answer
 * was lost in a reload.
 */
export function rowsOf(messages: readonly Message[], outgoing: readonly Outgoing[], options: RowOptions): Row[] {
  const { zone, startedAt, isFollowUp, endedAt } = options
  const rows: Row[] = []
  let day = ''
  const add = (row: Row, at: string) => {
    if (dayOf(at, zone) !== day) rows.push({ kind: 'day', key: `day before ${row.key}`, at })
    day = dayOf(at, zone)
    rows.push(row)
  }

  if (startedAt) add({ kind: isFollowUp ? 'resumed' : 'started', key: 'started', at: startedAt }, startedAt)
  const stored = messages.map((message) => storedBubble(message, options))
  const keys = new Set(stored.map(({ key }) => key))
  const waiting = outgoing.filter(({ clientId }) => !keys.has(clientId)).map(outgoingBubble)
  const bubbles = [...stored, ...waiting]
  const unreadFrom = firstUnread(messages, options)
  for (const [index, bubble] of bubbles.entries()) {
    if (endedAt && index === stored.length) add({ kind: 'ended', key: 'ended', at: endedAt }, endedAt)
    if (options.arrival && index === unreadFrom)
      add({ kind: 'unread', key: 'unread', count: options.arrival.count }, bubble.at)
    const [before, after] = [bubbles[index - 1], bubbles[index + 1]]
    add(
      {
        kind: 'bubble',
        key: bubble.key,
        bubble,
        isFirst: index === unreadFrom || !belongTogether(before, bubble, zone),
        isLast: index + 1 === unreadFrom || !belongTogether(bubble, after, zone),
      },
      bubble.at,
    )
  }
  if (endedAt && waiting.length === 0) add({ kind: 'ended', key: 'ended', at: endedAt }, endedAt)
  return rows
}
