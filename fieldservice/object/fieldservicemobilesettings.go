package object

import "truckroll/platform/schema"

// FieldServiceMobileSettings is a configuration of the mobile app.
type FieldServiceMobileSettings struct {
	schema.Standard `prefix:"0Mf" name:"MasterLabel" object:"setup" label:"Mobile Settings" plural:"Mobile Settings"`

	MasterLabel   string `field:"required" max:"80"`
	DeveloperName string `field:"required unique" max:"80"`

	AscCancellationTimerInSec      schema.Int // Time to cancel the automatic change
	AscRadiusInMeters              schema.Int // Geofence radius
	AscTimeLimitationInMin         schema.Int
	BgGeoLocationMinUpdateFreqMins schema.Int `field:"required"` // Background upload period
	DaysAfterCurrentServiceDate    schema.Int
	DaysBeforeCurrentServiceDate   schema.Int // Offline window
	FutureDaysInDatePicker         schema.Int `field:"required"`
	GeoLocationMinUpdateFreqMins   schema.Int `field:"required"` // Foreground upload period
	MaxNumberOfServiceAppointments schema.Int
	MetadataCacheTimeDays          schema.Int `field:"required"` // Offline cache of metadata
	PastDaysInDatePicker           schema.Int `field:"required"`
	RecordDataCacheTimeMins        schema.Int `field:"required"` // Age after which record data is refetched
	UpdateScheduleTimeMins         schema.Int `field:"required"` // Schedule refresh period

	AscAutomaticMode      schema.Picklist // Off, on with confirmation, or silent
	AscCompletedStatus    schema.Picklist // Status set when leaving
	AscOnSiteStatus       schema.Picklist // Status set inside AscRadiusInMeters of the site
	AscTravelStatus       schema.Picklist // Status set when travel starts
	BgGeoLocationAccuracy schema.Picklist `field:"required" choices:"Medium;Coarse;VeryCoarse"` // Background GPS accuracy
	DestinationType       schema.Picklist // Navigation target: address or geolocation
	GeoLocationAccuracy   schema.Picklist `field:"required" choices:"Fine;Medium;Coarse"` // Foreground GPS accuracy
	Language              schema.Picklist
	TimeIntervalSetupMins schema.Picklist `field:"required" choices:"1;5;15;20;30;60"` // Step of time pickers

	IsAscTimeLimitEnabled          bool
	IsAssignmentNotification       bool // Push on assignment
	IsDefault                      bool `field:"readonly"`
	IsDispatchNotification         bool // Push on dispatch
	IsFeedDisabled                 bool
	IsFeedPrimingDisabled          bool
	IsLimitedLocTrackingEnabled    bool
	IsOptimizedImageUploadEnabled  bool
	IsScheduleViewResourceAbsences bool
	IsSendLocationHistory          bool // Upload breadcrumb trail
	IsShowEditFullRecord           bool
	IsTimeSheetEnabled             bool
	IsTimeZoneEnabled              bool
	IsUseSalesforceMobileActions   bool `field:"readonly"`
	IsVirtualMeasurement           bool

	DefaultListViewDeveloperName string // List view used as "my schedule"
	OptimizeImageSizeInMb        string
	QuickStatusChangeFlowName    string // Flow run on status change
}
