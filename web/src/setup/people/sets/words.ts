import en from '../../../i18n/en'
import { t, type Key } from '../../../i18n/t'

/** The permissions by which someone could do harm to everybody, or come to have them all. */
const strong = new Set(['ModifyAllData', 'ViewAllData', 'CustomizeApplication', 'ManageUsers', 'AssignPermissionSets', 'ManageSharing', 'ManageConnectedApps', 'BulkApiHardDelete', 'ViewAsUser'])

export const dangerous = (permission: string) => strong.has(permission)

const known = (key: string): key is Key => key in en

/** ManageUsers is called "Manage users"; one that is not known here is called by its own words. */
export function permissionLabel(name: string): string {
  const key = `people.perm.${name}`
  return known(key) ? t(key) : name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
}

export function aboutPermission(name: string): string {
  const key = `people.permAbout.${name}`
  return known(key) ? t(key) : ''
}

/** The rights on an object in the order of the matrix, by the names of the server. */
export const objectRights = ['read', 'create', 'edit', 'delete', 'viewAll', 'modifyAll', 'readFields', 'editFields'] as const
export type ObjectRight = (typeof objectRights)[number]

export const rightLabel = (right: string) => t(`people.right.${(right.charAt(0).toLowerCase() + right.slice(1)) as ObjectRight}`)
