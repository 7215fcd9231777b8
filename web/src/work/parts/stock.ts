import type { Values } from '../../api/types'

/** Stock of a product at a place. */
export interface Place {
  item: string
  location: string
  name: string
  kind: string
  onHand: number
}

/** What is known of a product on a work order. */
export interface Part {
  product: string
  name: string
  needed: number
  used: number
  /** In the vans of those who make the visits. */
  van: number
  elsewhere: number
  /** Asked for and not yet there. */
  asked: number
  places: Place[]
}

const nameOf = (row: Values, of: string) => String((row[of] as { Name?: string } | null)?.Name ?? '')

export const placeOf = (item: Values): Place => {
  const location = item.Location as { Name?: string; LocationType?: string } | null
  return { item: String(item.Id), location: String(item.LocationId), name: location?.Name ?? '', kind: location?.LocationType ?? '', onHand: Number(item.QuantityOnHand ?? 0) }
}

/** Places in the order in which somebody would look: the vans first, then where there is most. */
export const byReach = (vans: Set<string>) => (a: Place, b: Place) => Number(vans.has(b.location)) - Number(vans.has(a.location)) || b.onHand - a.onHand

/** The parts of a work order, from what it needs, what was used, what is in stock and what was asked for. */
export function partsOf(required: Values[], consumed: Values[], items: Values[], requests: Values[], vans: Set<string>): Part[] {
  const by = new Map<string, Part>()
  const part = (row: Values): Part => {
    const product = String(row.Product2Id)
    const p = by.get(product) ?? { product, name: nameOf(row, 'Product2') || String(row.ProductName ?? ''), needed: 0, used: 0, van: 0, elsewhere: 0, asked: 0, places: [] }
    by.set(product, p)
    return p
  }
  for (const r of required) part(r).needed += Number(r.QuantityRequired ?? 0)
  for (const c of consumed) if (c.Product2Id) part(c).used += Number(c.QuantityConsumed ?? 0)
  for (const r of requests) if (r.Status !== 'Received') part(r).asked += Number(r.QuantityRequested ?? 0)
  for (const i of items) {
    const p = by.get(String(i.Product2Id))
    if (!p) continue
    const place = placeOf(i)
    p.places.push(place)
    if (vans.has(place.location)) p.van += place.onHand
    else p.elsewhere += place.onHand
  }
  for (const p of by.values()) p.places.sort(byReach(vans))
  return [...by.values()].sort((a, b) => Number(b.needed > 0) - Number(a.needed > 0) || a.name.localeCompare(b.name))
}

/** How many of a part are neither used nor at hand nor on their way. */
export const lacking = (p: Part) => Math.max(0, p.needed - p.used - p.van - p.asked)
