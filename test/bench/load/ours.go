package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"truckroll/app"
	"truckroll/fieldservice/object"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/server/auth"
	"truckroll/test/process"
)

// loaded is what a filled database is asked about.
type loaded struct {
	process.Credentials
	Accounts, Territories, Orders []schema.Id
}

// startOurs builds the program, fills its database when it is empty, starts it and signs in.
func (r *run) startOurs(ctx context.Context) (*target, error) {
	binary := filepath.Join(r.dir, "truckroll")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/truckroll").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build: %w: %s", err, out)
	}
	data := filepath.Join(r.dir, fmt.Sprintf("truckroll-%d", r.orders))
	known, err := r.load(ctx, data)
	if err != nil {
		return nil, err
	}
	args := []string{"serve", "--data", data, "--addr", ourAddress, "--rate", "100000"}
	if r.database != "" {
		args = append(args, "--database", r.database)
	}
	began := time.Now()
	t := &target{name: "truckroll", base: "http://" + ourAddress, client: newClient(r.clients)}
	if t.process, err = process.Start(ctx, "serving", binary, args...); err != nil {
		return nil, err
	}
	figure(r.name("start"), time.Since(began).Seconds(), "s", "<=", 2)
	return t, r.describe(t, known)
}

// name is a figure's name, which tells the database.
func (r *run) name(figure string) string {
	if r.database != "" {
		return "postgres_" + figure
	}
	return "sqlite_" + figure
}

// describe signs in and says how ours is asked.
func (r *run) describe(t *target, k *loaded) error {
	var err error
	if t.header, err = process.SignIn(t.base, k.Credentials); err != nil {
		return err
	}
	const base = "/services/data/v60.0"
	t.create = func(n int) request {
		return request{"POST", base + "/sobjects/WorkOrder", marshal(map[string]any{"Subject": "Seasonal maintenance", "Status": "New", "Priority": "Medium",
			"AccountId": k.Accounts[n%len(k.Accounts)], "ServiceTerritoryId": k.Territories[n%len(k.Territories)], "Duration": 90, "DurationType": "Minutes",
			"Street": "100 Calvert Street", "City": "Baltimore", "Latitude": 39.29, "Longitude": -76.61})}
	}
	t.read = func(n int) request {
		return request{"GET", base + "/sobjects/WorkOrder/" + string(k.Orders[n*7919%len(k.Orders)]), nil}
	}
	list := url.Values{"q": {"SELECT Id, WorkOrderNumber, Subject, Status, Priority, StartDate, EndDate, Account.Name, ServiceTerritory.Name FROM WorkOrder WHERE Status = 'New' ORDER BY SystemModstamp DESC LIMIT 200"}}
	t.page = func(int) request { return request{"GET", base + "/query?" + list.Encode(), nil} }
	return nil
}

// load fills an empty database through the corridor, as any client's records would be.
func (r *run) load(ctx context.Context, data string) (*loaded, error) {
	mark := filepath.Join(data, "bench.json")
	k := &loaded{}
	if text, err := os.ReadFile(mark); err == nil {
		return k, json.Unmarshal(text, k)
	}
	fmt.Fprintf(os.Stderr, "loading %d work orders…\n", r.orders)
	h, err := app.Open(ctx, app.Config{Data: data, Database: r.database, LogLevel: "warn"}, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	defer h.Close()
	if err := k.users(ctx, h); err != nil {
		return nil, err
	}
	began := time.Now()
	if err := k.records(ctx, h, r.orders); err != nil {
		return nil, err
	}
	note(r.name("load"), float64(r.orders)/time.Since(began).Seconds(), "work_orders/s")
	return k, os.WriteFile(mark, marshal(k), 0o600)
}

func (k *loaded) users(ctx context.Context, h *app.House) error {
	why := record.Cause{By: "job", Of: "benchmark"}
	k.Username, k.Password = "bench@bench.example", "a long password for one run"
	id, err := h.Auth.AddUser(ctx, why, auth.NewUser{Username: k.Username, Profile: "System Administrator", Password: k.Password})
	if err != nil {
		return err
	}
	k.ClientId, k.Secret, err = h.Auth.AddClient(ctx, why, org.ConnectedApplication{Name: "Benchmark", IsActive: true, GrantTypes: "password", RunAsUserId: schema.Ref[org.User](id)}, false)
	return err
}

var statuses = []object.WorkStatus{"New", "In Progress", "On Hold", "Completed", "Completed", "Completed", "Closed", "Closed", "Closed", "Canceled"}

func (k *loaded) records(ctx context.Context, h *app.House, orders int) error {
	var accounts, territories []any
	for i := range 5000 {
		accounts = append(accounts, &object.Account{Name: fmt.Sprintf("Account %05d", i)})
	}
	hours := &object.OperatingHours{Name: "Always", TimeZone: "UTC"}
	why := record.Cause{By: "job", Of: "benchmark"}
	err := h.Keeper.Do(ctx, why, func(tx *record.Tx) error {
		if err := tx.Save(hours); err != nil {
			return err
		}
		for i := range 6 {
			territories = append(territories, &object.ServiceTerritory{Name: fmt.Sprintf("Territory %d", i), IsActive: true, OperatingHoursId: schema.Ref[object.OperatingHours](hours.Id)})
		}
		return tx.Save(append(accounts, territories...)...)
	})
	if err != nil {
		return err
	}
	k.Accounts, k.Territories = ids(accounts), ids(territories)
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for from := 0; from < orders; from += 2000 {
		var batch []any
		for i := from; i < min(from+2000, orders); i++ {
			at := start.Add(time.Duration(i) * 8 * time.Second)
			batch = append(batch, &object.WorkOrder{Subject: fmt.Sprintf("Seasonal maintenance %d", i), Status: statuses[i%10], Priority: object.PriorityMedium, StartDate: schema.At(at), EndDate: schema.At(at.Add(90 * time.Minute)),
				AccountId: schema.Ref[object.Account](k.Accounts[i*7919%len(k.Accounts)]), ServiceTerritoryId: schema.Ref[object.ServiceTerritory](k.Territories[i%6]), Duration: schema.DecInt(90), DurationType: object.DurationTypeMinutes,
				Address: schema.Address{Street: "100 Calvert Street", City: "Baltimore", Latitude: schema.Dec(3929, 2), Longitude: schema.Dec(-7661, 2)}})
		}
		if err := h.Keeper.Do(ctx, why, func(tx *record.Tx) error { return tx.Save(batch...) }); err != nil {
			return err
		}
		if from%100 == 0 {
			k.Orders = append(k.Orders, ids(batch)...)
		}
	}
	return nil
}

func ids(recs []any) []schema.Id {
	all := make([]schema.Id, len(recs))
	for i, r := range recs {
		all[i] = schema.StandardOf(r).Id
	}
	return all
}
