package store_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"truckroll/platform/schema"
	"truckroll/platform/store"
	"truckroll/platform/store/storetest"
)

func TestSyncFollowsTheCatalogue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		c := catalog(t, Site{})
		r, err := db.Sync(ctx, c)
		must(t, err)
		if len(r.Tables) != 2 || len(r.Indexes) == 0 {
			t.Errorf("first sync: %+v", r)
		}
		if r, err = db.Sync(ctx, c); err != nil || !r.Empty() {
			t.Errorf("second sync changed %+v, error %v", r, err)
		}
		site := c.Object("Site").Clone()
		site.Add(schema.Field{Name: "Rank__c", Kind: schema.KindDouble, Scale: 1, Indexed: true})
		site.Add(schema.Field{Name: "Hot__c", Kind: schema.KindBoolean, Default: "true"})
		c2, err := c.Extend(site)
		must(t, err)
		write(t, db, func(tx *store.Tx) error { return insertSite(tx, "S1", "a", "A") })
		r, err = db.Sync(ctx, c2)
		must(t, err)
		if strings.Join(r.Columns, " ") != "Site.Rank__c Site.Hot__c" {
			t.Errorf("columns added: %v", r.Columns)
		}
		if n := count(t, db, `SELECT COUNT(*) FROM "Site" WHERE "Hot__c" = `+db.Dialect().Bool(true)+` AND "Rank__c" IS NULL`); n != 1 {
			t.Error("the row that was there does not hold the default")
		}
		write(t, db, func(tx *store.Tx) error { _, err := tx.Exec(`UPDATE "Site" SET "Rank__c" = 15000`); return err })
		changeRank := func(kind schema.Kind, scale int) error {
			o := c2.Object("Site").Clone()
			for _, f := range o.Fields {
				if f.Name == "Rank__c" {
					f.Kind, f.Scale = kind, scale
				}
			}
			c3, err := c2.Extend(o)
			must(t, err)
			_, err = db.Sync(ctx, c3)
			return err
		}
		must(t, changeRank(schema.KindCurrency, 3))
		if n := count(t, db, `SELECT "Rank__c" FROM "Site"`); n != 1500000 {
			t.Errorf("1,500.0 became %d thousandths", n)
		}
		for _, refused := range []struct {
			kind  schema.Kind
			scale int
		}{{schema.KindText, 0}, {schema.KindDouble, 2}, {schema.KindInt, 0}, {schema.KindDouble, 18}} {
			if err := changeRank(refused.kind, refused.scale); err == nil || !strings.Contains(err.Error(), "Rank__c") {
				t.Errorf("to %s with scale %d: %v", refused.kind, refused.scale, err)
			}
		}
	})
}

func insertSite(tx *store.Tx, id, code, serial string) error {
	_, err := tx.Exec(`INSERT INTO "Site" ("Id", "Code", "Serial") VALUES (?, ?, ?)`, id, code, serial)
	return err
}

func TestUniqueFields(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		_, err := db.Sync(context.Background(), catalog(t, Site{}))
		must(t, err)
		write(t, db, func(tx *store.Tx) error { return insertSite(tx, "S1", "Größe", "Xy") })
		for _, c := range []struct{ id, code, serial, field string }{
			{"S2", "gröSSe", "1", ""}, {"S3", "GRÖßE", "2", "Code"}, {"S4", "b", "Xy", "Serial"}, {"S5", "c", "xY", ""}, {"S1", "d", "3", "Id"},
		} {
			err := db.Write(context.Background(), func(tx *store.Tx) error { return insertSite(tx, c.id, c.code, c.serial) })
			object, field, ok := store.Violation(err)
			if ok != (c.field != "") || ok && (object != "Site" || field != c.field) || !ok && err != nil {
				t.Errorf("%+v: violation of %s.%s (%v): %v", c, object, field, ok, err)
			}
		}
		write(t, db, func(tx *store.Tx) error {
			_, err := tx.Exec(`UPDATE "Site" SET "IsDeleted" = ` + tx.Dialect().Bool(true))
			return err
		})
		write(t, db, func(tx *store.Tx) error { return insertSite(tx, "S9", "GRÖßE", "Xy") })
	})
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		must(t, db.Migrate(context.Background()))
		write(t, db, func(tx *store.Tx) error {
			_, err := tx.Exec("INSERT INTO schema_step (version_id, is_applied) VALUES (9999, " + tx.Dialect().Bool(true) + ")")
			return err
		})
		if err := db.Migrate(context.Background()); err == nil || !strings.Contains(err.Error(), "newer version") {
			t.Errorf("error %v", err)
		}
	})
}

func TestBackupAndRestore(t *testing.T) {
	db := storetest.SQLite(t, store.Options{})
	ctx, dir := context.Background(), t.TempDir()
	write(t, db, func(tx *store.Tx) error {
		tx.Index(store.Document{Object: "Account", Record: "001A", Name: []string{"kept"}})
		return insert(tx, "kept")
	})
	file := filepath.Join(dir, "copy.db")
	must(t, db.Backup(ctx, file))
	if err := db.Backup(ctx, file); err == nil {
		t.Error("a backup wrote over another")
	}
	write(t, db, func(tx *store.Tx) error { return insert(tx, "later") })
	must(t, store.Restore(ctx, filepath.Join(dir, "new")+"/", file))
	if err := store.Restore(ctx, filepath.Join(dir, "new"), file); err == nil {
		t.Error("a restore wrote over a database")
	}
	again, err := store.Open(ctx, filepath.Join(dir, "new"), store.Options{})
	must(t, err)
	defer again.Close()
	must(t, again.Migrate(ctx))
	if n := count(t, again, "SELECT COUNT(*) FROM meta WHERE name IN ('kept', 'later')"); n != 1 {
		t.Errorf("%d rows restored, want the one of the backup's time", n)
	}
	if got := search(t, again, store.Phrase("kept"), 0, nil); len(got) != 1 {
		t.Error("the search index was not restored")
	}
}

func TestBackupOnPostgresNamesTheCommand(t *testing.T) {
	db := storetest.Postgres(t, store.Options{})
	if err := db.Backup(context.Background(), filepath.Join(t.TempDir(), "x")); err == nil || !strings.Contains(err.Error(), "pg_dump") {
		t.Errorf("error %v", err)
	}
}
