package store

import (
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/schema"
)

// SystemTables returns the names of the tables that are the house's own and no object's, sorted. On PostgreSQL they
// include views and sequences, which share the names of tables.
func (tx *Tx) SystemTables() ([]string, error) {
	objects := map[string]bool{}
	err := tx.each("SELECT DISTINCT object FROM schema_column", func(name string) error {
		objects[name] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	query := "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
	if tx.Dialect().Name() == "postgres" {
		query = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"
	}
	var names []string
	err = tx.each(query, func(name string) error {
		if !objects[name] {
			names = append(names, name)
		}
		return nil
	})
	slices.Sort(names)
	return names, err
}

// enginePrefix begins, in any case, the names of tables that SQLite keeps to itself.
const enginePrefix = "sqlite_"

// Reserved reports whether no object may have a name because an engine keeps it to itself.
func Reserved(name string) bool { return strings.HasPrefix(strings.ToLower(name), enginePrefix) }

// free refuses an object whose table would be one of the house's own, or an engine's. SQLite does not tell names apart
// by case and PostgreSQL does; both refuse, so that an object of the one is an object of the other. Custom objects
// never meet a table of the house: their names end in __c.
func (s *syncer) free(o *schema.Object) error {
	if Reserved(o.Name) {
		return fmt.Errorf("names that begin with %s are the database's own: give the object another name", enginePrefix)
	}
	for _, name := range s.system {
		if strings.EqualFold(name, o.Name) {
			return fmt.Errorf("the house keeps a table %s of its own: give the object another name", name)
		}
	}
	return nil
}
