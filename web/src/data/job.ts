import { root } from '../api/client'
import { call } from '../api/session.svelte'
import { readCsv, writeCsv } from '../csv/csv'
import type { Operation } from './mapping'

export interface Job {
  id: string
  state: 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted'
  numberRecordsProcessed: number
  numberRecordsFailed: number
  errorMessage?: string
}

export type Results = 'successfulResults' | 'failedResults' | 'unprocessedrecords'

const address = (id: string) => `${root}/jobs/ingest/${id}`
export const over = (j: Job) => j.state === 'JobComplete' || j.state === 'Failed' || j.state === 'Aborted'

/** Hands a table to the server, which works on it by itself from then on. */
export async function start(object: string, operation: Operation | 'delete', match: string, table: string): Promise<Job> {
  const spec = { object, operation, contentType: 'CSV', lineEnding: 'CRLF', ...(operation === 'upsert' ? { externalIdFieldName: match } : {}) }
  const body = new FormData()
  body.append('job', new Blob([JSON.stringify(spec)], { type: 'application/json' }))
  body.append('content', new Blob([table], { type: 'text/csv' }), 'content.csv')
  return (await call<Job>('POST', `${root}/jobs/ingest`, { body })).data
}

export const read = async (id: string): Promise<Job> => (await call<Job>('GET', address(id))).data
export const abort = async (id: string): Promise<Job> => (await call<Job>('PATCH', address(id), { body: { state: 'Aborted' } })).data

/** Follows a job to its end. */
export async function follow(job: Job, onchange: (j: Job) => void): Promise<Job> {
  let j = job
  for (let wait = 150; !over(j); wait = Math.min(wait * 1.5, 2000)) {
    await new Promise((resolve) => setTimeout(resolve, wait))
    j = await read(j.id)
    onchange(j)
  }
  return j
}

/** Rows that a job came to, or did not, as a table. */
export const results = async (id: string, which: Results): Promise<string> => String((await call<string>('GET', `${address(id)}/${which}`, { headers: { Accept: 'text/csv' } })).data ?? '')

/** Deletes what a job created. */
export async function undo(object: string, id: string): Promise<Job> {
  const [heading = [], ...rows] = readCsv(await results(id, 'successfulResults'), ',')
  const at = { id: heading.indexOf('sf__Id'), created: heading.indexOf('sf__Created') }
  const ids = rows.filter((r) => r[at.created] === 'true').map((r) => [r[at.id]!])
  return follow(await start(object, 'delete', '', writeCsv(['Id'], ids)), () => undefined)
}
