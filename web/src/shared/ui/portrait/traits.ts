/**
 * What a drawn portrait looks like, decided once and for all by the doctor's id: the same doctor has the same face on every page.
 * It stands in until there is a photo, so it should at least not contradict the name. The few first names below only keep a beard
 * from "Siti" and a headscarf from "Yohanes"; any other name gets one of the faces that suit everyone.
 */
export type Hair = 'crop' | 'sweep' | 'curls' | 'peci' | 'bob' | 'bun' | 'long' | 'hijab'

export interface Traits {
  ground: 1 | 2 | 3 | 4 | 5 | 6
  skin: string
  skinShade: string
  hair: Hair
  hairColor: string
  scarf: string
  scrubs: string
  glasses: boolean
  beard: boolean
}

const SKINS: readonly (readonly [string, string])[] = [
  ['#E8B48A', '#CF9468'],
  ['#D9A074', '#BD8055'],
  ['#C98B5E', '#AB6E43'],
  ['#B47A4F', '#955E37'],
  ['#94603C', '#774A2B'],
]
const HAIR_COLORS = ['#241C1A', '#2E2320', '#3A2A22']
const SCARVES = ['#0B7567', '#7A5C9E', '#B4553A', '#33618A', '#8A6A1F']
const SCRUBS = ['#0F9D8A', '#E0763A', '#3E6FA3', '#7A5C9E', '#5B8A3C']

const WOMENS =
  /\b(siti|nadia|rina|maya|putri|fitri|aisyah|nur|dewi|sri|ayu|ratna|indah|lestari|wulan|citra|anisa|annisa|intan|kartika|maharani|larasati|tari|sari|melati|rahma|rahmawati|amelia|dian|lia|yuni|wati|maria|theresia|kristina|grace|clara|amalia|salma|zahra|nabila|laras|prameswari|anggraini|puspita|permata)\b/i
const MENS =
  /\b(bayu|arief|arif|yohanes|budi|agus|andi|ahmad|muhammad|rizki|rizky|dimas|bagus|hendra|joko|eko|wahyu|yusuf|fajar|reza|gilang|rendra|surya|aditya|ilham|rahman|sitorus|wicaksono|bima|raka|galih|teguh|taufik|stefanus|michael|kevin|anton|hasan|ridwan|pratama|nugroho|santoso|wijaya|putra)\b/i
/** Names under which a headscarf or a peci would look like a mistake: Balinese birth order, Christian first names. */
const NO_HEADWEAR =
  /\b(ni|luh|kadek|komang|wayan|made|ketut|putu|gede|nyoman|yohanes|maria|theresia|kristina|grace|clara|stefanus|michael|kevin|anton|sitorus)\b/i

/** FNV-1a: small, and spreads ids that differ only in their last digits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  // One more stir: the low bits decide, and FNV's are its weakest.
  value ^= value >>> 15
  value = Math.imul(value, 0x2c1b3c6d)
  return (value ^ (value >>> 13)) >>> 0
}

function pick<T>(list: readonly T[], id: string, salt: string): T {
  return list[hash(`${salt}:${id}`) % list.length] as T
}

function hairFor(id: string, name: string): Hair {
  const bareHeaded = NO_HEADWEAR.test(name)
  if (WOMENS.test(name))
    return pick<Hair>(bareHeaded ? ['bob', 'bun', 'long'] : ['hijab', 'bob', 'bun', 'hijab', 'long'], id, 'hair')
  if (MENS.test(name))
    return pick<Hair>(bareHeaded ? ['crop', 'sweep', 'curls'] : ['crop', 'sweep', 'curls', 'crop', 'peci'], id, 'hair')
  return pick<Hair>(['crop', 'sweep'], id, 'hair')
}

export function traitsOf(id: string, name: string): Traits {
  const [skin, skinShade] = pick(SKINS, id, 'skin')
  const hair = hairFor(id, name)
  return {
    ground: pick([1, 2, 3, 4, 5, 6] as const, id, 'ground'),
    skin,
    skinShade,
    hair,
    hairColor: pick(HAIR_COLORS, id, 'colour'),
    scarf: pick(SCARVES, id, 'scarf'),
    scrubs: pick(SCRUBS, id, 'scrubs'),
    glasses: pick([true, false, false], id, 'glasses'),
    beard: MENS.test(name) && pick([true, false, false], id, 'beard'),
  }
}
