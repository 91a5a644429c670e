/** Vets and licences for the tests of this feature. */
import type { AdminDoctor, Licence, OwnDoctor } from '@/shared/api/types'

export const document = { id: 'f1', url: '/api/licence-documents/f1' }

export function licence(fields: Partial<Licence> = {}): Licence {
  return {
    id: 'l1',
    kind: 'sip',
    number: '503/SIP/2026',
    issuer: 'Dinas Peternakan DKI Jakarta',
    expiresOn: '2028-03-31',
    status: 'accepted',
    reason: null,
    documents: [document],
    submittedAt: '2026-11-20T02:00:00.000Z',
    decidedAt: null,
    ...fields,
  }
}

export function ownDoctor(fields: Partial<OwnDoctor> = {}): OwnDoctor {
  return {
    id: 'd1',
    username: 'drh. Sari',
    picture: null,
    status: 'verified',
    statusReason: null,
    specialization: 'Penyakit dalam',
    workExperience: 7,
    bio: 'Merawat kucing dan anjing sejak 2019.',
    basePrice: 45_000,
    price: 50_625,
    species: ['cat', 'dog'],
    languages: ['id'],
    licence: licence(),
    pendingLicence: null,
    refusedLicence: null,
    bookable: true,
    ...fields,
  }
}

export const adminDoctor = (fields: Partial<AdminDoctor> = {}): AdminDoctor => ({
  ...ownDoctor(fields),
  email: 'sari@contoh.id',
  phoneNumber: '+6281234567890',
  createdAt: '2026-11-20T01:00:00.000Z',
  verifiedAt: null,
  licences: [],
  ...fields,
})
