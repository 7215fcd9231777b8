// Package maintenance governs work that comes round: what a plan asks for, for which assets, and on which days.
//
// So far it makes the work of a plan when somebody asks for it. It does not know what a kind of work brings along (work),
// who does it (roster), or what it costs (price).
package maintenance

import "truckroll/platform/action"

// Actions are what can be asked of maintenance plans.
var Actions = []action.Action{
	action.Do("generateMaintenanceWork", "Generate maintenance work", generate).With("Makes the work orders of a maintenance plan for its generation timeframe, from its next date on, and moves that date on.", ""),
}
