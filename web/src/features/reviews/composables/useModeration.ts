import { ref } from 'vue'
import { fetchAllReviews } from '../api'
import { usePages } from './usePages'

/** All reviews, hidden ones too, the newest first. */
export const useModeration = () => usePages(ref('all'), (_all, cursor) => fetchAllReviews(cursor))
