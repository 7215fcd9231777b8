import { ApiError, root } from './client'
import { query as one } from './records'
import { call } from './session.svelte'
import type { Page, Problem } from './types'

interface Waiting {
  soql: string
  done: (page: Page) => void
  fail: (why: unknown) => void
}

interface Batch {
  results: { statusCode: number; result: Page | Problem[] }[]
}

const most = 25 // queries in one request
const pause = 4 // milliseconds within which panels that are shown together have asked
let waiting: Waiting[] = []

/** Like the query of records, for panels that are shown together: what is asked for at the same moment goes in one request. */
export function query(soql: string): Promise<Page> {
  return new Promise((done, fail) => {
    if (waiting.push({ soql, done, fail }) === 1) setTimeout(send, pause)
  })
}

function send(): void {
  const all = waiting
  waiting = []
  for (let i = 0; i < all.length; i += most) void together(all.slice(i, i + most))
}

async function together(part: Waiting[]): Promise<void> {
  try {
    if (part.length === 1) return part[0]!.done(await one(part[0]!.soql))
    const at = `${root.slice('/services/data/'.length)}/query?q=`
    const batchRequests = part.map((w) => ({ method: 'GET', url: at + encodeURIComponent(w.soql) }))
    const { data } = await call<Batch>('POST', `${root}/composite/batch`, { body: { batchRequests }, reads: true })
    part.forEach((w, i) => {
      const { statusCode, result } = data.results[i]!
      if (Array.isArray(result)) w.fail(new ApiError(statusCode, result))
      else w.done(result)
    })
  } catch (e) {
    for (const w of part) w.fail(e)
  }
}
