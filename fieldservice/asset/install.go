package asset

import (
	"cmp"
	"fmt"
	"slices"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// reader is a transaction or a view.
type reader interface {
	record.Reader
	Catalog() *schema.Catalog
}

// need refuses a record that is not there for a viewer at level l, or is not of the named object.
func need(r reader, v access.Viewer, l access.Level, id schema.Id, field, of string) error {
	o := r.Catalog().ById(id)
	gone := record.Refuse("INVALID_CROSS_REFERENCE_KEY", fmt.Sprintf("%s: there is no such %s for you", field, r.Catalog().Object(of).Label), field)
	if o == nil || o.Name != of || l >= access.EditLevel && !v.Object(o).Has(access.Edit) {
		return gone
	}
	if open, err := record.Opens(r, v, id, l); err != nil || open {
		return err
	}
	return gone
}

// may refuse viewers who may not do something with records of an object.
func may(tx *record.Tx, right access.Rights, name string) error {
	if o := tx.Catalog().Object(name); !tx.Viewer().Object(o).Has(right) {
		return record.Refuse("INSUFFICIENT_ACCESS_OR_READONLY", "You may not do this with records of "+o.LabelPlural)
	}
	return nil
}

// installing says which asset is put where, and when.
type installing struct {
	AssetId     schema.Ref[object.Asset]    `field:"required"`
	LocationId  schema.Ref[object.Location] `help:"empty is where it is noted"`
	ParentId    schema.Ref[object.Asset]    `help:"the asset that it becomes a part of"`
	InstallDate schema.Date                 `help:"empty is today"`
}

type installed struct{ AssetId schema.Ref[object.Asset] }

func install(tx *record.Tx, in installing) (installed, error) {
	if err := need(tx, tx.Viewer(), access.EditLevel, schema.Id(in.AssetId), "assetId", "Asset"); err != nil {
		return installed{}, err
	}
	if in.ParentId != "" {
		if err := need(tx, tx.Viewer(), access.ReadLevel, schema.Id(in.ParentId), "parentId", "Asset"); err != nil {
			return installed{}, err
		}
	}
	if in.LocationId != "" {
		if err := need(tx, tx.Viewer(), access.ReadLevel, schema.Id(in.LocationId), "locationId", "Location"); err != nil {
			return installed{}, err
		}
	}
	a, err := record.Lock(tx, in.AssetId)
	if err != nil {
		return installed{}, err
	}
	if a.Status == "Obsolete" {
		return installed{}, record.Refuse("FIELD_INTEGRITY_EXCEPTION", "assetId: an asset that is out of use can't be installed", "assetId")
	}
	put(a, in.LocationId, in.ParentId, orToday(tx, in.InstallDate))
	return installed{in.AssetId}, tx.Save(a)
}

// put notes that an asset is installed.
func put(a *object.Asset, at schema.Ref[object.Location], under schema.Ref[object.Asset], on schema.Date) {
	a.Status, a.InstallDate = "Installed", on
	a.LocationId, a.ParentId = cmp.Or(at, a.LocationId), cmp.Or(under, a.ParentId)
}

// orToday is a day, or today where the viewer is.
func orToday(tx *record.Tx, d schema.Date) schema.Date {
	if d.IsNull() {
		return schema.On(tx.Now().In(tx.Viewer().Location()))
	}
	return d
}

// replacing says what takes the place of an asset: another one, or a new one.
type replacing struct {
	AssetId          schema.Ref[object.Asset]    `field:"required" help:"the old one"`
	NewAssetId       schema.Ref[object.Asset]    `help:"the new one; empty makes it"`
	Name             string                      `max:"255" help:"of an asset that is made; empty is as the old one"`
	SerialNumber     string                      `max:"80" help:"of an asset that is made"`
	Product2Id       schema.Ref[object.Product2] `help:"of an asset that is made; empty is as the old one"`
	RelationshipType string                      `help:"Replacement, Upgrade or Crossgrade; empty is Replacement"`
	InstallDate      schema.Date                 `help:"empty is today"`
	MovesParts       bool                        `help:"the parts of the old one become parts of the new one"`
}

type replaced struct {
	AssetId             schema.Ref[object.Asset] // the new one
	AssetRelationshipId schema.Ref[object.AssetRelationship]
}

func replace(tx *record.Tx, in replacing) (out replaced, err error) {
	if err := mayReplace(tx, in); err != nil {
		return out, err
	}
	old, err := record.Lock(tx, in.AssetId)
	if err != nil {
		return out, err
	}
	if old.Status == "Obsolete" {
		return out, record.Refuse("FIELD_INTEGRITY_EXCEPTION", "assetId: the asset is out of use already", "assetId")
	}
	fresh := &object.Asset{Name: cmp.Or(in.Name, old.Name), SerialNumber: in.SerialNumber, Product2Id: cmp.Or(in.Product2Id, old.Product2Id)}
	if in.NewAssetId != "" {
		if fresh, err = record.Lock(tx, in.NewAssetId); err != nil {
			return out, err
		}
	}
	on := orToday(tx, in.InstallDate)
	takeOver(fresh, old)
	put(fresh, old.LocationId, old.ParentId, on)
	if err := tx.Save(fresh); err != nil {
		return out, err
	}
	out.AssetId = schema.Ref[object.Asset](fresh.Id)
	if in.MovesParts {
		if err := moveParts(tx, old, out.AssetId); err != nil {
			return out, err
		}
	}
	old.Status, old.UsageEndDate = "Obsolete", on
	link := &object.AssetRelationship{AssetId: out.AssetId, RelatedAssetId: in.AssetId, FromDate: schema.At(on.In(tx.Viewer().Location())), RelationshipType: schema.Picklist(cmp.Or(in.RelationshipType, "Replacement"))}
	if err := tx.Save(old, link); err != nil {
		return out, err
	}
	out.AssetRelationshipId = schema.Ref[object.AssetRelationship](link.Id)
	return out, nil
}

func mayReplace(tx *record.Tx, in replacing) error {
	if err := need(tx, tx.Viewer(), access.EditLevel, schema.Id(in.AssetId), "assetId", "Asset"); err != nil {
		return err
	}
	kinds := []string{"", "Replacement", "Upgrade", "Crossgrade"}
	switch {
	case in.AssetId == in.NewAssetId:
		return record.Refuse("INVALID_ARGUMENT", "newAssetId: an asset can't replace itself", "newAssetId")
	case !slices.Contains(kinds, in.RelationshipType):
		return record.Refuse("INVALID_ARGUMENT", "relationshipType: choose Replacement, Upgrade or Crossgrade", "relationshipType")
	case in.NewAssetId != "":
		return need(tx, tx.Viewer(), access.EditLevel, schema.Id(in.NewAssetId), "newAssetId", "Asset")
	}
	return may(tx, access.Create, "Asset")
}

// takeOver gives an asset whose owner is not noted that of the one that it replaces.
func takeOver(fresh, old *object.Asset) {
	if fresh.AccountId == "" && fresh.ContactId == "" {
		fresh.AccountId, fresh.ContactId, fresh.IsInternal = old.AccountId, old.ContactId, old.IsInternal
	}
	if fresh.Address == (schema.Address{}) {
		fresh.Address = old.Address
	}
}

func moveParts(tx *record.Tx, old *object.Asset, to schema.Ref[object.Asset]) error {
	parts, err := record.FindBy[object.Asset](tx, "ParentId", old.Id)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.Id == schema.Id(to) {
			continue
		}
		p.ParentId = to
		if err := tx.Save(p); err != nil {
			return err
		}
	}
	return nil
}
