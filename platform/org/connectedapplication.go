package org

import "truckroll/platform/schema"

// ConnectedApplication is a program that may sign in on behalf of users, or as one.
type ConnectedApplication struct {
	schema.Standard `prefix:"0H4" object:"setup" label:"Connected App"`

	Name         string `field:"required unique" max:"80"`
	Description  string
	ContactEmail schema.Email
	ClientId     string `field:"createonly unique casesens" max:"255"`
	SecretHash   string `field:"hidden" max:"255"` // the secret itself is shown once and never kept
	IsActive     bool   `default:"true"`

	CallbackUrls                       schema.LongText  // one on a line
	Scopes                             string           // separated by spaces
	GrantTypes                         string           // separated by spaces
	RunAsUserId                        schema.Ref[User] `field:"restrict"` // of the client credentials grant
	Certificate                        schema.LongText  // PEM, of the JWT bearer grant
	OptionsAllowAdminApprovedUsersOnly bool
	PkceRequired                       bool
	RefreshTokenRotation               bool `default:"true"` // a refresh token is good for one use; some programs cannot follow

	RefreshTokenValidityPeriod schema.Int // days; none is until revoked
	SessionMinutes             schema.Int
}
