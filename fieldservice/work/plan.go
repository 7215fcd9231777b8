package work

import (
	"cmp"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// selectPlans gives new work the plans whose selection rules it meets, each once.
func selectPlans(tx *record.Tx, jobs []*job) error {
	if !slices.ContainsFunc(jobs, func(j *job) bool { return j.insert && !j.over }) {
		return nil
	}
	s, err := settings(tx)
	if err != nil || !s.PlansAutomatically {
		return err
	}
	rules, err := record.Every[object.WorkPlanSelectionRule](tx)
	if err != nil || len(rules) == 0 {
		return err
	}
	var plans []*object.WorkPlan
	for _, j := range jobs {
		if !j.insert || j.over {
			continue
		}
		var taken []schema.Ref[object.WorkPlanTemplate]
		for _, rule := range rules {
			meets, err := j.meets(tx, rule)
			if err != nil {
				return err
			}
			if meets && !slices.Contains(taken, rule.WorkPlanTemplateId) {
				taken = append(taken, rule.WorkPlanTemplateId)
			}
		}
		for _, id := range taken {
			t, err := record.Get(tx, id)
			if err != nil {
				return err
			}
			if t.IsActive && !t.IsDeleted {
				plans = append(plans, newPlan(t, j))
			}
		}
	}
	return addPlans(tx, plans)
}

// meets reports whether work meets every condition that a rule sets. The product of an order is that of its asset.
func (j *job) meets(tx *record.Tx, rule *object.WorkPlanSelectionRule) (bool, error) {
	switch {
	case !rule.IsActive,
		rule.WorkTypeId != "" && rule.WorkTypeId != j.typ,
		rule.AssetId != "" && rule.AssetId != j.asset,
		rule.AccountId != "" && rule.AccountId != j.account,
		rule.LocationId != "" && rule.LocationId != j.location,
		rule.ServiceTerritoryId != "" && rule.ServiceTerritoryId != j.territory,
		rule.ServiceContractId != "" && rule.ServiceContractId != j.contract:
		return false, nil
	case rule.Product2Id == "", rule.Product2Id == j.product:
		return true, nil
	case j.product != "" || j.asset == "":
		return false, nil
	}
	a, err := record.Get(tx, j.asset)
	return err == nil && a.Product2Id == rule.Product2Id, err
}

func newPlan(t *object.WorkPlanTemplate, j *job) *object.WorkPlan {
	return &object.WorkPlan{Name: t.Name, Description: t.Description, ParentRecordId: schema.AnyRef(j.id), WorkPlanTemplateId: schema.Ref[object.WorkPlanTemplate](t.Id), ExecutionOrder: t.RelativeExecutionOrder}
}

// addPlans saves plans with the steps of their templates.
func addPlans(tx *record.Tx, plans []*object.WorkPlan) error {
	if len(plans) == 0 {
		return nil
	}
	if err := saveAll(tx, plans); err != nil {
		return err
	}
	var waves [][]*object.WorkStep
	for _, p := range plans {
		steps, err := newSteps(tx, p)
		if err != nil {
			return err
		}
		for i, wave := range steps {
			if i == len(waves) {
				waves = append(waves, nil)
			}
			waves[i] = append(waves[i], wave...)
		}
	}
	decider := map[stepKey]schema.Ref[object.WorkStep]{}
	for _, wave := range waves {
		for _, s := range wave {
			if s.ShowIfStepId = decider[stepKey{s.WorkPlanId, schema.Ref[object.WorkStepTemplate](s.ShowIfStepId)}]; s.ShowIfStepId == "" {
				s.ShowIfAnswer = ""
			}
		}
		if err := saveAll(tx, wave); err != nil {
			return err
		}
		for _, s := range wave {
			decider[stepKey{s.WorkPlanId, s.WorkStepTemplateId}] = schema.Ref[object.WorkStep](s.Id)
		}
	}
	return nil
}

// stepKey names a step of a plan by the template that it came from.
type stepKey struct {
	plan     schema.Ref[object.WorkPlan]
	template schema.Ref[object.WorkStepTemplate]
}

// newSteps returns the steps of a plan's template in waves: what decides about a step comes in an earlier wave. Until it
// is saved, a step's ShowIfStepId holds the id of the deciding step's template.
func newSteps(tx *record.Tx, p *object.WorkPlan) ([][]*object.WorkStep, error) {
	entries, err := record.FindBy[object.WorkPlanTemplateEntry](tx, "WorkPlanTemplateId", schema.Id(p.WorkPlanTemplateId))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(entries, func(a, b *object.WorkPlanTemplateEntry) int {
		return cmp.Compare(a.ExecutionOrder.Int64(), b.ExecutionOrder.Int64())
	})
	var steps []*object.WorkStep
	inPlan := map[schema.Ref[object.WorkStepTemplate]]bool{}
	for _, e := range entries {
		t, err := record.Get(tx, e.WorkStepTemplateId)
		if err != nil {
			return nil, err
		}
		if t.IsActive && !t.IsDeleted {
			inPlan[e.WorkStepTemplateId] = true
			steps = append(steps, newStep(t, e, p))
		}
	}
	return inWaves(steps, inPlan), nil
}

func newStep(t *object.WorkStepTemplate, e *object.WorkPlanTemplateEntry, p *object.WorkPlan) *object.WorkStep {
	return &object.WorkStep{Name: t.Name, Description: t.Description, WorkPlanId: schema.Ref[object.WorkPlan](p.Id), Question: t.Question, ExecutionOrder: e.ExecutionOrder,
		WorkStepTemplateId: schema.Ref[object.WorkStepTemplate](t.Id), ShowIfStepId: schema.Ref[object.WorkStep](t.ShowIfStepId), ActionDefinition: t.ActionDefinition, ActionType: t.ActionType}
}

// inWaves orders steps so that each comes after the one that decides about it. A decider that is not in the plan, or
// that is decided about by its own step, decides nothing: the step is always asked.
func inWaves(steps []*object.WorkStep, inPlan map[schema.Ref[object.WorkStepTemplate]]bool) [][]*object.WorkStep {
	var waves [][]*object.WorkStep
	saved := map[schema.Ref[object.WorkStepTemplate]]bool{}
	for len(steps) > 0 {
		var wave, rest []*object.WorkStep
		for _, s := range steps {
			by := schema.Ref[object.WorkStepTemplate](s.ShowIfStepId)
			if by == "" || !inPlan[by] || saved[by] {
				wave = append(wave, s)
			} else {
				rest = append(rest, s)
			}
		}
		if wave == nil {
			for _, s := range rest {
				s.ShowIfStepId = ""
			}
			wave, rest = rest, nil
		}
		for _, s := range wave {
			saved[s.WorkStepTemplateId] = true
		}
		waves, steps = append(waves, wave), rest
	}
	return waves
}

// saveAll saves records of one type.
func saveAll[T any](tx *record.Tx, recs []*T) error {
	all := make([]any, len(recs))
	for i, r := range recs {
		all[i] = r
	}
	return tx.Save(all...)
}

// fillPlan says which order and line a plan belongs to, whichever of the references was given.
func fillPlan(tx *record.Tx, c *record.Change[object.WorkPlan]) error {
	p := c.New
	if p.ParentRecordId == "" || !c.Insert && p.ParentRecordId == c.Old.ParentRecordId {
		setIfEmpty(&p.ParentRecordId, schema.AnyRef(p.WorkOrderLineItemId))
		setIfEmpty(&p.ParentRecordId, schema.AnyRef(p.WorkOrderId))
	}
	if p.ParentRecordId == "" {
		return nil
	}
	o := tx.Catalog().ById(schema.Id(p.ParentRecordId))
	if p.ParentRecordType = o.Name; o.Name == "WorkOrder" {
		p.WorkOrderId, p.WorkOrderLineItemId = schema.Ref[object.WorkOrder](p.ParentRecordId), ""
		return nil
	}
	p.WorkOrderLineItemId = schema.Ref[object.WorkOrderLineItem](p.ParentRecordId)
	l, err := record.Get(tx, p.WorkOrderLineItemId)
	p.WorkOrderId = l.WorkOrderId
	return err
}

func checkPlan(old, p object.WorkPlan) error {
	if old.Id != "" && old.ParentRecordId != p.ParentRecordId {
		return record.Refuse("FIELD_INTEGRITY_EXCEPTION", "ParentRecordId: a plan stays with its work", "ParentRecordId")
	}
	if p.ParentRecordId == "" {
		return record.Refuse("REQUIRED_FIELD_MISSING", "ParentRecordId: a plan belongs to a work order or one of its lines", "ParentRecordId")
	}
	return nil
}
