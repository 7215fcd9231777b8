import { ApiError } from '../../api/client'
import { wordsOf } from '../../kit/toast.svelte'

/** What is wrong with an input, by the name that the server knows it under; what belongs to none stands under ''. */
export type Problems = Record<string, string>

/** Sorts what the server said by the inputs that a form has. */
export function problemsOf(e: unknown, inputs: string[]): Problems {
  if (!(e instanceof ApiError)) return { '': wordsOf(e) }
  const all: Problems = {}
  for (const p of e.problems) {
    const named = (p.fields ?? []).filter((f) => inputs.includes(f))
    for (const name of named.length > 0 ? named : ['']) all[name] = all[name] ? `${all[name]} ${p.message}` : p.message
  }
  return all
}
