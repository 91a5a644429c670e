/** The steps of a consultation, whose answers go into the cache; and the one that is known there. */
import { useQueryCache } from '@pinia/colada'
import { defineStore } from 'pinia'
import { takeAnswer } from '@/shared/api/cache'
import type { Consultation } from '@/shared/api/types'
import * as server from './api'
import { consultationQuery, putConsultation } from './queries'

export const useConsultations = defineStore('consultations', () => {
  const cache = useQueryCache()

  const find = (id: string) => cache.getQueryData(consultationQuery(id).key)

  const keep = (answer: Promise<Consultation>) => takeAnswer(answer, putConsultation)

  /** Asks what became of one, whoever shows it. Not through its query: news break that off where no page shows it. */
  const loadOne = (id: string) => keep(server.fetchConsultation(id))
  const cancel = (id: string) => keep(server.cancelConsultation(id))
  const takeMoneyBack = (id: string) => keep(server.takeMoneyBack(id))
  const transfer = (id: string, doctorId: string) => keep(server.transferConsultation(id, doctorId))
  const reschedule = (id: string, startsAt: string) => keep(server.rescheduleConsultation(id, startsAt))
  const askForExtension = (id: string, minutes: number) => keep(server.askForExtension(id, minutes))
  const acceptExtension = (id: string) => keep(server.acceptExtension(id, find(id)?.endsAt ?? null))
  const declineExtension = (id: string) => keep(server.declineExtension(id))
  const openFollowUp = (id: string) => keep(server.openFollowUp(id))

  return {
    find,
    loadOne,
    cancel,
    takeMoneyBack,
    transfer,
    reschedule,
    askForExtension,
    acceptExtension,
    declineExtension,
    openFollowUp,
  }
})
