/** Records for the tests of this feature. */
import type { ConsultationRecord } from '@/shared/api/types'

export function record(fields: Partial<ConsultationRecord> = {}): ConsultationRecord {
  return {
    consultationId: 'c1',
    complaint: 'Muntah tiga kali sejak semalam.',
    findings: 'Gusi merah muda, tidak ada darah.',
    advice: '1. Beri air sedikit-sedikit.\n2. Makanan lunak, porsi kecil.',
    prescription: '',
    nextStep: 'Ke klinik bila muntah darah.',
    status: 'finished',
    code: 'R7QK-31XW',
    revision: 1,
    finishedAt: '2026-11-24T02:42:00.000Z',
    updatedAt: '2026-11-24T02:42:00.000Z',
    editableUntil: '2026-11-26T02:42:00.000Z',
    doctor: { id: 'doctor', username: 'drh. Nadia', picture: null, role: 'dokter' },
    licenceNumber: 'SIP-3171-0042',
    pet: { id: 'p1', name: 'Miko', photo: null, species: 'cat' },
    ...fields,
  }
}
