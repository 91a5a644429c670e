/** The server's shapes under the names the app uses. The generated schema is the truth; this is only its index. */
import type { components } from './schema'

type Schemas = components['schemas']

export type Account = Schemas['AccountView']
export type Role = Account['roles']
export type Party = Schemas['Party']
export type DoctorCard = Schemas['DoctorCard']
export type DoctorProfile = Schemas['DoctorProfile']
export type Quote = Schemas['Quote']
export type QuoteLine = Schemas['QuoteLine']
export type Purchase = Schemas['PurchaseView']
export type Payment = Schemas['Payment']
export type AppConfig = Schemas['AppConfig']
export type Consultation = Schemas['Consultation']
export type Conversation = Schemas['Conversation']
export type Message = Schemas['Message']
export type Attachment = Schemas['Attachment']
export type Upload = Schemas['Upload']
export type FoundMessage = Schemas['FoundMessage']
