const digits = new Intl.NumberFormat('id-ID', { maximumFractionDigits: 0 })

/** `Rp45.000`, `−Rp4.500`: no space, dots, a real minus. The same in every language, since it names Indonesian money. */
export function rupiah(amount: number): string {
  const rounded = Math.round(amount)
  return `${rounded < 0 ? '−' : ''}Rp${digits.format(Math.abs(rounded))}`
}
