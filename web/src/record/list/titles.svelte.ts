import { SvelteMap } from 'svelte/reactivity'
import { nameFields } from '../../api/metadata'
import { query } from '../../api/records'
import { quote } from '../../api/soql'
import type { Field } from '../../api/types'

const known = new SvelteMap<string, string>()
const asked = new Set<string>()

/** The name of the record that a filter names by its id; the id until it is known. */
export function titleOf(field: Field, id: string): string {
  if (!known.has(id) && !asked.has(id)) {
    asked.add(id)
    ask(field, id).catch(() => undefined)
  }
  return known.get(id) ?? id
}

async function ask(field: Field, id: string): Promise<void> {
  for (const [object, name] of await nameFields(field.referenceTo)) {
    const page = await query(`SELECT ${name} FROM ${object} WHERE Id = ${quote(id)}`)
    if (page.records[0]) return void known.set(id, String(page.records[0][name] ?? id))
  }
}
