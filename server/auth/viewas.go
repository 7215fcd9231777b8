package auth

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"truckroll/platform/access"
	"truckroll/platform/audit"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// viewAsLongest is how long someone may look through another's eyes before they must ask again.
const viewAsLongest = 30 * time.Minute

// viewAsUser is the system permission to look through another user's eyes.
const viewAsUser = "ViewAsUser"

// errViewAsEnded is returned to a browser that looked through someone's eyes, until it learns by /auth/me that it does
// no longer: it must not go on as the administrator with what it shows of the user.
var errViewAsEnded = errors.New("looking as another user has ended")

// disguise is what a browser's session remembers of the user through whose eyes it looks, beside its [sessionBody].
type disguise struct {
	As     schema.Id `json:"as"`
	Until  int64     `json:"until"` // ms
	Change bool      `json:"change,omitempty"`
	Record schema.Id `json:"record"` // the ViewAsSession that tells of it
}

// disguiseOf reads the disguise of a session; nil is none.
func disguiseOf(tx *store.Tx, hash []byte) (*disguise, error) {
	var body []byte
	if err := tx.QueryRow(`SELECT body FROM session WHERE hash = ?`, hash).Scan(&body); err != nil {
		return nil, err
	}
	var b struct {
		Disguise *disguise `json:"disguise"`
	}
	err := json.Unmarshal(body, &b)
	return b.Disguise, err
}

// keepDisguise makes d the disguise of a session, and leaves what else it remembers; nil takes it off.
func keepDisguise(tx *store.Tx, hash []byte, d *disguise) error {
	var body []byte
	if err := tx.QueryRow(`SELECT body FROM session WHERE hash = ?`, hash).Scan(&body); err != nil {
		return err
	}
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(body, &all); err != nil {
		return err
	}
	delete(all, "disguise")
	if d != nil {
		text, err := json.Marshal(d)
		if err != nil {
			return err
		}
		all["disguise"] = text
	}
	body, err := json.Marshal(all)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE session SET body = ? WHERE hash = ?`, body, hash)
	return err
}

// disguised returns the session as which a request is answered: that of the user through whose eyes its browser looks,
// or s itself. The account's own pages are answered for s, so that nobody changes how another signs in.
func (a *Auth) disguised(r *http.Request, s *Session) (out *Session, err error) {
	if !s.Web {
		return s, nil
	}
	err = a.db.View(r.Context(), func(tx *store.Tx) error {
		out, err = a.wear(tx, s)
		return err
	})
	return out, err
}

func (a *Auth) wear(tx *store.Tx, s *Session) (*Session, error) {
	d, err := disguiseOf(tx, s.hash)
	if err != nil || d == nil {
		return s, err
	}
	if a.now().UnixMilli() >= d.Until {
		return nil, errViewAsEnded
	}
	v, err := a.people.ViewerIn(tx, d.As)
	if errors.Is(err, org.ErrNoViewer) || err == nil && a.mayViewAs(s.Viewer, v, d.Change) != nil {
		return nil, errViewAsEnded // what allowed it is no more
	}
	if err != nil {
		return nil, err
	}
	as := *s
	as.User, as.By, as.Until = d.As, s.User, time.UnixMilli(d.Until)
	as.Viewer, as.Looking = v, !d.Change
	if as.Looking {
		as.Viewer = v.Looking()
	}
	return &as, nil
}

// mayViewAs refuses to let who look through the eyes of someone who may do more, unless who may change all data anyway.
func (a *Auth) mayViewAs(who access.Viewer, of *access.Grants, change bool) error {
	switch {
	case !who.May(viewAsUser):
		return forbid("You need the permission ViewAsUser to see as another user.")
	case change && !who.May(access.ModifyAllData):
		return forbid("You need the permission ModifyAllData to change records as another user.")
	case who.May(access.ModifyAllData):
		return nil
	}
	if more := of.Exceeds(who); more != "" {
		return forbid("This user has the permission " + more + ", which you do not have.")
	}
	return nil
}

func forbid(text string) error {
	return &problem{Status: http.StatusForbidden, Code: "INSUFFICIENT_ACCESS", Description: text}
}

// beginViewAs answers POST /auth/view-as {"user", "reason", "change"} with who the browser looks as from now on. It
// can't be begun through another's eyes.
func (a *Auth) beginViewAs(w http.ResponseWriter, r *http.Request, s *Session) error {
	var in struct {
		User   schema.Id
		Reason string
		Change bool
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	id, err := schema.ParseId(string(in.User))
	if err != nil {
		return schema.Refuse("MALFORMED_ID", "user: this is not the id of a user", "user")
	}
	if in.Change && in.Reason == "" {
		return schema.Refuse("REQUIRED_FIELD_MISSING", "reason: say why you change records as another user", "reason")
	}
	if id == s.User {
		return schema.Refuse("INVALID_CROSS_REFERENCE_KEY", "user: you see as yourself already", "user")
	}
	d := disguise{As: id, Until: a.now().Add(viewAsLongest).UnixMilli(), Change: in.Change}
	err = a.keeper.Do(r.Context(), a.viewAsCause(r, s), func(tx *record.Tx) error {
		v, err := a.people.ViewerIn(tx.Store(), id)
		if errors.Is(err, org.ErrNoViewer) {
			return schema.Refuse("INACTIVE_OWNER_OR_USER", "user: this user is not active, and sees nothing", "user")
		}
		if err == nil {
			err = a.mayViewAs(s.Viewer, v, in.Change)
		}
		if err != nil {
			return err
		}
		told := &org.ViewAsSession{UserId: schema.Ref[org.User](id), ById: schema.Ref[org.User](s.User), Reason: in.Reason, MayChange: in.Change,
			StartTime: schema.At(tx.Now()), EndTime: schema.At(time.UnixMilli(d.Until))}
		if err := tx.Save(told); err != nil {
			return err
		}
		d.Record = told.Id
		return keepDisguise(tx.Store(), s.hash, &d)
	})
	if err != nil {
		return err
	}
	return a.answerViewAs(w, r, s)
}

// viewAsCause names both: who looks, on behalf of nobody but themself.
func (a *Auth) viewAsCause(r *http.Request, s *Session) record.Cause {
	return record.Cause{By: by, Of: "view-as", Request: r.Header.Get("X-Request-Id"), Actor: audit.Actor{Id: s.User}}
}

// endViewAs answers DELETE /auth/view-as with who the browser's user is.
func (a *Auth) endViewAs(w http.ResponseWriter, r *http.Request, s *Session) error {
	if err := a.undress(r, s); err != nil {
		return err
	}
	return a.answerViewAs(w, r, s)
}

// undress takes the disguise off, if there is one, and notes when that was.
func (a *Auth) undress(r *http.Request, s *Session) error {
	return a.keeper.Do(r.Context(), a.viewAsCause(r, s), func(tx *record.Tx) error {
		d, err := disguiseOf(tx.Store(), s.hash)
		if err != nil || d == nil {
			return err
		}
		told, err := record.Get(tx, schema.Ref[org.ViewAsSession](d.Record))
		if err != nil {
			return err
		}
		if now := schema.At(tx.Now()); told.EndTime.After(now) {
			told.EndTime = now
			if err := tx.Save(told); err != nil {
				return err
			}
		}
		return keepDisguise(tx.Store(), s.hash, nil)
	})
}

func (a *Auth) answerViewAs(w http.ResponseWriter, r *http.Request, s *Session) error {
	as, err := a.disguised(r, s)
	if errors.Is(err, errViewAsEnded) {
		if err := a.undress(r, s); err != nil {
			return err
		}
		as, err = s, nil
	}
	if err != nil {
		return err
	}
	p, err := a.active(r.Context(), as.User)
	if err != nil {
		return err
	}
	return a.answerAs(w, r, p, as)
}

// looker is who looks through a user's eyes.
type looker struct {
	Id     schema.Id `json:"id"`
	Name   string    `json:"name"`
	Change bool      `json:"change"` // may change records
	Until  time.Time `json:"until"`
}

// lookedBy returns who looks through the eyes of a session's user; nil is nobody.
func (a *Auth) lookedBy(r *http.Request, s *Session) (*looker, error) {
	if s.By == "" {
		return nil, nil
	}
	p, err := a.active(r.Context(), s.By)
	if err != nil {
		return nil, err
	}
	return &looker{p.Id, p.Name, !s.Looking, s.Until.UTC()}, nil
}
