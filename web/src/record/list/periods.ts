// Relative dates, as a query spells them and as a form offers them.

/** Periods without a number. */
export const periods = [
  'TODAY', 'YESTERDAY', 'TOMORROW', 'THIS_WEEK', 'LAST_WEEK', 'NEXT_WEEK', 'THIS_MONTH', 'LAST_MONTH', 'NEXT_MONTH',
  'THIS_QUARTER', 'LAST_QUARTER', 'NEXT_QUARTER', 'THIS_YEAR', 'LAST_YEAR', 'NEXT_YEAR',
] as const

/** Periods of a number of days, weeks or months. */
export const counted = ['LAST_N_DAYS', 'NEXT_N_DAYS', 'N_DAYS_AGO', 'LAST_N_WEEKS', 'NEXT_N_WEEKS', 'LAST_N_MONTHS', 'NEXT_N_MONTHS'] as const

export interface Period {
  word: string
  n: number
}

/** Reads TODAY or LAST_N_DAYS:7; null when a value is a date of its own. */
export function readPeriod(value: string): Period | null {
  const [word = '', n] = value.split(':')
  if ((periods as readonly string[]).includes(word) && n === undefined) return { word, n: 0 }
  return (counted as readonly string[]).includes(word) && /^\d+$/.test(n ?? '') ? { word, n: Number(n) } : null
}

export const writePeriod = (p: Period) => ((counted as readonly string[]).includes(p.word) ? `${p.word}:${Math.max(1, Math.round(p.n) || 1)}` : p.word)
