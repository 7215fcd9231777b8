// Package object declares every object of the business: its fields, their kinds and how records hang together.
//
// One file declares one object, named as the object is, and the Go name is the name in the API, in the database and on
// screens. The names, key prefixes and relationships are those of Salesforce Field Service, so that its clients work
// unchanged. Picklists that rules depend on are Go types with constants; the others list their values in a tag. A
// status has a category, and rules read the category alone.
//
// Where Salesforce shows no key prefix, ours begin with z: zS for lists of statuses, zT for templates, zK for
// the objects of stock that are our own, zX for the slim objects below.
//
// Some objects are here because others refer to them, with only the fields that field service needs: Lead,
// Opportunity, Order, OrderItem, Quote, Individual, Knowledge__ka and Knowledge__kav, CostCenter, JobExpenseType,
// CostBook, ProductSellingModel, UnitOfMeasure, SkillType, SchedulingConstraint, CareProgramEnrollee, ContentAsset and
// FlowInterview. Left out on purpose: AuthorizationFormConsent and SignatureTaskLineItem as things to be signed, the
// child relationships of person accounts, and those whose reference Salesforce keeps to itself: Account.Locations,
// Pricebook2.ServiceTerritories, WorkType.ShiftWorkTypes, WorkTypeGroup.ShiftWorkTypeGroups,
// ReturnOrderLineItem.ProductItemTransactions and ProductServiceCampaignItem.ServiceAppointments.
//
// It does not know what happens to records: rules live in the rooms beside it.
package object

import (
	"strings"
	"unicode"

	"truckroll/platform/org"
	"truckroll/platform/schema"
)

// Owned gives an object an owner: a user, or a queue that users take records from.
type Owned struct {
	OwnerId schema.AnyRef `field:"owner" to:"User,Group"`
}

// UserOwned gives an object an owner who is always a user.
type UserOwned struct {
	OwnerId schema.Ref[org.User] `field:"owner"`
}

// Typed gives an object variants, each with its own picklists and pages.
type Typed struct {
	RecordTypeId schema.Ref[org.RecordType]
}

// Priced gives an object the currency of its amounts; null is the organisation's.
type Priced struct {
	CurrencyIsoCode schema.Picklist `max:"3" label:"Currency"`
}

// choices lists the values of a picklist whose labels are its values.
func choices[T ~string](values ...T) []schema.Choice {
	all := make([]schema.Choice, len(values))
	for i, v := range values {
		all[i] = schema.Choice{Value: string(v), Label: words(string(v))}
	}
	return all
}

// words parts the words of a value that is written as one: InProgress is read as In Progress.
func words(value string) string {
	var b strings.Builder
	for i, r := range value {
		if i > 0 && unicode.IsUpper(r) && unicode.IsLower(rune(value[i-1])) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}
