/** What can be read in a report of the gateway, which is kept as it came and may be anything. Pure. */

export interface ReportFacts {
  /** The gateway's own word for how the payment stands. */
  status: string | null
  /** As the gateway wrote it, such as `50625.00`. */
  amount: string | null
  currency: string | null
  /** All of it, indented when it can be. */
  text: string
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Numbers are written without quotes by some. */
const word = (value: unknown): string | null =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null

export function readReport(body: string): ReportFacts {
  let content: unknown
  try {
    content = JSON.parse(body)
  } catch {
    // Cut, or no JSON at all.
    return { status: null, amount: null, currency: null, text: body }
  }
  const fields = isRecord(content) ? content : {}
  return {
    status: word(fields.transaction_status),
    amount: word(fields.gross_amount),
    currency: word(fields.currency),
    text: JSON.stringify(content, null, 2),
  }
}
