package org

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"truckroll/platform/schema"
	"truckroll/platform/store"
)

// Person is what signing in needs to know, and may tell, of a user. It is read without rights, because whoever signs
// in has none yet.
type Person struct {
	Id        schema.Id
	Username  string
	Email     string
	FirstName string
	LastName  string
	Name      string
	Alias     string
	Phone     string
	Mobile    string
	Profile   schema.Id
	Role      schema.Id
	Type      string // Standard, CspLitePortal, …
	Language  string
	Locale    string
	Zone      string // IANA name
	Currency  string // "" is the organisation's
	Active    bool
	Modified  time.Time
}

// External reports whether the person is a customer or partner, not one of the organisation's own people.
func (p *Person) External() bool {
	return p.Type != "" && p.Type != "Standard" && p.Type != "AutomatedProcess"
}

// Location returns the person's time zone; UTC when it is not known here.
func (p *Person) Location() *time.Location {
	l, err := time.LoadLocation(p.Zone)
	if err != nil || p.Zone == "" {
		return time.UTC
	}
	return l
}

// personColumns are the columns of User that fill a Person, in the order of [readPerson].
var personColumns = []string{
	"Id", "Username", "Email", "FirstName", "LastName", "Alias", "Phone", "MobilePhone", "ProfileId", "UserRoleId",
	"UserType", "LanguageLocaleKey", "LocaleSidKey", "TimeZoneSidKey", "DefaultCurrencyIsoCode",
}

// PersonByName returns the user with a user name, compared without case; nil is none.
func (d *Directory) PersonByName(ctx context.Context, username string) (*Person, error) {
	dia := d.db.Dialect()
	return d.person(ctx, dia.Fold(store.Quote("Username"))+" = "+dia.Fold("?"), username)
}

// Person returns a user by id; nil is none.
func (d *Directory) Person(ctx context.Context, id schema.Id) (*Person, error) {
	return d.person(ctx, store.Quote("Id")+" = ?", string(id))
}

func (d *Directory) person(ctx context.Context, where string, arg any) (p *Person, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		p, err = readPerson(tx, where, arg)
		return err
	})
	return p, err
}

func readPerson(tx *store.Tx, where string, arg any) (*Person, error) {
	d := tx.Dialect()
	columns := make([]string, len(personColumns))
	for i, c := range personColumns {
		columns[i] = "COALESCE(" + store.Quote(c) + ", '')"
	}
	var p Person
	var modified int64
	err := tx.QueryRow("SELECT "+strings.Join(columns, ", ")+`, "IsActive", "LastModifiedDate" FROM "User" WHERE `+where+
		` AND "IsDeleted" = `+d.Bool(false), arg).
		Scan(&p.Id, &p.Username, &p.Email, &p.FirstName, &p.LastName, &p.Alias, &p.Phone, &p.Mobile, &p.Profile, &p.Role,
			&p.Type, &p.Language, &p.Locale, &p.Zone, &p.Currency, &p.Active, &modified)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	p.Modified = time.UnixMilli(modified).UTC()
	p.Name = strings.TrimSpace(p.FirstName + " " + p.LastName)
	return &p, err
}

// OrganizationInfo is what signing in tells about the organisation.
type OrganizationInfo struct {
	Id           schema.Id
	Name         string
	SecondFactor bool // everybody must sign in with a second factor
}

// Organization returns the organisation.
func (d *Directory) Organization(ctx context.Context) (o OrganizationInfo, err error) {
	err = d.db.View(ctx, func(tx *store.Tx) error {
		return tx.QueryRow(`SELECT "Id", "Name", "IsSecondFactorRequired" FROM "Organization" ORDER BY "Id" LIMIT 1`).Scan(&o.Id, &o.Name, &o.SecondFactor)
	})
	return o, err
}
