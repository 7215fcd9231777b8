/** The lines of an address, or of a place that is known by its coordinates only. */
export function linesOf(value: unknown): string[] {
  const a = value as Record<string, string | number | null> | null
  if (!a) return []
  const town = [a.city, [a.state ?? a.stateCode, a.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  const lines = [a.street, town, a.country ?? a.countryCode].filter(Boolean).map(String)
  if (lines.length === 0 && typeof a.latitude === 'number') lines.push(`${a.latitude}, ${a.longitude}`)
  return lines
}
