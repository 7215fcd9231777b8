// The shapes that the REST API answers with, as far as the console reads them.

export interface Problem {
  message: string
  errorCode: string
  fields?: string[]
}

/** A record or a row of a query: field name to value; a parent that was asked for stands under its relationship. */
export type Values = Record<string, unknown>

export interface Page {
  totalSize: number
  done: boolean
  records: Values[]
  nextRecordsUrl?: string
}

/** The colours that an administrator may give a choice. */
export const colors = ['gray', 'red', 'amber', 'green', 'teal', 'blue', 'purple'] as const
export type Color = (typeof colors)[number]

export interface Choice {
  active: boolean
  color?: Color
  category?: string
  defaultValue: boolean
  label: string
  value: string
  validFor: string | null
}

export interface Field {
  name: string
  label: string
  type: string
  createable: boolean
  updateable: boolean
  nillable: boolean
  nameField: boolean
  calculated: boolean
  autoNumber: boolean
  filterable: boolean
  sortable: boolean
  length: number
  precision: number
  scale: number
  referenceTo: string[]
  relationshipName: string | null
  compoundFieldName: string | null
  controllerName: string | null
  dependentPicklist: boolean
  restrictedPicklist: boolean
  picklistValues: Choice[]
  defaultValue: unknown
  defaultedOnCreate: boolean
  inlineHelpText: string | null
  custom: boolean
  cascadeDelete: boolean
  calculatedFormula: string | null
  permissionable: boolean
  unique: boolean
  externalId: boolean
}

/** What the API tells of every object in one answer. */
export interface Brief {
  name: string
  label: string
  labelPlural: string
  keyPrefix: string | null
  createable: boolean
  updateable: boolean
  deletable: boolean
  undeletable: boolean
  searchable: boolean
  layoutable: boolean
  custom: boolean
  mruEnabled: boolean
  /** An administrator put it into the navigation. */
  navigation?: boolean
}

export interface ChildRelationship {
  childSObject: string
  field: string
  relationshipName: string | null
  cascadeDelete: boolean
}

export interface Described extends Brief {
  fields: Field[]
  childRelationships: ChildRelationship[]
}

export interface LayoutItem {
  label: string
  required: boolean
  layoutComponents: { type: string; value: string }[]
}

export interface LayoutSection {
  heading: string
  layoutRows: { layoutItems: LayoutItem[] }[]
}

export interface RelatedList {
  field: string
  label: string
  name: string
  sobject: string
  columns: { name: string; label: string }[]
}

export interface Layout {
  detailLayoutSections: LayoutSection[]
  editLayoutSections: LayoutSection[]
  relatedLists: RelatedList[]
}

export interface ListView {
  id: string
  developerName: string
  label: string
}

export interface ListViewDescribe {
  columns: { fieldNameOrPath: string; hidden: boolean; label: string; sortable: boolean }[]
  orderBy: string[]
  query: string
  scope: string
  whereCondition: { conditions: string[] }
}

export interface Me {
  id: string
  username: string
  name: string
  email: string
  language: string
  locale: string
  timeZone: string
  organization: { id: string; name: string }
  /** The system permissions that the user has: ViewSetup, ManageUsers, CustomizeApplication… */
  permissions: string[]
  /** Who looks through the user's eyes, if not the user. */
  viewedBy?: { id: string; name: string; change: boolean; until: string } | null
}
