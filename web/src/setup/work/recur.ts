const units: Record<string, (d: Date, n: number) => void> = {
  Days: (d, n) => d.setUTCDate(d.getUTCDate() + n),
  Weeks: (d, n) => d.setUTCDate(d.getUTCDate() + 7 * n),
  Months: (d, n) => addMonths(d, n),
  Years: (d, n) => addMonths(d, 12 * n),
}

/** The same day so many months later, or the last of a month that is shorter. */
function addMonths(d: Date, n: number): void {
  const day = d.getUTCDate()
  d.setUTCDate(1)
  d.setUTCMonth(d.getUTCMonth() + n)
  d.setUTCDate(Math.min(day, new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + 1, 0)).getUTCDate()))
}

/**
 * The days on which a plan comes round, from its next one on: every so many units, until its last day. Each is counted
 * from the first, so that the 31st comes back after a shorter month.
 */
export function nextDates(first: string, every: number, unit: string, end: string | null, most: number): string[] {
  const add = units[unit]
  if (!/^\d{4}-\d\d-\d\d$/.test(first) || !add || !(every > 0)) return first && (!end || first <= end) ? [first].filter((d) => /^\d{4}-/.test(d)) : []
  const list: string[] = []
  for (let i = 0; list.length < most; i++) {
    const d = new Date(`${first}T00:00:00Z`)
    add(d, i * every)
    const day = d.toISOString().slice(0, 10)
    if (end && day > end) break
    list.push(day)
  }
  return list
}
