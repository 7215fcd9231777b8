import { forgetMetadata } from '../../api/metadata'
import { create, query, remove, undelete, update } from '../../api/records'
import { quote } from '../../api/soql'

/** The choices of picklists that go with a record type, by field. What is not named is as for all records. */
export type TypeChoices = Record<string, { values: string[]; default?: string }>

export interface RecordType {
  id: string
  name: string
  description: string
  active: boolean
  choices: TypeChoices
}

export async function readTypes(object: string): Promise<RecordType[]> {
  const page = await query(`SELECT Id, Name, Description, IsActive, PicklistValues FROM RecordType WHERE SobjectType = ${quote(object)} ORDER BY Name`)
  return page.records.map((r) => ({ id: String(r.Id), name: String(r.Name), description: String(r.Description ?? ''), active: Boolean(r.IsActive), choices: r.PicklistValues ? (JSON.parse(String(r.PicklistValues)) as TypeChoices) : {} }))
}

const body = (x: RecordType) => ({ Name: x.name, Description: x.description || null, IsActive: x.active, PicklistValues: Object.keys(x.choices).length > 0 ? JSON.stringify(x.choices) : null })

/** Keeps a record type; an empty id makes it. Returns its id. */
export async function keepType(object: string, x: RecordType): Promise<string> {
  const id = x.id || (await create('RecordType', { SobjectType: object, ...body(x) }))
  if (x.id) await update('RecordType', x.id, body(x), null)
  forgetMetadata()
  return id
}

export async function dropType(id: string): Promise<void> {
  await remove('RecordType', id)
  forgetMetadata()
}

export async function bringTypeBack(id: string): Promise<void> {
  await undelete([id])
  forgetMetadata()
}
