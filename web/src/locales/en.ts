/** English. Typed by the Indonesian tree: a key that is missing here or too many fails `npm run check`. */
import type { SameKeys } from '@/shared/i18n/keys'
import type id from './id'
import accounts from './en/accounts.json'
import app from './en/app.json'
import availability from './en/availability.json'
import chat from './en/chat.json'
import consultations from './en/consultations.json'
import doctors from './en/doctors.json'
import home from './en/home.json'
import licensing from './en/licensing.json'
import operations from './en/operations.json'
import payments from './en/payments.json'
import pets from './en/pets.json'
import problems from './en/problems.json'
import records from './en/records.json'
import reviews from './en/reviews.json'
import statistics from './en/statistics.json'
import triage from './en/triage.json'

const en: SameKeys<typeof id> = {
  accounts,
  app,
  availability,
  chat,
  consultations,
  doctors,
  home,
  licensing,
  operations,
  payments,
  pets,
  problems,
  records,
  reviews,
  statistics,
  triage,
}

export default en
