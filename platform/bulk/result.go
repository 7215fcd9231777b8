package bulk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"truckroll/platform/access"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Which says which rows of a table are asked for.
type Which int

// The rows of a table.
const (
	Successful  Which = iota
	Refused           // rows that failed
	Unprocessed       // rows that a failed or aborted job did not come to
)

// leading are the columns before those of the uploaded table.
var leading = map[Which][]string{Successful: {"sf__Id", "sf__Created"}, Refused: {"sf__Id", "sf__Error"}, Unprocessed: nil}

// WriteResults writes rows of a job's table, as they were uploaded, with what became of them. Numbered, a first column
// sf__Row counts the rows of the table from 1, and sf__Other names the row that a refused one repeats a unique value of.
func (b *Bulk) WriteResults(ctx context.Context, w io.Writer, j *Job, which Which, numbered bool) error {
	out := newQuoted(w, &j.Spec)
	before := leading[which]
	if numbered = numbered && which != Unprocessed; numbered {
		before = append([]string{"sf__Row"}, before...)
		if which == Refused {
			before = slices.Insert(before, 1, "sf__Other")
		}
	}
	if j.Content == "" {
		out.write(before, nil)
		return out.w.Flush()
	}
	in, err := b.files.Get(j.Content)
	if err != nil {
		return err
	}
	defer in.Close()
	from := int64(0)
	if which == Unprocessed {
		from = j.Position
	}
	t, err := openTable(in, j.Spec.delimiter(), from)
	if err != nil {
		return err
	}
	out.write(before, t.header)
	n := 0
	tell := func(row []string, cells ...string) {
		if numbered {
			cells = append([]string{strconv.Itoa(n)}, cells...)
		}
		out.write(cells, row)
	}
	switch {
	case which == Unprocessed && j.State == JobComplete:
	case which == Unprocessed:
		err = t.rest(out)
	default:
		err = b.eachOutcome(ctx, j, func(o outcome) error {
			row, err := t.next()
			if err != nil {
				return fmt.Errorf("the table of bulk job %s ends before its results: %w", j.Id, err)
			}
			switch n++; {
			case which == Successful && o.Error == "":
				tell(row, string(o.Id), strconv.FormatBool(o.Created))
			case which == Refused && o.Error != "" && numbered:
				tell(row, other(o), string(o.Id), o.Error)
			case which == Refused && o.Error != "":
				tell(row, string(o.Id), o.Error)
			}
			return nil
		})
	}
	return errors.Join(err, out.w.Flush())
}

// other is the number of the row whose unique value a refused one repeats; "" for none.
func other(o outcome) string {
	if o.Other == 0 {
		return ""
	}
	return strconv.FormatInt(o.Other, 10)
}

// rest writes all rows that are left. What can't be read is left out.
func (t *table) rest(out *quoted) error {
	for {
		row, err := t.next()
		if _, bad := err.(*schema.Fault); bad || errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		out.write(nil, row)
	}
}

// eachOutcome goes through the outcomes of a job in the order of its rows, a batch in memory at a time.
func (b *Bulk) eachOutcome(ctx context.Context, j *Job, f func(outcome) error) error {
	for next := int64(0); next < j.Processed; {
		var text []byte
		err := b.keeper.DB().View(ctx, func(tx *store.Tx) error {
			return tx.QueryRow("SELECT outcomes FROM bulk_result WHERE job = ? AND n = ?", string(j.Id), next).Scan(&text)
		})
		if err != nil {
			return fmt.Errorf("read the results of bulk job %s: %w", j.Id, err)
		}
		var outcomes []outcome
		if err := json.Unmarshal(text, &outcomes); err != nil {
			return err
		}
		for _, o := range outcomes {
			if err := f(o); err != nil {
				return err
			}
		}
		next += int64(len(outcomes))
	}
	return nil
}

// Owner reports whether v made the job.
func (j *Job) Owner(v access.Viewer) bool { return j.User == v.User() }
