package system

import (
	"encoding/json"
	"mime"
	"net/http"

	"truckroll/platform/access"
	"truckroll/platform/schema"
)

func (s *System) overview(w http.ResponseWriter, r *http.Request, _ access.Viewer) error {
	o, err := s.o.House.Overview(r.Context())
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, o)
	return nil
}

func (s *System) storage(w http.ResponseWriter, r *http.Request, _ access.Viewer) error {
	o, err := s.o.House.Storage(r.Context())
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, o)
	return nil
}

func (s *System) jobs(w http.ResponseWriter, r *http.Request, _ access.Viewer) error {
	list, err := s.o.Queue.List(r.Context())
	if err != nil {
		return err
	}
	jobs := make([]*Job, len(list))
	for i, e := range list {
		jobs[i] = JobOf(e)
	}
	answer(w, http.StatusOK, map[string]any{"jobs": jobs})
	return nil
}

func (s *System) retry(w http.ResponseWriter, r *http.Request, _ access.Viewer) error {
	if err := s.o.Queue.Retry(r.Context(), r.PathValue("job")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *System) cancel(w http.ResponseWriter, r *http.Request, _ access.Viewer) error {
	if err := s.o.Queue.Cancel(r.Context(), r.PathValue("job")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *System) backups(w http.ResponseWriter, _ *http.Request, _ access.Viewer) error {
	list, err := s.o.Backups.List()
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, map[string]any{"backups": list, "note": s.o.Backups.Note()})
	return nil
}

func (s *System) backUp(w http.ResponseWriter, r *http.Request, _ access.Viewer) error {
	if note := s.o.Backups.Note(); note != "" {
		return schema.Refuse("FUNCTIONALITY_NOT_ENABLED", note)
	}
	if err := s.o.Backups.Ask(r.Context()); err != nil {
		return err
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}

// download sends a backup, to be kept elsewhere.
func (s *System) download(w http.ResponseWriter, r *http.Request, _ access.Viewer) error {
	f, made, err := s.o.Backups.Open(r.PathValue("name"))
	if err != nil {
		return err
	}
	defer f.Close()
	h := w.Header()
	h.Set("Content-Type", "application/vnd.sqlite3")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": r.PathValue("name")}))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, "", made, f)
	return nil
}

func (s *System) tryMail(w http.ResponseWriter, r *http.Request, v access.Viewer) error {
	if err := s.o.House.TryMail(r.Context(), v.User()); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *System) demo(w http.ResponseWriter, r *http.Request, _ access.Viewer) error {
	state, err := s.o.Demo.State(r.Context())
	if err != nil {
		return err
	}
	answer(w, http.StatusOK, state)
	return nil
}

// Bounds on the size of the demo.
const (
	usualWork = 300
	mostWork  = 20_000
)

// fillDemo takes {"workOrders": n}; 300 when it is left out.
func (s *System) fillDemo(w http.ResponseWriter, r *http.Request, v access.Viewer) error {
	in := struct{ WorkOrders int }{usualWork}
	if r.ContentLength != 0 {
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4<<10)).Decode(&in); err != nil {
			return schema.Refuse("JSON_PARSER_ERROR", "expected {\"workOrders\": 300}")
		}
	}
	if in.WorkOrders < 1 || in.WorkOrders > mostWork {
		return schema.Refuse("NUMBER_OUTSIDE_VALID_RANGE", "a demo has between 1 and 20,000 work orders", "workOrders")
	}
	if err := s.o.Demo.Fill(r.Context(), v.User(), in.WorkOrders); err != nil {
		return err
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}

func (s *System) removeDemo(w http.ResponseWriter, r *http.Request, v access.Viewer) error {
	if err := s.o.Demo.Remove(r.Context(), v.User()); err != nil {
		return err
	}
	w.WriteHeader(http.StatusAccepted)
	return nil
}
