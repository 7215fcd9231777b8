import type { ObjectInfo } from '../../api/metadata'
import type { Field } from '../../api/types'
import type { LaidPage, LaidSection, Place, Placed } from '../../record/layout'
import { rowsOf, type Item, type Page } from './page'

function placed(field: Field, item: Item): Placed {
  const open = item.behavior !== 'Readonly'
  return { field, required: item.behavior === 'Required' || (!field.nillable && field.type !== 'boolean'), onNew: open && field.createable, onUpdate: open && field.updateable }
}

/** A page as the server would serve it to who edits it: addresses stand whole on pages, and by their parts in forms. */
export function laidFrom(info: ObjectInfo, p: Page): LaidPage {
  const lay = (edit: boolean): LaidSection[] =>
    p.layoutSections.map((s) => ({
      heading: s.label, shown: s.detailHeading, columns: s.layoutColumns.length,
      rows: rowsOf(s).flatMap((row): Place[][] => {
        const places: Place[] = []
        for (const item of row) {
          const f = item?.field ? info.field(item.field) : undefined
          if (!f || !item) places.push(null)
          else if (edit && f.type === 'address') places.push(...info.described.fields.filter((x) => x.compoundFieldName === f.name).map((x) => placed(x, item)))
          else places.push(placed(f, item))
        }
        return places.some(Boolean) ? [places] : []
      }),
    }))
  return { id: '', detail: lay(false), edit: lay(true), head: [], related: [] }
}
