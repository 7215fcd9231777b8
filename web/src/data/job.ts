import { root } from '../api/client'
import { call } from '../api/session.svelte'
import { readCsv } from '../csv/csv'
import type { Reject } from './check'
import type { Operation } from './mapping'

export interface Job {
  id: string
  object: string
  operation: Operation | 'delete' | 'hardDelete' | 'undo'
  createdDate: string
  createdById: string
  state: 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted'
  numberRecordsProcessed: number
  numberRecordsFailed: number
  errorMessage?: string
  dryRun?: boolean
  /** The job that this one takes back. */
  undoes?: string
  fileName?: string
}

export type Results = 'successfulResults' | 'failedResults' | 'unprocessedrecords'

const address = (id: string) => `${root}/jobs/ingest/${id}`
export const over = (j: Job) => j.state === 'JobComplete' || j.state === 'Failed' || j.state === 'Aborted'
export const succeeded = (j: Job) => j.numberRecordsProcessed - j.numberRecordsFailed

export interface Start {
  object: string
  operation: Operation
  match: string
  dry: boolean
  file: string
}

/** Hands a table to the server, which works on it by itself from then on. */
export async function start(what: Start, table: string): Promise<Job> {
  const spec = { object: what.object, operation: what.operation, dryRun: what.dry, fileName: what.file, contentType: 'CSV', lineEnding: 'CRLF', ...(what.operation === 'upsert' ? { externalIdFieldName: what.match } : {}) }
  const body = new FormData()
  body.append('job', new Blob([JSON.stringify(spec)], { type: 'application/json' }))
  body.append('content', new Blob([table], { type: 'text/csv' }), 'content.csv')
  return (await call<Job>('POST', `${root}/jobs/ingest`, { body })).data
}

export const read = async (id: string): Promise<Job> => (await call<Job>('GET', address(id))).data
export const abort = async (id: string): Promise<Job> => (await call<Job>('PATCH', address(id), { body: { state: 'Aborted' } })).data
export const undo = async (id: string): Promise<Job> => (await call<Job>('POST', `${address(id)}/undo`)).data
export const forget = async (id: string): Promise<void> => void (await call('DELETE', address(id)))

/** The jobs that changed records, the newest first. */
export const jobs = async (): Promise<Job[]> => (await call<{ records: Job[] }>('GET', `${root}/jobs/ingest`)).data.records.filter((j) => !j.dryRun)

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
export const results = async (id: string, which: Results, numbered = false): Promise<string> =>
  String((await call<string>('GET', `${address(id)}/${which}${numbered ? '?rows=true' : ''}`, { headers: { Accept: 'text/csv' } })).data ?? '')

/** Why rows of a job were refused, by the numbers of its table. Columns are those of the table; other is the row that has the value already. */
export async function refused(id: string): Promise<(Reject & { other: number })[]> {
  const [heading = [], ...rows] = readCsv(await results(id, 'failedResults', true), ',')
  const at = { row: heading.indexOf('sf__Row'), other: heading.indexOf('sf__Other'), error: heading.indexOf('sf__Error') }
  return rows.flatMap((r) => faults(r[at.error] ?? '').map((f) => ({ row: Number(r[at.row]), other: Number(r[at.other] ?? 0), ...f })))
}

/** Reads CODE:message:Field,Field --;CODE:… of which people need the message and the fields. */
export function faults(text: string): { column: string; message: string }[] {
  return text.split(/ --(?:;|$)/).filter(Boolean).map((part) => {
    const m = /^[A-Z0-9_]+:([\s\S]*):([^:]*)$/.exec(part)
    return m ? { column: m[2]!, message: m[1]! } : { column: '', message: part }
  })
}
