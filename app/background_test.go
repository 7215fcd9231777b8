package app

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"truckroll/platform/bulk"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// openHouse opens a house on a directory. It is closed by the caller.
func openHouse(t *testing.T, data string) *House {
	t.Helper()
	h, err := Open(context.Background(), Config{Data: data, LogLevel: "warn"}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// serving runs a house until the test's end, or until stop is called, and returns its address.
func serving(t *testing.T, h *House) (address string, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	listening, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- h.Serve(ctx, "127.0.0.1:0", func(a string) { listening <- a }) }()
	stop = func() error {
		cancel()
		return <-ended
	}
	select {
	case address = <-listening:
	case err := <-ended:
		t.Fatal(err)
	}
	return address, stop
}

// TestDefinitionsOutliveTheProcess: what an administrator defined is there when the server is started again.
func TestDefinitionsOutliveTheProcess(t *testing.T) {
	data := t.TempDir()
	h := openHouse(t, data)
	err := h.Keeper.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error {
		return tx.Save(
			&org.CustomField{TableEnumOrId: "Account", DeveloperName: "Code", Type: org.FieldText, Length: schema.NewInt(8), IsUnique: true, ExternalId: true},
			&org.ValidationRule{SobjectType: "Account", ValidationName: "Coded", Active: true, ErrorConditionFormula: "LEN(Code__c) = 1", ErrorMessage: "Too short."},
		)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	h = openHouse(t, data)
	defer h.Close()
	if f := h.Keeper.Catalog().Object("Account").Field("Code__c"); f == nil || !f.Unique || f.Length != 8 {
		t.Errorf("the field is %+v", f)
	}
	if n := len(h.Keeper.Definition().Validations); n != 1 {
		t.Errorf("%d validation rules", n)
	}
}

// TestWorkIsDoneInTheBackground serves a house: a job that was waiting when it starts is done, and it stops when told.
func TestWorkIsDoneInTheBackground(t *testing.T) {
	data := t.TempDir()
	h := openHouse(t, data)
	defer h.Close()
	admin := firstAdmin(t, h)
	ctx := context.Background()
	viewer, err := h.Directory.Viewer(ctx, admin)
	if err != nil {
		t.Fatal(err)
	}
	j, err := h.Bulk.CreateIngest(ctx, viewer, bulk.Spec{Operation: "insert", Object: "Account", Version: "60.0"}, strings.NewReader("Name\na\nb\n"))
	if err != nil {
		t.Fatal(err)
	}
	address, stop := serving(t, h)
	for deadline := time.Now().Add(20 * time.Second); j.State != bulk.JobComplete && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if j, err = h.Bulk.Job(ctx, viewer, bulk.Ingest, j.Id); err != nil {
			t.Fatal(err)
		}
	}
	if j.State != bulk.JobComplete || j.Processed != 2 || j.Failed != 0 {
		t.Errorf("the job is %+v", j)
	}
	res, err := http.Get(address + "/events")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusUnauthorized {
		t.Errorf("a stream without signing in: %d", res.StatusCode)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

// firstAdmin makes an administrator.
func firstAdmin(t *testing.T, h *House) (id schema.Id) {
	t.Helper()
	profile, err := h.profile(context.Background(), "System Administrator")
	if err != nil {
		t.Fatal(err)
	}
	err = h.Keeper.Do(context.Background(), record.Cause{By: "test"}, func(tx *record.Tx) error {
		u := &org.User{Username: "a@test.example", Email: "a@test.example", LastName: "a", Alias: "a", IsActive: true, ProfileId: profile,
			TimeZoneSidKey: "UTC", LocaleSidKey: "en_US", LanguageLocaleKey: "en_US", EmailEncodingKey: "UTF-8"}
		err := tx.Save(u)
		id = u.Id
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestServerEndsWhenTheDiskFails: nothing is answered from a database that can't be written.
func TestServerEndsWhenTheDiskFails(t *testing.T) {
	h := openHouse(t, t.TempDir())
	defer h.Close()
	ended := make(chan error, 1)
	up := make(chan string, 1)
	go func() { ended <- h.Serve(context.Background(), "127.0.0.1:0", func(a string) { up <- a }) }()
	res, err := http.Get(<-up + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	res.Body.Close()
	h.DB.Signal(store.DiskFailed)
	if err := <-ended; !errors.Is(err, errDisk) {
		t.Errorf("the server ended with %v", err)
	}
}
