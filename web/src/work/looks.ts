// How the objects of field service look on the generic screens.
import { create, remove } from '../api/records'
import type { Values } from '../api/types'
import { t } from '../i18n/t'
import { tell } from '../kit/toast.svelte'
import { dress, type Panel } from '../record/look'
import { go } from '../route/router.svelte'
import { recordHref } from '../route/url'

const has = (...names: string[]) => (objects: Set<string>) => names.every((n) => objects.has(n))

/** Goes back to where somebody came from, after what they made there is gone again. */
function takeBack(object: string, id: string, to: string): () => Promise<void> {
  return async () => {
    await remove(object, id)
    go(to)
  }
}

/** A return visit: one more appointment for the same work. */
async function visitAgain(v: Values): Promise<string> {
  const id = await create('ServiceAppointment', { ParentRecordId: v.Id, Subject: v.Subject ?? null })
  tell(t('work.visitMade'), { undo: takeBack('ServiceAppointment', id, recordHref('WorkOrder', String(v.Id))) })
  return recordHref('ServiceAppointment', id)
}

/** Further work for the same customer, site and asset. */
async function followUp(v: Values): Promise<string> {
  const kept = ['AccountId', 'ContactId', 'AssetId', 'LocationId', 'ServiceTerritoryId', 'WorkTypeId', 'ServiceContractId', 'EntitlementId', 'CaseId', 'Pricebook2Id', 'Priority', 'Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude']
  const values = Object.fromEntries(kept.filter((f) => v[f]).map((f) => [f, v[f]]))
  const id = await create('WorkOrder', { ...values, ParentWorkOrderId: v.Id, Subject: t('work.followUpOf', { subject: String(v.Subject ?? v.WorkOrderNumber ?? '') }) })
  tell(t('work.followUpMade'), { undo: takeBack('WorkOrder', id, recordHref('WorkOrder', String(v.Id))) })
  return recordHref('WorkOrder', id)
}

const panel = (id: string, at: Panel['at'], title: () => string, component: Panel['component'], fits: Panel['fits']): Panel => ({ id, at, title, component, fits })

export function dressWork(): void {
  dress('WorkOrder', {
    about: 'Subject',
    shownElsewhere: ['ServiceAppointments', 'WorkSteps', 'NewWorkSteps', 'NewWorkPlans', 'WorkPlans', 'DescendantWorkOrders'],
    panels: [
      panel('status', 'head', () => t('work.status'), () => import('./Status.svelte'), () => true),
      panel('visits', 'main', () => t('work.visits'), () => import('./visits/Visits.svelte'), has('ServiceAppointment')),
      panel('steps', 'main', () => t('work.steps'), () => import('./steps/Steps.svelte'), has('WorkStep')),
      panel('lines', 'main', () => t('work.lines'), () => import('./Lines.svelte'), has('WorkOrderLineItem')),
      panel('parts', 'main', () => t('work.parts'), () => import('./parts/Parts.svelte'), has('ProductConsumed')),
      panel('time', 'main', () => t('work.time'), () => import('./time/Time.svelte'), has('TimeSheetEntry')),
      panel('expenses', 'main', () => t('work.expenses'), () => import('./Expenses.svelte'), has('Expense')),
      panel('notes', 'main', () => t('work.notes'), () => import('./Notes.svelte'), () => true),
      panel('customer', 'side', () => t('work.customer'), () => import('./Customer.svelte'), has('Account')),
      panel('service', 'side', () => t('work.service'), () => import('./Service.svelte'), has('ServiceContract')),
      panel('asset', 'side', () => t('work.asset'), () => import('./Asset.svelte'), has('Asset')),
      panel('price', 'side', () => t('work.price'), () => import('./Price.svelte'), () => true),
      panel('reports', 'side', () => t('work.reports'), () => import('./report/Reports.svelte'), has('ServiceReport')),
      panel('family', 'side', () => t('work.family'), () => import('./Family.svelte'), () => true),
    ],
    deeds: [
      { label: () => t('work.visitAgain'), fits: has('ServiceAppointment'), run: visitAgain },
      { label: () => t('work.followUp'), fits: () => true, run: followUp },
    ],
  })
  dress('ServiceAppointment', {
    about: 'Subject',
    shownElsewhere: ['ServiceResources', 'ServiceReports'],
    panels: [
      panel('status', 'head', () => t('work.status'), () => import('./Status.svelte'), () => true),
      panel('visit', 'main', () => t('work.visit'), () => import('./visits/Visits.svelte'), () => true),
      panel('job', 'main', () => t('work.job'), () => import('./visits/Job.svelte'), has('WorkOrder')),
      panel('notes', 'main', () => t('work.notes'), () => import('./Notes.svelte'), () => true),
      panel('customer', 'side', () => t('work.customer'), () => import('./Customer.svelte'), has('Account')),
      panel('reports', 'side', () => t('work.reports'), () => import('./report/Reports.svelte'), has('ServiceReport')),
    ],
  })
  dress('Case', { about: 'Subject' })
  dress('Account', { apart: 'BillingCity' })
  dress('Contact', { apart: 'Phone' })
  dress('Asset', { apart: 'SerialNumber' })
  dress('WorkOrderLineItem', {
    about: 'Subject',
    shownElsewhere: ['ServiceAppointments', 'WorkSteps', 'NewWorkSteps', 'NewWorkPlans', 'WorkPlans', 'DescendantWorkOrderLineItems'],
    panels: [
      panel('status', 'head', () => t('work.status'), () => import('./Status.svelte'), () => true),
      panel('visits', 'main', () => t('work.visits'), () => import('./visits/Visits.svelte'), has('ServiceAppointment')),
      panel('steps', 'main', () => t('work.steps'), () => import('./steps/Steps.svelte'), has('WorkStep')),
      panel('notes', 'main', () => t('work.notes'), () => import('./Notes.svelte'), () => true),
      panel('asset', 'side', () => t('work.asset'), () => import('./Asset.svelte'), has('Asset')),
      panel('reports', 'side', () => t('work.reports'), () => import('./report/Reports.svelte'), has('ServiceReport')),
    ],
  })
}
