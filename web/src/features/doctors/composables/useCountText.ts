import { useFormats } from '@/shared/formats/useFormats'

/** How many were found. Many are counted up to a limit only: `1.000+`. */
export function useCountText() {
  const formats = useFormats()
  return ({ count, isMore }: { count: number; isMore: boolean }) => `${formats.count(count)}${isMore ? '+' : ''}`
}
