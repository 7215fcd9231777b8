package api

import (
	"context"

	"truckroll/platform/access"
	"truckroll/platform/mail"
	"truckroll/platform/org"
	"truckroll/platform/record"
	"truckroll/platform/schema"
)

// letterRoutes are the addresses by which e-mail templates are tried.
func (s *Server) letterRoutes() []route {
	return []route{
		{method: "POST", pattern: "/emailTemplates/render", about: "Fill an e-mail template with the values of a record", do: s.renderLetter},
		{method: "POST", pattern: "/emailTemplates/send", about: "Fill an e-mail template and send it to the user who asks", do: s.sendLetter, alone: true},
	}
}

// letterAsk is a template, as it is saved or as it is being written, and the record to fill it with.
type letterAsk struct {
	Template schema.Id `json:"template"`
	Object   string    `json:"object"`
	Subject  string    `json:"subject"`
	Text     string    `json:"text"`
	HTML     string    `json:"html"`
	Record   schema.Id `json:"record"`
}

// letter fills the template that a call sends or names.
func (s *Server) letter(c *call) (l org.Letter, err error) {
	if err := c.mayView(); err != nil {
		return l, err
	}
	var in letterAsk
	if err := c.decode(&in); err != nil {
		return l, err
	}
	err = s.keeper.View(c.ctx, func(v *record.View) error {
		if in.Template != "" {
			t, err := record.First[org.EmailTemplate](v, "Id = ?", string(in.Template))
			if err != nil {
				return err
			}
			if t == nil {
				return schema.Refuse("INVALID_CROSS_REFERENCE_KEY", "template: there is no such e-mail template", "template")
			}
			in.Object, in.Subject, in.Text, in.HTML = t.RelatedEntityType, t.Subject, string(t.Body), string(t.HtmlValue)
		}
		if o := v.Catalog().Object(in.Object); in.Record != "" && (o == nil || v.Catalog().ById(in.Record) != o) {
			return schema.Refuse("INVALID_CROSS_REFERENCE_KEY", "record: this is not a record that the template is about", "record")
		}
		l, err = org.WriteLetter(v.Store(), v.Catalog(), c.viewer, org.Lettered{Object: in.Object, Subject: in.Subject, Text: in.Text, HTML: in.HTML}, in.Record, s.now())
		return err
	})
	return l, err
}

// renderLetter answers POST /emailTemplates/render.
func (s *Server) renderLetter(c *call) (*answer, error) {
	l, err := s.letter(c)
	if err != nil {
		return nil, err
	}
	if l.Empty == nil {
		l.Empty = []string{}
	}
	return ok(map[string]any{"subject": l.Subject, "text": l.Text, "html": l.HTML, "empty": l.Empty, "mail": s.mail != nil})
}

// sendLetter answers POST /emailTemplates/send. The letter goes to the address of the user who asks, and to nobody else.
func (s *Server) sendLetter(c *call) (*answer, error) {
	if !c.viewer.May(access.CustomizeApplication) {
		return nil, schema.Refuse("INSUFFICIENT_ACCESS", "The permission CustomizeApplication is needed to try e-mail templates by mail")
	}
	if s.mail == nil {
		return nil, schema.Refuse("FUNCTIONALITY_NOT_ENABLED", "No mail can be sent: start the server with --smtp")
	}
	l, err := s.letter(c)
	if err != nil {
		return nil, err
	}
	p, err := s.people.Person(c.ctx, c.viewer.User())
	if err != nil {
		return nil, err
	}
	if l.Text == "" {
		l.Text = "This letter is written in HTML."
	}
	ctx, cancel := context.WithTimeout(c.ctx, answerTime)
	defer cancel()
	if err := s.mail(ctx, mail.Mail{To: p.Email, Name: p.Name, Subject: l.Subject, Text: l.Text, HTML: l.HTML}); err != nil {
		return nil, schema.Refuse("EMAIL_NOT_PROCESSED_DUE_TO_PRIOR_ERROR", "The mail server took it not: "+err.Error())
	}
	return ok(map[string]any{"to": p.Email})
}
