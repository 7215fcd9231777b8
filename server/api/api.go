// Package api speaks the REST API: records, queries, search, composite, bulk, describe and actions, under
// /services/data. It translates requests into patches, queries and actions and their outcomes into answers.
//
// It decides nothing: rights, rules and limits of the business are the platform's. It does not know field service.
package api
