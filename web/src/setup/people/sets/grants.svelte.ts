import { root } from '../../../api/client'
import { call } from '../../../api/session.svelte'
import { objectRights, type ObjectRight } from './words'

export type Rights = Record<ObjectRight, boolean>

export interface ObjectLine extends Rights {
  name: string
  label: string
  setup: boolean
  custom: boolean
  readOnly: boolean
}

export interface FieldLine {
  object: string
  name: string
  label: string
  type: string
  read: boolean
  edit: boolean
  said: boolean
  readOnly: boolean
}

export interface Grants {
  id: string
  name: string
  description: string
  profile: string | null
  users: number
  permissions: Record<string, boolean>
  objects: ObjectLine[]
}

export interface Change {
  kind: 'name' | 'permission' | 'object' | 'field'
  of: string
  what: string
  on: boolean
}

export const readGrants = async (id: string) => (await call<Grants>('GET', `${root}/access/sets/${id}`)).data
export const readFields = async (id: string) => (await call<{ fields: FieldLine[] }>('GET', `${root}/access/sets/${id}/fields`)).data.fields.sort((a, b) => a.label.localeCompare(b.label))
export const makeSet = async (body: { name: string; description?: string; profile?: string; copy?: string }) => (await call<{ id: string }>('POST', `${root}/access/sets`, { body })).data.id

/** What a right needs: with it comes what stands here. */
const needs: Partial<Record<ObjectRight, ObjectRight[]>> = { create: ['read'], edit: ['read'], delete: ['read'], viewAll: ['read'], modifyAll: ['read', 'edit', 'viewAll'], editFields: ['readFields'] }

/** A grant with one right given or taken, and with what that brings or takes along. */
export function withRight(was: Rights, right: ObjectRight, on: boolean): Rights {
  const next = { ...was, [right]: on }
  if (on) for (const r of needs[right] ?? []) next[r] = true
  else for (const r of objectRights) if (needs[r]?.includes(right)) next[r] = false
  return next
}

const rightsOf = (o: Rights): Rights => Object.fromEntries(objectRights.map((r) => [r, o[r]])) as Rights
const same = (a: Rights, b: Rights) => objectRights.every((r) => a[r] === b[r])

/** What a profile or permission set grants, and what was changed on the page and not saved yet. */
export class GrantsModel {
  grants = $state.raw<Grants | null>(null)
  fields = $state.raw<FieldLine[] | null>(null)
  permissions = $state.raw<Map<string, boolean>>(new Map())
  objects = $state.raw<Map<string, Rights>>(new Map())
  fieldChanges = $state.raw<Map<string, { read: boolean; edit: boolean }>>(new Map())
  readonly id: string

  constructor(id: string) {
    this.id = id
  }

  get count(): number {
    return this.permissions.size + this.objects.size + this.fieldChanges.size
  }

  async load(): Promise<void> {
    const g = await readGrants(this.id)
    g.objects.sort((a, b) => a.label.localeCompare(b.label))
    this.grants = g
    if (this.fields) this.fields = await readFields(this.id)
  }

  async loadFields(): Promise<void> {
    this.fields ??= await readFields(this.id)
  }

  has(permission: string): boolean {
    return this.permissions.get(permission) ?? this.grants?.permissions[permission] ?? false
  }

  give(permission: string, on: boolean): void {
    this.permissions = changed(this.permissions, permission, on, this.grants?.permissions[permission] === on)
  }

  rights(o: ObjectLine): Rights {
    return this.objects.get(o.name) ?? o
  }

  set(lines: ObjectLine[], right: ObjectRight, on: boolean): void {
    const next = new Map(this.objects)
    for (const o of lines) {
      const to = withRight(rightsOf(this.rights(o)), right, on)
      if (same(to, o)) next.delete(o.name)
      else next.set(o.name, to)
    }
    this.objects = next
  }

  field(f: FieldLine): { read: boolean; edit: boolean } {
    return this.fieldChanges.get(`${f.object}.${f.name}`) ?? f
  }

  setFields(lines: FieldLine[], right: 'read' | 'edit', on: boolean): void {
    const next = new Map(this.fieldChanges)
    for (const f of lines) {
      if (f.readOnly && right === 'edit') continue
      const was = this.field(f)
      const to = right === 'read' ? { read: on, edit: on && was.edit } : { read: on || was.read, edit: on }
      if (to.read === f.read && to.edit === f.edit) next.delete(`${f.object}.${f.name}`)
      else next.set(`${f.object}.${f.name}`, to)
    }
    this.fieldChanges = next
  }

  discard(): void {
    this.permissions = new Map()
    this.objects = new Map()
    this.fieldChanges = new Map()
  }

  private body() {
    return { permissions: Object.fromEntries(this.permissions), objects: Object.fromEntries(this.objects), fields: Object.fromEntries(this.fieldChanges) }
  }

  /** What saving would change, or why it would be refused. */
  async check(): Promise<{ changes: Change[]; users: number }> {
    return (await call<{ changes: Change[]; users: number }>('PATCH', `${root}/access/sets/${this.id}?check=true`, { body: this.body() })).data
  }

  async save(): Promise<void> {
    await call('PATCH', `${root}/access/sets/${this.id}`, { body: this.body() })
    this.discard()
    await this.load()
  }

  async rename(name: string, description: string): Promise<void> {
    await call('PATCH', `${root}/access/sets/${this.id}`, { body: { name, description } })
    await this.load()
  }
}

function changed<V>(map: Map<string, V>, key: string, value: V, asBefore: boolean): Map<string, V> {
  const next = new Map(map)
  if (asBefore) next.delete(key)
  else next.set(key, value)
  return next
}
