import { ApiError, ofRow, root } from './client'
import { call } from './session.svelte'
import type { Values } from './types'

/** One change among several that stand or fall together. The id that an earlier part made is written @{ref.id}. */
export type Part = { ref?: string; object: string } & ({ create: Values } | { id: string; update: Values } | { id: string; remove: true })

interface Answered {
  compositeResponse: { httpStatusCode: number; body: { id?: string } | { message: string; errorCode: string; fields?: string[] }[] | null }[]
}

/** Makes several changes, all or none. Returns the ids of what was made, in the order of the parts; '' for other parts. */
export async function together(parts: Part[]): Promise<string[]> {
  const compositeRequest = parts.map((p, i) => {
    const at = `${root}/sobjects/${p.object}`
    const referenceId = p.ref ?? `part${i}`
    if ('create' in p) return { referenceId, method: 'POST', url: at, body: p.create }
    if ('update' in p) return { referenceId, method: 'PATCH', url: `${at}/${p.id}`, body: p.update }
    return { referenceId, method: 'DELETE', url: `${at}/${p.id}` }
  })
  const { data } = await call<Answered>('POST', `${root}/composite`, { body: { allOrNone: true, compositeRequest } })
  const failed = data.compositeResponse.filter((r) => r.httpStatusCode >= 300).map((r) => (Array.isArray(r.body) ? r.body.map(ofRow) : []))
  const cause = failed.find((p) => p.some((x) => x.errorCode !== 'PROCESSING_HALTED')) ?? failed[0]
  if (cause) throw new ApiError(400, cause)
  return data.compositeResponse.map((r) => (r.body && !Array.isArray(r.body) ? (r.body.id ?? '') : ''))
}
