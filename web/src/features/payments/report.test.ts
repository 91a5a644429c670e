import { expect, it } from 'vitest'
import { readReport } from './report'

it('a report says how the payment stands and how much it is about', () => {
  const body = '{"transaction_status":"settlement","gross_amount":"50000.00","currency":"IDR"}'
  expect(readReport(body)).toMatchObject({ status: 'settlement', amount: '50000.00', currency: 'IDR' })
  expect(readReport(body).text).toContain('\n  "gross_amount": "50000.00"')
})

it.each([
  ['{"transaction_status":"settle', 'cut'],
  ['not JSON', 'something else'],
  ['', 'empty'],
])('a body of %j (%s) is shown as it came', (body) =>
  expect(readReport(body)).toEqual({ status: null, amount: null, currency: null, text: body }),
)

it('what is not there, or is of another kind, is not made up', () => {
  expect(readReport('{"transaction_status":{},"gross_amount":50625}')).toMatchObject({ status: null, amount: '50625' })
  expect(readReport('[1]').status).toBeNull()
  expect(readReport('null').status).toBeNull()
})
