/** Indonesian, the default and the type of all keys. One file a feature; a new feature adds its line here and in en.ts. */
import accounts from './id/accounts.json'
import app from './id/app.json'
import availability from './id/availability.json'
import chat from './id/chat.json'
import consultations from './id/consultations.json'
import doctors from './id/doctors.json'
import home from './id/home.json'
import licensing from './id/licensing.json'
import operations from './id/operations.json'
import payments from './id/payments.json'
import pets from './id/pets.json'
import problems from './id/problems.json'
import records from './id/records.json'
import reviews from './id/reviews.json'
import statistics from './id/statistics.json'
import triage from './id/triage.json'

export default {
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
