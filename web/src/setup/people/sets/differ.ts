import { t } from '../../../i18n/t'
import type { FieldLine, Grants } from './grants.svelte'
import { objectRights, permissionLabel, rightLabel } from './words'

/** Something that two profiles or permission sets grant differently; "" is nothing. */
export interface Difference {
  what: string
  here: string
  there: string
}

/** Everything in which two grants differ: permissions, then objects, then fields. */
export function differences(a: Grants, b: Grants, fieldsA: FieldLine[], fieldsB: FieldLine[]): Difference[] {
  const list: Difference[] = []
  for (const p of Object.keys(a.permissions)) {
    if (a.permissions[p] !== b.permissions[p]) list.push({ what: permissionLabel(p), here: a.permissions[p] ? t('yes') : '', there: b.permissions[p] ? t('yes') : '' })
  }
  const objects = new Map(b.objects.map((o) => [o.name, o]))
  const rights = (o: Grants['objects'][number] | undefined) => (o ? objectRights.filter((r) => o[r]).map(rightLabel).join(', ') : '')
  for (const o of a.objects) {
    const [here, there] = [rights(o), rights(objects.get(o.name))]
    if (here !== there) list.push({ what: o.label, here, there })
  }
  const fields = new Map(fieldsB.map((f) => [`${f.object}.${f.name}`, f]))
  const access = (f: FieldLine | undefined) => (f?.edit ? t('people.right.edit') : f?.read ? t('people.right.read') : '')
  for (const f of fieldsA) {
    const [here, there] = [access(f), access(fields.get(`${f.object}.${f.name}`))]
    if (here !== there) list.push({ what: `${f.object}.${f.name}`, here, there })
  }
  return list
}
