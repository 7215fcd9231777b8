package object_test

import (
	"bufio"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/schema"
)

func compile(t *testing.T) *schema.Catalog {
	t.Helper()
	c, err := schema.Compile(slices.Concat(org.All, object.All)...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// fact is one line of testdata/facts.txt under its object.
type fact struct {
	object, name, kind           string
	required, createOnly, noSave bool
	max                          int
	defaultValue                 string
	to, values                   []string
	child                        *schema.Child // of a line about children
	cascade                      string
}

// different are the facts that the declarations leave on purpose, by reason.
var different = map[string][]string{
	"administrators write processes as records": {
		"SlaProcess.BusinessHoursId", "SlaProcess.Description", "SlaProcess.IsActive", "SlaProcess.Name",
		"SlaProcess.NameNorm", "SlaProcess.SobjectType", "SlaProcess.StartDateField",
	},
	"administrators write layouts as records": {
		"ServiceReportLayout.DeveloperName", "ServiceReportLayout.Language", "ServiceReportLayout.MasterLabel",
		"ServiceReportLayout.TemplateType",
	},
	"an auto-number in truth": {
		"WorkCapacityLimit.WorkCapacityLimitNumber", "WorkCapacityUsage.WorkCapacityUsageNumber",
		"ShipmentItem.ShipmentItemNumber",
	},
	"a part of its master": {
		"ShiftPatternEntry.ShiftPatternId", "AssetAttribute.AssetId", "AttributePicklistValue.PicklistId",
		"FldSvcObjChgDtl.FldSvcObjChgId", "ApptBundleAggrPolicy.BundlePolicyId",
		"ApptBundlePropagatePolicy.BundlePolicyId", "ApptBundleRestrictPolicy.BundlePolicyId",
		"ApptBundleSortPolicy.BundlePolicyId", "ApptBundlePolicySvcTerr.BundlePolicyId",
		"ApptBundleAggrDurDnscale.BundleAggregationPolicyId", "ProductConsumedState.ProductConsumedId",
		"ProductTransferState.ProductTransferId", "ShipmentItem.ShipmentId",
		"ContractLineOutcomeData.ContractLineOutcomeId", "MobileSettingsAssignment.FieldServiceMobileSettingsId",
	},
	"the objects that know it as a child, not any": {
		"GeolocationBasedAction.ReferenceRecordId",
	},
	"only what this house can have signed": {
		"DigitalSignature.ParentId",
	},
	"no person accounts": {
		"Account.PersonAssets", "Account.PersonCases", "Account.PersonEntitlementContacts", "Account.PersonEvents",
		"Account.PersonMaintenancePlans", "Account.PersonReturnOrders", "Account.PersonServiceAppointments",
		"Account.PersonServiceContracts", "Account.PersonTasks", "Account.PersonWorkOrders",
	},
	"no published reference": {
		"Account.Locations", "Pricebook2.ServiceTerritories", "WorkType.ShiftWorkTypes",
		"WorkTypeGroup.ShiftWorkTypeGroups", "ReturnOrderLineItem.ProductItemTransactions",
		"ProductServiceCampaignItem.ServiceAppointments",
	},
}

// TestFacts holds every declaration to what is known of the object.
func TestFacts(t *testing.T) {
	c := compile(t)
	objects := map[string]bool{}
	meant, left := map[string]bool{}, map[string]bool{}
	for _, places := range different {
		for _, place := range places {
			meant[place] = true
		}
	}
	for _, f := range readFacts(t) {
		o := c.Object(f.object)
		if o == nil {
			t.Fatalf("%s is not declared", f.object)
		}
		objects[f.object] = true
		var wrong []string
		switch {
		case f.name == "":
			if f.kind != "?" && o.Prefix != f.kind {
				t.Errorf("%s: the key prefix is %s, not %s", f.object, o.Prefix, f.kind)
			}
			continue
		case f.child != nil:
			wrong = f.compareChild(o)
		default:
			wrong = f.compareField(o)
		}
		place := f.object + "." + f.name
		if meant[place] && len(wrong) > 0 {
			left[place] = true
			continue
		}
		for _, w := range wrong {
			t.Errorf("%s: %s", place, w)
		}
	}
	if len(objects) != 121 {
		t.Errorf("the facts cover %d objects, not 121", len(objects))
	}
	for place := range meant {
		if !left[place] {
			t.Errorf("%s is listed as different, but is as the facts say", place)
		}
	}
}

// kindOf gives the kind of a field for its type in the facts, where the two are not called the same.
var kindOf = map[string]schema.Kind{"autonumber": schema.KindText, "geolocation": schema.KindLocation}

func (f *fact) compareField(o *schema.Object) (wrong []string) {
	d := o.Field(f.name)
	if d == nil {
		return []string{"is not declared"}
	}
	kind, ok := kindOf[f.kind]
	if !ok {
		kind = schema.Kind(f.kind)
	}
	say := func(bad bool, what string) {
		if bad {
			wrong = append(wrong, what)
		}
	}
	say(d.Name != f.name, "is spelt "+d.Name)
	say(d.Kind != kind, "has the kind "+string(d.Kind)+", not "+f.kind)
	say((d.Format != "") != (f.kind == "autonumber"), "numbers itself, or not")
	say(d.Required != f.required && d.Kind != schema.KindBoolean, "required is "+strconv.FormatBool(d.Required))
	say(d.CreateOnly != f.createOnly, "create-only is "+strconv.FormatBool(d.CreateOnly))
	say(d.ReadOnly != f.noSave && !d.Kind.Compound(), "read-only is "+strconv.FormatBool(d.ReadOnly))
	say(f.max > 0 && d.Length != f.max, "holds "+strconv.Itoa(d.Length)+" characters")
	say(f.defaultValue != "" && d.Default != f.defaultValue, "has the default "+d.Default)
	for _, to := range f.to {
		say(!slices.Contains(d.To, to), "does not lead to "+to)
	}
	say(len(f.values) > 0 && !slices.Equal(sorted(values(d)), sorted(f.values)), "has the values "+strings.Join(values(d), ";"))
	return wrong
}

func (f *fact) compareChild(o *schema.Object) []string {
	c := o.Child(f.name)
	switch {
	case c == nil:
		return []string{"no such child relationship"}
	case c.Object != f.child.Object || f.child.Field != "?" && c.Field != f.child.Field:
		return []string{"leads to " + c.Object + "." + c.Field}
	case f.cascade != "?" && (c.Delete == schema.Cascade) != (f.cascade == "cascade"):
		return []string{"cascade is " + strconv.FormatBool(c.Delete == schema.Cascade)}
	}
	return nil
}

func values(f *schema.Field) []string {
	var all []string
	for _, c := range f.Choices {
		all = append(all, c.Value)
	}
	return all
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

func readFacts(t *testing.T) []fact {
	t.Helper()
	file, err := os.Open("testdata/facts.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var facts []fact
	object := ""
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		w := strings.Fields(lines.Text())
		switch w[0] {
		case "#":
		case "object":
			object = w[1]
			facts = append(facts, fact{object: object, kind: w[2]})
		case "children":
			facts = append(facts, fact{object: object, name: w[1], child: &schema.Child{Object: w[2], Field: w[3]}, cascade: w[4]})
		default:
			facts = append(facts, readField(t, object, w))
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return facts
}

func readField(t *testing.T, object string, words []string) fact {
	t.Helper()
	f := fact{object: object, name: words[0], kind: words[1]}
	for _, w := range words[2:] {
		key, value, _ := strings.Cut(w, "=")
		value = strings.ReplaceAll(value, "_", " ")
		switch key {
		case "required":
			f.required = true
		case "createonly":
			f.createOnly = true
		case "readonly":
			f.noSave = true
		case "default":
			f.defaultValue = value
		case "max":
			f.max, _ = strconv.Atoi(value)
		case "to":
			_, list, _ := strings.Cut(w, "=")
			f.to = strings.Split(list, ",")
		case "values":
			f.values = strings.Split(value, ";")
		default:
			t.Fatalf("%s.%s: unknown word %s", object, f.name, w)
		}
	}
	return f
}

// TestCategories holds that every status that has a category field beside it gives a category of that field.
func TestCategories(t *testing.T) {
	for _, o := range compile(t).Objects {
		status, category := o.Field("Status"), o.Field("StatusCategory")
		if status == nil || category == nil {
			continue
		}
		if len(status.Choices) == 0 {
			t.Errorf("%s.Status has no values", o.Name)
		}
		for _, c := range status.Choices {
			if category.Choice(c.Category) == nil {
				t.Errorf("%s.Status: %s has the category %q", o.Name, c.Value, c.Category)
			}
		}
	}
}

// TestDeclarations holds what no tag can break without notice.
func TestDeclarations(t *testing.T) {
	for _, o := range compile(t).Objects {
		if len(o.Prefix) != 3 {
			t.Errorf("%s: the key prefix %q has not three characters", o.Name, o.Prefix)
		}
		for _, f := range o.Fields {
			if f.Required && !f.Createable() {
				t.Errorf("%s.%s is required, but nobody can set it", o.Name, f.Name)
			}
			if f.Kind == schema.KindReference && len(f.To) == 0 {
				t.Errorf("%s.%s leads nowhere", o.Name, f.Name)
			}
			if f.Required && f.Kind == schema.KindReference && f.OnDelete == schema.Clear {
				t.Errorf("%s.%s is required, and cleared when its target is deleted", o.Name, f.Name)
			}
			if f.Default != "" && f.Kind == schema.KindPicklist && len(f.Choices) > 0 && f.Choice(f.Default) == nil {
				t.Errorf("%s.%s: the default %s is not among its values", o.Name, f.Name, f.Default)
			}
			if f.Per != "" && o.Field(f.Per) == nil {
				t.Errorf("%s.%s counts within %s, which it does not have", o.Name, f.Name, f.Per)
			}
			if _, err := f.ParseText(f.Default); err != nil {
				t.Errorf("%s.%s: the default %s: %v", o.Name, f.Name, f.Default, err)
			}
		}
	}
}

// TestFiles holds that each object is declared in the file of its name and listed in All.
func TestFiles(t *testing.T) {
	for _, proto := range object.All {
		name := reflect.TypeOf(proto).Name()
		src, err := os.ReadFile(strings.ToLower(name) + ".go")
		if err != nil {
			t.Error(err)
			continue
		}
		if !strings.Contains(string(src), "\n// "+name+" ") || !strings.Contains(string(src), "\ntype "+name+" struct {") {
			t.Errorf("%s is not declared, with a comment, in its file", name)
		}
	}
}

// What people read has no digits of ours and no word cut short.
func TestLabels(t *testing.T) {
	poor := regexp.MustCompile(`[a-z]\d|\b(Svc|Appt|Sched|Sla|Fld|Obj|Mins|Hrs|Avg|Url|Requireds|Consumeds|Datas)\b|^Is [A-Z]|\w (Of|In|To|For) \w`)
	seen := map[string]string{}
	for _, o := range compile(t).Objects {
		for _, label := range []string{o.Label, o.LabelPlural} {
			if poor.MatchString(label) {
				t.Errorf("%s is called %q", o.Name, label)
			}
		}
		if other := seen[o.Label]; other != "" {
			t.Errorf("%s and %s are both called %q", other, o.Name, o.Label)
		}
		seen[o.Label] = o.Name
		for _, f := range o.Fields {
			if poor.MatchString(f.Label) {
				t.Errorf("%s.%s is called %q", o.Name, f.Name, f.Label)
			}
		}
	}
}
