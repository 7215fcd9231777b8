package bulk

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// digest stands for a value, so that a table of a million rows is not kept twice.
type digest [16]byte

func digestOf(parts ...any) digest {
	sum := sha256.Sum256(fmt.Append(nil, parts...))
	return digest(sum[:])
}

// claim is a row's claim on a value of a unique field. Rows with the same owner are about the same record.
type claim struct {
	row   int64 // of the whole table, from 1
	owner digest
}

// clashes refuses, in a dry run, rows that give a unique field the value of another row of the table, however far the
// two are apart. What rows claimed is kept beside the job, so that memory does not grow with the table and a job that
// is taken up again knows it. Only what the table says counts, not what rules make of it.
func (a *passage) clashes(tx *store.Tx, j *Job) error {
	for _, f := range a.batch.Object.Fields {
		if !f.Unique || f == a.batch.By || !slices.ContainsFunc(a.batch.Patches, func(p record.Patch) bool { return valueOf(p, f) != nil }) {
			continue
		}
		if err := a.clash(tx, j, f); err != nil {
			return fmt.Errorf("values of %s in bulk job %s: %w", f.Name, j.Id, err)
		}
	}
	return nil
}

func (a *passage) clash(tx *store.Tx, j *Job, f *schema.Field) error {
	keys := make([]digest, len(a.batch.Patches))
	for n, p := range a.batch.Patches {
		keys[n] = digestOf(valueOf(p, f))
	}
	claims, err := claimed(tx, j.Id, f, keys)
	if err != nil {
		return err
	}
	var fresh [][]any
	for n, p := range a.batch.Patches {
		if valueOf(p, f) == nil {
			continue
		}
		row, o := j.Processed+int64(a.at[n])+1, &a.outcomes[a.at[n]]
		mine := claim{row, a.ownerOf(n, row)}
		first, taken := claims[keys[n]]
		switch {
		case taken && first.owner != mine.owner && (o.Error == "" || onlyDuplicate(o.Error, f)):
			text := fmt.Sprintf("the value is also in row %d, and every record needs a value of its own in %s", first.row, f.Name)
			*o = outcome{Other: first.row, Error: errorText(record.Faults{{Code: "DUPLICATE_VALUE", Message: text, Fields: []string{f.Name}}})}
		case !taken && o.Error == "":
			claims[keys[n]] = mine
			fresh = append(fresh, []any{string(j.Id), f.Name, keys[n][:], mine.row, mine.owner[:]})
		}
	}
	return tx.Insert("bulk_seen", []string{"job", "field", "key", "row", "owner"}, fresh)
}

// ownerOf says which record a row is about, as far as the table tells.
func (a *passage) ownerOf(n int, row int64) digest {
	p := a.batch.Patches[n]
	switch {
	case p.Id != "":
		return digestOf("id", string(p.Id))
	case a.batch.By != nil:
		return digestOf("by", valueOf(p, a.batch.By))
	}
	return digestOf("row", row)
}

// claimed returns the claims of earlier batches on some values.
func claimed(tx *store.Tx, job schema.Id, f *schema.Field, keys []digest) (map[digest]claim, error) {
	found := map[digest]claim{}
	for part := range slices.Chunk(keys, 500) {
		args := []any{string(job), f.Name}
		for _, k := range part {
			args = append(args, k[:])
		}
		if err := readClaims(tx, found, args); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func readClaims(tx *store.Tx, into map[digest]claim, args []any) error {
	rows, err := tx.Query(`SELECT key, "row", owner FROM bulk_seen WHERE job = ? AND field = ? AND key IN (?`+strings.Repeat(", ?", len(args)-3)+")", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key, owner []byte
		var row int64
		if err := rows.Scan(&key, &row, &owner); err != nil {
			return err
		}
		into[digest(key)] = claim{row, digest(owner)}
	}
	return rows.Err()
}

// valueOf returns what a patch puts into f, as it is compared; nil when it puts nothing there.
func valueOf(p record.Patch, f *schema.Field) any {
	i := slices.IndexFunc(p.Values, func(v record.Value) bool { return v.Field == f })
	if i < 0 {
		return nil
	}
	v, err := f.Column(p.Values[i].Value)
	if s, ok := v.(string); ok && !f.CaseSensitive {
		v = store.Fold(s)
	}
	if err != nil || v == "" {
		return nil
	}
	return v
}

// onlyDuplicate reports whether a row was refused for nothing but the value of f.
func onlyDuplicate(text string, f *schema.Field) bool {
	return strings.HasPrefix(text, "DUPLICATE_VALUE:") && strings.HasSuffix(text, ":"+f.Name+" --") && strings.Count(text, " --") == 1
}
