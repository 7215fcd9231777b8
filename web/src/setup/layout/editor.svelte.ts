import { describe, type ObjectInfo } from '../../api/metadata'
import type { Field } from '../../api/types'
import { t } from '../../i18n/t'
import { laidOut } from '../../record/layout'
import { fieldsOf, spotOf, type Page } from './page'
import { laidOf, lists, placeable, readHeader, readPage, saveHeader, savePage, type Kept, type Laid, type Row } from './store'

/** The editor of one object's layouts: what is kept, and what was changed since. */
export class Editor {
  info = $state.raw<ObjectInfo | null>(null)
  laid = $state.raw<Laid>({ layouts: [], given: [], profiles: [], types: [] })
  kept = $state.raw<Kept>({ id: '', name: '' })
  page = $state.raw<Page>({ layoutSections: [], relatedLists: [] })
  header = $state.raw<Row>({ id: '', fields: [] })
  /** The fields at the top where nobody chose others. */
  usual = $state.raw<string[]>([])
  lists = $state.raw<{ name: string; object: string; label: string }[]>([])
  /** The section that a field from the palette goes to. */
  section = $state(0)
  dragged = $state('')
  /** Told to who does not see. */
  said = $state('')
  private saved = $state.raw('')
  private past = $state.raw<{ page: Page; header: Row }[]>([])
  readonly object: string

  constructor(object: string) {
    this.object = object
  }

  get changed(): boolean {
    return this.state() !== this.saved
  }

  get undoable(): boolean {
    return this.past.length > 0
  }

  /** The fields that are not on the page. */
  get left(): Field[] {
    const there = new Set(fieldsOf(this.page))
    return this.info ? placeable(this.info).filter((f) => !there.has(f.name)) : []
  }

  field(name: string | undefined): Field | undefined {
    return name ? this.info?.field(name) : undefined
  }

  private state(): string {
    return JSON.stringify([this.page, this.header.fields, this.kept.name])
  }

  /** Loads one layout of the object; without an id the first there is, or the program's own. */
  async load(id: string): Promise<void> {
    const info = await describe(this.object)
    const [laid, all, header, served] = await Promise.all([laidOf(this.object), lists(info), readHeader(this.object), laidOut(info)])
    const kept = laid.layouts.find((l) => l.id === id) ?? laid.layouts[0] ?? { id: '', name: t('layout.nameOf', { what: info.described.label }) }
    this.page = await readPage(kept.id || this.object)
    this.usual = served.page(null).head.filter((f) => !f.nameField).map((f) => f.name)
    Object.assign(this, { info, laid, lists: all, header, kept, section: 0, past: [] })
    this.saved = this.state()
  }

  /** Shows the page after a deed, which can be taken back. */
  apply(page: Page, said = ''): void {
    if (page === this.page) return
    this.past = [...this.past.slice(-99), { page: this.page, header: this.header }]
    this.page = page
    this.section = Math.min(this.section, Math.max(0, page.layoutSections.length - 1))
    this.said = said
  }

  setHeader(fields: string[]): void {
    this.past = [...this.past.slice(-99), { page: this.page, header: this.header }]
    this.header = { ...this.header, fields }
  }

  /** The fields at the top as they are shown. */
  get head(): string[] {
    return this.header.fields.length ? this.header.fields : this.usual
  }

  undo(): void {
    const last = this.past.at(-1)
    if (!last) return
    Object.assign(this, last)
    this.past = this.past.slice(0, -1)
  }

  /** Says where a field stands now. */
  whereIs(page: Page, name: string): string {
    const at = spotOf(page, name)
    const label = this.field(name)?.label ?? name
    return at ? t('layout.movedTo', { field: label, section: page.layoutSections[at.section]!.label, n: at.index + 1 }) : t('layout.taken', { field: label })
  }

  /** Starts another layout with what this one has. */
  copy(name: string): void {
    this.kept = { id: '', name }
    this.past = []
    this.saved = ''
  }

  /** The program's own layout, to be saved or taken back. */
  async reset(): Promise<void> {
    this.apply(await readPage(this.object), t('layout.wasReset'))
    if (this.header.fields.length) this.header = { ...this.header, fields: [] }
  }

  async save(): Promise<void> {
    const id = await savePage(this.object, this.kept, this.page, this.laid.given.every((g) => g.profile !== '' || g.type !== ''))
    const header = await saveHeader(this.object, this.header)
    this.header = { ...this.header, id: header }
    this.kept = { ...this.kept, id }
    this.laid = await laidOf(this.object)
    this.past = []
    this.saved = this.state()
  }
}
