package query

import (
	"encoding/json"
	"testing"

	"truckroll/platform/access"
)

func TestMetadata(t *testing.T) {
	c := worldCatalog(t)
	for text, want := range map[string]string{
		"SELECT Id, Company.Name, (SELECT Number FROM Reported), Salary FROM Person": `{"columnMetadata":[` +
			`{"aggregate":false,"apexType":"Id","booleanType":false,"columnName":"Id","custom":false,"displayName":"Id","foreignKeyName":null,"insertable":false,"joinColumns":[],"numberType":false,"textType":true,"updatable":false},` +
			`{"aggregate":false,"apexType":"","booleanType":false,"columnName":"Company","custom":false,"displayName":"Company","foreignKeyName":null,"insertable":false,"joinColumns":[` +
			`{"aggregate":false,"apexType":"String","booleanType":false,"columnName":"Name","custom":false,"displayName":"Name","foreignKeyName":null,"insertable":true,"joinColumns":[],"numberType":false,"textType":true,"updatable":true}` +
			`],"numberType":false,"textType":false,"updatable":false},` +
			`{"aggregate":true,"apexType":"","booleanType":false,"columnName":"Reported","custom":false,"displayName":"Reported","foreignKeyName":null,"insertable":false,"joinColumns":[` +
			`{"aggregate":false,"apexType":"String","booleanType":false,"columnName":"Number","custom":false,"displayName":"Number","foreignKeyName":null,"insertable":false,"joinColumns":[],"numberType":false,"textType":true,"updatable":false}` +
			`],"numberType":false,"textType":false,"updatable":false},` +
			`{"aggregate":false,"apexType":"Decimal","booleanType":false,"columnName":"Salary","custom":false,"displayName":"Salary","foreignKeyName":null,"insertable":true,"joinColumns":[],"numberType":true,"textType":false,"updatable":true}` +
			`],"entityName":"Person","groupBy":false,"idSelected":true,"keyPrefix":"003"}`,
		"SELECT AVG(Score), MAX(Name) m FROM Person": `{"columnMetadata":[` +
			`{"aggregate":true,"apexType":"Double","booleanType":false,"columnName":"expr0","custom":false,"displayName":"avg(Score)","foreignKeyName":null,"insertable":false,"joinColumns":[],"numberType":true,"textType":false,"updatable":false},` +
			`{"aggregate":true,"apexType":"String","booleanType":false,"columnName":"m","custom":false,"displayName":"max(Name)","foreignKeyName":null,"insertable":false,"joinColumns":[],"numberType":false,"textType":true,"updatable":false}` +
			`],"entityName":"Person","groupBy":true,"idSelected":false,"keyPrefix":"003"}`,
	} {
		st, err := Compile(text, c, access.Everything{}, Options{Now: noon})
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(st.Metadata())
		if err != nil || string(got) != want {
			t.Errorf("%s:\ngot  %s\nwant %s", text, got, want)
		}
	}
}
