// How the objects of field service look on the generic screens.
import { create } from '../api/records'
import type { Values } from '../api/types'
import { t } from '../i18n/t'
import { dress, type Panel } from '../record/look'
import { recordHref } from '../route/url'

const has = (...names: string[]) => (objects: Set<string>) => names.every((n) => objects.has(n))

/** A return visit: one more appointment for the same work. */
async function visitAgain(v: Values): Promise<string> {
  const id = await create('ServiceAppointment', { ParentRecordId: v.Id, Subject: v.Subject ?? null })
  return recordHref('ServiceAppointment', id)
}

/** Further work for the same customer, site and asset. */
async function followUp(v: Values): Promise<string> {
  const kept = ['AccountId', 'ContactId', 'AssetId', 'LocationId', 'ServiceTerritoryId', 'WorkTypeId', 'ServiceContractId', 'Priority']
  const values = Object.fromEntries(kept.filter((f) => v[f]).map((f) => [f, v[f]]))
  const id = await create('WorkOrder', { ...values, ParentWorkOrderId: v.Id, Subject: t('work.followUpOf', { subject: String(v.Subject ?? v.WorkOrderNumber ?? '') }) })
  return recordHref('WorkOrder', id)
}

const panel = (id: string, at: Panel['at'], title: () => string, component: Panel['component'], fits: Panel['fits']): Panel => ({ id, at, title, component, fits })

export function dressWork(): void {
  dress('WorkOrder', {
    columns: ['WorkOrderNumber', 'Subject', 'Status', 'Priority', 'AccountId', 'ServiceTerritoryId', 'WorkTypeId', 'StartDate'],
    key: ['Priority', 'WorkTypeId', 'ServiceTerritoryId', 'StartDate', 'SlaExitDate', 'GrandTotal', 'OwnerId'],
    about: 'Subject',
    groups: [
      { heading: () => t('work.group.what'), fields: ['Subject', 'WorkTypeId', 'Status', 'Priority', 'Description'] },
      { heading: () => t('work.group.where'), fields: ['AccountId', 'ContactId', 'AssetId', 'LocationId', 'Address', 'ServiceTerritoryId', 'CaseId', 'ServiceContractId', 'EntitlementId'] },
      { heading: () => t('work.group.when'), fields: ['StartDate', 'EndDate', 'Duration', 'DurationType', 'MinimumCrewSize', 'RecommendedCrewSize'] },
      { heading: () => t('work.group.outcome'), fields: ['PostWorkSummary'] },
    ],
    related: ['ServiceAppointments', 'WorkOrderLineItems', 'ProductsConsumed', 'ProductsRequired', 'TimeSheetEntries', 'Expenses', 'ServiceReports'],
    shownElsewhere: ['ServiceAppointments', 'WorkSteps', 'NewWorkSteps', 'NewWorkPlans', 'WorkPlans', 'DescendantWorkOrders'],
    panels: [
      panel('status', 'head', () => t('work.status'), () => import('./Status.svelte'), () => true),
      panel('visits', 'main', () => t('work.visits'), () => import('./visits/Visits.svelte'), has('ServiceAppointment')),
      panel('steps', 'main', () => t('work.steps'), () => import('./steps/Steps.svelte'), has('WorkStep')),
      panel('lines', 'main', () => t('work.lines'), () => import('./Lines.svelte'), has('WorkOrderLineItem')),
      panel('parts', 'main', () => t('work.parts'), () => import('./Parts.svelte'), has('ProductConsumed')),
      panel('customer', 'side', () => t('work.customer'), () => import('./Customer.svelte'), has('Account')),
      panel('asset', 'side', () => t('work.asset'), () => import('./Asset.svelte'), has('Asset')),
      panel('price', 'side', () => t('work.price'), () => import('./Price.svelte'), () => true),
      panel('reports', 'side', () => t('work.reports'), () => import('./report/Reports.svelte'), has('ServiceReport')),
    ],
    deeds: [
      { label: () => t('work.visitAgain'), fits: has('ServiceAppointment'), run: visitAgain },
      { label: () => t('work.followUp'), fits: () => true, run: followUp },
    ],
  })
  dress('ServiceAppointment', {
    columns: ['AppointmentNumber', 'Subject', 'Status', 'SchedStartTime', 'SchedEndTime', 'AccountId', 'ServiceTerritoryId', 'DueDate'],
    key: ['SchedStartTime', 'SchedEndTime', 'ParentRecordId', 'AccountId', 'ServiceTerritoryId', 'DueDate'],
    about: 'Subject',
    groups: [
      { heading: () => t('work.group.what'), fields: ['Subject', 'ParentRecordId', 'Status', 'WorkTypeId', 'Description'] },
      { heading: () => t('work.group.when'), fields: ['EarliestStartTime', 'DueDate', 'SchedStartTime', 'SchedEndTime', 'ArrivalWindowStartTime', 'ArrivalWindowEndTime', 'Duration', 'DurationType', 'ActualStartTime', 'ActualEndTime'] },
      { heading: () => t('work.group.where'), fields: ['AccountId', 'ContactId', 'Address', 'ServiceTerritoryId'] },
    ],
    related: ['ServiceResources'],
  })
  dress('Account', { columns: ['Name', 'Phone', 'Type', 'BillingCity', 'BillingState', 'OwnerId'], key: ['Phone', 'Website', 'Type', 'Industry', 'OwnerId'], related: ['WorkOrders', 'Assets', 'Contacts', 'Cases'] })
  dress('Asset', { columns: ['Name', 'SerialNumber', 'Status', 'AccountId', 'Product2Id', 'InstallDate'], key: ['SerialNumber', 'AccountId', 'Product2Id', 'LocationId', 'InstallDate'], related: ['WorkOrders', 'ChildAssets'] })
  dress('Contact', { columns: ['Name', 'AccountId', 'Phone', 'Email', 'Title'], key: ['AccountId', 'Phone', 'MobilePhone', 'Email'] })
  dress('Case', { columns: ['CaseNumber', 'Subject', 'Status', 'Priority', 'AccountId', 'CreatedDate'], key: ['Priority', 'AccountId', 'ContactId', 'AssetId'], about: 'Subject', related: ['WorkOrders'] })
  dress('ServiceResource', { columns: ['Name', 'ResourceType', 'IsActive', 'RelatedRecordId'], related: ['ServiceAppointments', 'ServiceResourceSkills', 'ServiceTerritories'] })
  dress('WorkOrderLineItem', { columns: ['LineItemNumber', 'Subject', 'Status', 'Quantity', 'UnitPrice', 'TotalPrice'], about: 'Subject' })
  dress('WorkType', { columns: ['Name', 'EstimatedDuration', 'DurationType', 'Description'] })
  dress('ServiceTerritory', { columns: ['Name', 'ParentTerritoryId', 'IsActive', 'OperatingHoursId'] })
  dress('Product2', { columns: ['Name', 'ProductCode', 'Family', 'IsActive', 'Description'] })
}
