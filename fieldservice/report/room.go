// Package report governs service reports: what they show, in which language and how numbers are written in it, and who
// has signed them. A report is a snapshot: a PDF that is made from the data of one moment and kept as a file of the
// work that it is about.
//
// What a report shows is said by a layout, a JSON document in ServiceReportLayout.Definition (see [layout]). The fields
// and records that its maker may not read are not in it, whatever the layout says.
//
// It does not know how a page is set (platform/paper), when work is complete (work), or what things cost (price).
package report

import (
	"fmt"

	"truckroll/fieldservice/object"
	"truckroll/platform/action"
	"truckroll/platform/file"
	"truckroll/platform/record"
)

// Rules are what happens to layouts and signatures when they are saved, in order of execution.
func Rules(files *file.Dir) record.Book {
	k := keepsFiles{files}
	return record.Book{
		record.Fill("signature: type, time and length", k.fillSignature),
		record.CheckWith("signature: one of each type on a report", checkSignature),
		record.CheckWith("report layout: can be used", checkLayout),
		record.CheckWith("report layout: one is the default", checkDefault),
		record.Follow("signature: its report is signed", followSignature),
	}
}

// Actions are what can be asked of reports.
func Actions(files *file.Dir) []action.Action {
	k := keepsFiles{files}
	return []action.Action{
		action.DoAhead("createServiceReport", "Create service report", k.ahead, k.create).With("Makes the report of a work order, line item or service appointment as PDF, with the signatures that are given, and keeps it as a file of the record.", ""),
		action.Ask("serviceReportHtml", "Service report as a page", k.ask).With("Returns the report as a page of HTML to look at and print; nothing is kept.", ""),
	}
}

func checkLayout(r record.Reader, old, l object.ServiceReportLayout) error {
	if l.Definition == old.Definition {
		return nil
	}
	if _, err := parseLayout(string(l.Definition), r.(reader).Catalog()); err != nil {
		return record.Refuse("INVALID_INPUT", fmt.Sprintf("Definition: %v", err), "Definition")
	}
	return nil
}

func checkDefault(r record.Reader, old, l object.ServiceReportLayout) error {
	if !l.IsDefault || old.IsDefault {
		return nil
	}
	others, err := record.Find[object.ServiceReportLayout](r, "IsDefault = TRUE")
	if err != nil || len(others) == 0 || others[0].Id == l.Id {
		return err
	}
	return record.Refuse("FIELD_INTEGRITY_EXCEPTION", fmt.Sprintf("IsDefault: %s is the default already; take it from there first", others[0].MasterLabel), "IsDefault")
}

// Plant gives an organisation without layouts the standard one, as its default.
func Plant(tx *record.Tx) error {
	all, err := record.Every[object.ServiceReportLayout](tx)
	if err != nil || len(all) > 0 {
		return err
	}
	return tx.Save(&object.ServiceReportLayout{MasterLabel: "Standard report", DeveloperName: "Standard_Report", TemplateType: "ServiceReport", IsDefault: true})
}
