package asset

import (
	"cmp"
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/access"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// maxPortion is how many records one call of an action on a campaign makes.
const maxPortion = 1000

// campaigning says which campaign is meant.
type campaigning struct {
	CampaignId schema.Ref[object.ProductServiceCampaign] `field:"required"`
	Limit      int                                       `help:"most records that are made; 1000 when empty and at most"`
}

func (in campaigning) limit() int {
	if in.Limit <= 0 {
		return maxPortion
	}
	return min(in.Limit, maxPortion)
}

// itemsMade are the items that were added.
type itemsMade struct {
	ItemIds []schema.Ref[object.ProductServiceCampaignItem]
	More    bool // call again for the others
}

// addItems adds the assets of the campaign's product to its items. What is out of use stays out.
func addItems(tx *record.Tx, in campaigning) (out itemsMade, err error) {
	c, err := openCampaign(tx, in, "ProductServiceCampaignItem")
	if err != nil {
		return out, err
	}
	if c.Product2Id == "" {
		return out, record.Refuse("FIELD_INTEGRITY_EXCEPTION", "campaignId: the campaign names no product", "campaignId")
	}
	has := map[schema.Ref[object.Asset]]bool{}
	items, err := record.FindBy[object.ProductServiceCampaignItem](tx, "ProductServiceCampaignId", c.Id)
	if err != nil {
		return out, err
	}
	for _, i := range items {
		has[i.AssetId] = true
	}
	for a, err := range record.Each[object.Asset](tx, "Product2Id = ?", schema.Id(c.Product2Id)) {
		switch {
		case err != nil:
			return out, err
		case has[schema.Ref[object.Asset](a.Id)] || a.Status == "Obsolete":
			continue
		case len(out.ItemIds) == in.limit():
			out.More = true
			return out, nil
		}
		i := &object.ProductServiceCampaignItem{ProductServiceCampaignId: in.CampaignId, AssetId: schema.Ref[object.Asset](a.Id), Product2Id: c.Product2Id, Status: object.WorkStatusNew}
		if err := tx.Save(i); err != nil {
			return out, err
		}
		out.ItemIds = append(out.ItemIds, schema.Ref[object.ProductServiceCampaignItem](i.Id))
	}
	return out, nil
}

// openCampaign locks a campaign that the viewer may see, so that two calls at once do not make the same records.
func openCampaign(tx *record.Tx, in campaigning, makes string) (*object.ProductServiceCampaign, error) {
	if err := need(tx, tx.Viewer(), access.ReadLevel, schema.Id(in.CampaignId), "campaignId", "ProductServiceCampaign"); err != nil {
		return nil, err
	}
	if err := may(tx, access.Create, makes); err != nil {
		return nil, err
	}
	c, err := record.Lock(tx, in.CampaignId)
	if err != nil {
		return nil, err
	}
	if over(c.StatusCategory) {
		return nil, record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("campaignId: the campaign is over: %s", c.Status), "campaignId")
	}
	return c, nil
}

// over reports whether nothing more is to be done.
func over(c object.WorkCategory) bool {
	return c == object.WorkCategoryCompleted || c == object.WorkCategoryClosed || c == object.WorkCategoryCanceled
}

type ordersMade struct {
	WorkOrderIds []schema.Ref[object.WorkOrder]
	More         bool // call again for the others
}

// createOrders makes an order for each open item without one. Calling again makes none twice.
func createOrders(tx *record.Tx, in campaigning) (out ordersMade, err error) {
	c, err := openCampaign(tx, in, "WorkOrder")
	if err != nil {
		return out, err
	}
	items, err := record.Find[object.ProductServiceCampaignItem](tx, "ProductServiceCampaignId = ? ORDER BY Id", c.Id)
	if err != nil {
		return out, err
	}
	orders, err := record.FindBy[object.WorkOrder](tx, "ProductServiceCampaignId", c.Id)
	if err != nil {
		return out, err
	}
	has := map[schema.Ref[object.ProductServiceCampaignItem]]bool{}
	for _, o := range orders {
		has[o.ProductServiceCampaignItemId] = true
	}
	for _, i := range items {
		if over(i.StatusCategory) || has[schema.Ref[object.ProductServiceCampaignItem](i.Id)] {
			continue
		}
		if len(out.WorkOrderIds) == in.limit() {
			out.More = true
			break
		}
		o, err := orderFor(tx, c, i)
		if err != nil {
			return out, err
		}
		if err := tx.Save(o); err != nil {
			return out, fmt.Errorf("item %s: %w", i.Id, err)
		}
		out.WorkOrderIds = append(out.WorkOrderIds, schema.Ref[object.WorkOrder](o.Id))
	}
	return out, nil
}

// orderFor is the order of an item, for the customer and at the place of its asset.
func orderFor(tx *record.Tx, c *object.ProductServiceCampaign, i *object.ProductServiceCampaignItem) (*object.WorkOrder, error) {
	a, err := record.Get(tx, i.AssetId)
	if err != nil {
		return nil, err
	}
	o, err := record.Draft[object.WorkOrder](tx)
	if err != nil {
		return nil, err
	}
	o.Subject = c.ProductServiceCampaignName
	if a.Name != "" {
		o.Subject += ": " + a.Name
	}
	o.Description, o.Priority, o.WorkTypeId = c.Description, cmp.Or(c.Priority, o.Priority), c.WorkTypeId
	o.AssetId, o.AccountId, o.ContactId, o.LocationId, o.Address = i.AssetId, a.AccountId, a.ContactId, a.LocationId, a.Address
	o.ProductServiceCampaignId, o.ProductServiceCampaignItemId = schema.Ref[object.ProductServiceCampaign](c.Id), schema.Ref[object.ProductServiceCampaignItem](i.Id)
	return o, nil
}

// checkItem keeps an asset from being in a campaign twice.
func checkItem(r record.Reader, old, i object.ProductServiceCampaignItem) error {
	switch {
	case i.ProductServiceCampaignId == "":
		return record.Refuse("REQUIRED_FIELD_MISSING", "ProductServiceCampaignId: say which campaign it belongs to", "ProductServiceCampaignId")
	case i.AssetId == "" && i.Product2Id == "" && i.SerializedProductId == "":
		return record.Refuse("REQUIRED_FIELD_MISSING", "AssetId, Product2Id, SerializedProductId: say what is to be worked on", "AssetId", "Product2Id", "SerializedProductId")
	case i.AssetId == "" || i.AssetId == old.AssetId && i.ProductServiceCampaignId == old.ProductServiceCampaignId:
		return nil
	}
	others, err := record.Find[object.ProductServiceCampaignItem](r, "AssetId = ? AND ProductServiceCampaignId = ?", schema.Id(i.AssetId), schema.Id(i.ProductServiceCampaignId))
	if err != nil || len(others) == 0 || others[0].Id == i.Id {
		return err
	}
	return record.Refuse("DUPLICATE_VALUE", "AssetId: the campaign has an item of this asset already: "+string(others[0].Id), "AssetId")
}

// followCampaignOrder completes the item of a campaign along with its order.
func followCampaignOrder(tx *record.Tx, c record.Change[object.WorkOrder]) error {
	o := c.New
	if o.ProductServiceCampaignItemId == "" || o.StatusCategory == c.Old.StatusCategory || o.StatusCategory != object.WorkCategoryCompleted && o.StatusCategory != object.WorkCategoryClosed {
		return nil
	}
	i, err := record.Get(tx, o.ProductServiceCampaignItemId)
	if err != nil || over(i.StatusCategory) {
		return err
	}
	for _, choice := range tx.Catalog().Object("ProductServiceCampaignItem").Field("Status").Choices {
		if choice.Category == string(object.WorkCategoryCompleted) && !choice.Inactive {
			i.Status, i.StatusCategory = object.WorkStatus(choice.Value), object.WorkCategoryCompleted
			return tx.Save(i)
		}
	}
	return nil
}
