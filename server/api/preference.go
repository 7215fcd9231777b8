package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// What people arrange for themselves and find again wherever they sign in: favourites, the widths of columns and the
// like. The server knows nothing of what is in them.
const (
	preferenceName = 80      // bytes
	preferenceSize = 1 << 16 // bytes of JSON
	preferencesOf  = 32      // names of a user
)

var preferenceNamed = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// readPreferences answers GET /preferences: all of the user's own, by name.
func (s *Server) readPreferences(c *call) (*answer, error) {
	all := map[string]json.RawMessage{}
	err := s.read(c, func(tx *store.Tx) error {
		rows, err := tx.Query("SELECT name, value FROM preference WHERE user_id = ?", string(c.viewer.User()))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var name, value string
			if err := rows.Scan(&name, &value); err != nil {
				return err
			}
			all[name] = json.RawMessage(value)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read preferences: %w", err)
	}
	return ok(all)
}

// keepPreference answers PUT /preferences/{name} with the value as the body; null forgets it.
func (s *Server) keepPreference(c *call) (*answer, error) {
	name, user, value := c.args["name"], string(c.viewer.User()), string(bytes.TrimSpace(c.body))
	switch {
	case len(name) > preferenceName:
		return nil, schema.Refuse("STRING_TOO_LONG", fmt.Sprintf("The name of a preference has at most %d bytes", preferenceName), "name")
	case !preferenceNamed.MatchString(name):
		return nil, schema.Refuse("INVALID_INPUT", "The name of a preference has letters of A to Z, digits, dots, dashes and underscores only", "name")
	case len(value) > preferenceSize:
		return nil, schema.Refuse("STRING_TOO_LONG", fmt.Sprintf("A preference has at most %d bytes of JSON", preferenceSize), name)
	case value == "":
		return nil, schema.Refuse("JSON_PARSER_ERROR", "The body says what to keep, as JSON; null forgets it", name)
	}
	err := s.keeper.DB().Write(c.ctx, func(tx *store.Tx) error {
		if value == "null" {
			_, err := tx.Exec("DELETE FROM preference WHERE user_id = ? AND name = ?", user, name)
			return err
		}
		var others int
		if err := tx.QueryRow("SELECT COUNT(*) FROM preference WHERE user_id = ? AND name <> ?", user, name).Scan(&others); err != nil {
			return err
		}
		if others >= preferencesOf {
			return schema.Refuse("LIMIT_EXCEEDED", fmt.Sprintf("At most %d preferences are kept; forget one by putting null", preferencesOf), name)
		}
		_, err := tx.Exec("INSERT INTO preference (user_id, name, value) VALUES (?, ?, ?) ON CONFLICT (user_id, name) DO UPDATE SET value = excluded.value", user, name, value)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &answer{status: 204}, nil
}
