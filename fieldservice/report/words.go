package report

import "strings"

// languages are those that reports speak by themselves, in the order of the columns of [words]. Texts of a layout may
// be in any language.
var languages = []string{"en", "de", "es", "fr"}

// words is every text of our own, by key. Keys with a point are labels of fields, keys with = are picklist values.
var words = map[string][4]string{
	"report":       {"Service report", "Servicebericht", "Informe de servicio", "Rapport d’intervention"},
	"customer":     {"Customer", "Kunde", "Cliente", "Client"},
	"work":         {"Work", "Auftrag", "Trabajo", "Intervention"},
	"summary":      {"What was done", "Ausgeführte Arbeiten", "Trabajo realizado", "Travaux effectués"},
	"visits":       {"Visits", "Einsätze", "Visitas", "Visites"},
	"lines":        {"Work items", "Positionen", "Partidas", "Lignes"},
	"steps":        {"Checklist", "Checkliste", "Lista de comprobación", "Liste de contrôle"},
	"parts":        {"Parts used", "Verbautes Material", "Materiales utilizados", "Pièces utilisées"},
	"time":         {"Time", "Arbeitszeit", "Tiempo", "Temps de travail"},
	"expenses":     {"Expenses", "Auslagen", "Gastos", "Frais"},
	"signatures":   {"Signatures", "Unterschriften", "Firmas", "Signatures"},
	"pageOf":       {"Page %d of %d", "Seite %d von %d", "Página %d de %d", "Page %d sur %d"},
	"made":         {"Made on %s (%s)", "Erstellt am %s (%s)", "Creado el %s (%s)", "Établi le %s (%s)"},
	"unprintable":  {"Some characters of this report can't be printed here; its web page shows them.", "Einige Zeichen dieses Berichts lassen sich hier nicht drucken; seine Webseite zeigt sie.", "Algunos caracteres de este informe no se pueden imprimir aquí; su página web los muestra.", "Certains caractères de ce rapport ne peuvent être imprimés ici ; sa page web les affiche."},
	"limits":       {"Outside the limits: %s to %s", "Außerhalb der Grenzen: %s bis %s", "Fuera de los límites: de %s a %s", "Hors limites : de %s à %s"},
	"atLeast":      {"Outside the limits: at least %s", "Außerhalb der Grenzen: mindestens %s", "Fuera de los límites: al menos %s", "Hors limites : au moins %s"},
	"atMost":       {"Outside the limits: at most %s", "Außerhalb der Grenzen: höchstens %s", "Fuera de los límites: como máximo %s", "Hors limites : au plus %s"},
	"notDone":      {"Not done", "Nicht erledigt", "Sin hacer", "Non effectué"},
	"skipped":      {"Not applicable", "Nicht zutreffend", "No procede", "Sans objet"},
	"done":         {"Done", "Erledigt", "Hecho", "Fait"},
	"yes":          {"Yes", "Ja", "Sí", "Oui"},
	"no":           {"No", "Nein", "No", "Non"},
	"item":         {"Item", "Bezeichnung", "Artículo", "Désignation"},
	"number":       {"No.", "Nr.", "N.º", "N°"},
	"quantity":     {"Quantity", "Menge", "Cantidad", "Quantité"},
	"unitPrice":    {"Unit price", "Einzelpreis", "Precio unitario", "Prix unitaire"},
	"discount":     {"Discount", "Rabatt", "Descuento", "Remise"},
	"amount":       {"Amount", "Betrag", "Importe", "Montant"},
	"subtotal":     {"Subtotal", "Zwischensumme", "Subtotal", "Sous-total"},
	"lessDiscount": {"Less discount", "Abzüglich Rabatt", "Menos descuento", "Remise déduite"},
	"tax":          {"Tax", "Steuer", "Impuestos", "Taxes"},
	"total":        {"Total", "Gesamt", "Total", "Total"},
	"status":       {"Status", "Status", "Estado", "Statut"},
	"technician":   {"Technician", "Techniker", "Técnico", "Technicien"},
	"from":         {"From", "Von", "Desde", "De"},
	"to":           {"To", "Bis", "Hasta", "À"},
	"hours":        {"Hours", "Stunden", "Horas", "Heures"},
	"kind":         {"Kind", "Art", "Tipo", "Type"},
	"date":         {"Date", "Datum", "Fecha", "Date"},
	"visit":        {"Visit", "Einsatz", "Visita", "Visite"},

	"WorkOrder.WorkOrderNumber":            {"Work order", "Auftragsnummer", "Orden de trabajo", "Ordre d’intervention"},
	"WorkOrder.Subject":                    {"Subject", "Betreff", "Asunto", "Objet"},
	"WorkOrder.Status":                     {"Status", "Status", "Estado", "Statut"},
	"WorkOrder.Priority":                   {"Priority", "Priorität", "Prioridad", "Priorité"},
	"WorkOrder.Description":                {"Description", "Beschreibung", "Descripción", "Description"},
	"WorkOrder.PostWorkSummary":            {"Summary", "Zusammenfassung", "Resumen", "Résumé"},
	"WorkOrder.Address":                    {"Address of the work", "Einsatzort", "Lugar del trabajo", "Lieu d’intervention"},
	"WorkOrder.Account":                    {"Customer", "Kunde", "Cliente", "Client"},
	"WorkOrder.Asset":                      {"Equipment", "Anlage", "Equipo", "Équipement"},
	"WorkOrder.WorkType":                   {"Kind of work", "Art der Arbeit", "Tipo de trabajo", "Type d’intervention"},
	"WorkOrder.StartDate":                  {"Start", "Beginn", "Inicio", "Début"},
	"WorkOrder.EndDate":                    {"End", "Ende", "Fin", "Fin"},
	"WorkOrder.CreatedDate":                {"Ordered on", "Beauftragt am", "Solicitado el", "Demandé le"},
	"WorkOrderLineItem.LineItemNumber":     {"Line", "Position", "Partida", "Ligne"},
	"WorkOrderLineItem.Subject":            {"Subject", "Betreff", "Asunto", "Objet"},
	"WorkOrderLineItem.Status":             {"Status", "Status", "Estado", "Statut"},
	"WorkOrderLineItem.Description":        {"Description", "Beschreibung", "Descripción", "Description"},
	"WorkOrderLineItem.Asset":              {"Equipment", "Anlage", "Equipo", "Équipement"},
	"ServiceAppointment.AppointmentNumber": {"Visit", "Einsatznummer", "Visita", "Visite"},
	"ServiceAppointment.Subject":           {"Subject", "Betreff", "Asunto", "Objet"},
	"ServiceAppointment.Status":            {"Status of the visit", "Status des Einsatzes", "Estado de la visita", "Statut de la visite"},
	"ServiceAppointment.ActualStartTime":   {"Arrival", "Ankunft", "Llegada", "Arrivée"},
	"ServiceAppointment.ActualEndTime":     {"Departure", "Abfahrt", "Salida", "Départ"},
	"ServiceAppointment.SchedStartTime":    {"Planned start", "Geplanter Beginn", "Inicio previsto", "Début prévu"},
	"ServiceAppointment.SchedEndTime":      {"Planned end", "Geplantes Ende", "Fin previsto", "Fin prévue"},
	"ServiceAppointment.ServiceNote":       {"Note", "Notiz", "Nota", "Note"},
	"Account.Name":                         {"Customer", "Kunde", "Cliente", "Client"},
	"Account.Phone":                        {"Phone", "Telefon", "Teléfono", "Téléphone"},
	"Contact.Name":                         {"Contact", "Ansprechpartner", "Contacto", "Interlocuteur"},
	"Contact.Phone":                        {"Phone", "Telefon", "Teléfono", "Téléphone"},
	"Contact.Email":                        {"E-mail", "E-Mail", "Correo electrónico", "E-mail"},
	"Asset.Name":                           {"Equipment", "Anlage", "Equipo", "Équipement"},
	"Asset.SerialNumber":                   {"Serial number", "Seriennummer", "Número de serie", "Numéro de série"},
	"Location.Name":                        {"Site", "Standort", "Emplazamiento", "Site"},
	"WorkType.Name":                        {"Kind of work", "Art der Arbeit", "Tipo de trabajo", "Type d’intervention"},

	"=New":             {"New", "Neu", "Nuevo", "Nouveau"},
	"=None":            {"Not scheduled", "Nicht geplant", "Sin programar", "Non planifié"},
	"=Scheduled":       {"Scheduled", "Geplant", "Programado", "Planifié"},
	"=Dispatched":      {"Dispatched", "Unterwegs", "Enviado", "Envoyé"},
	"=In Progress":     {"In progress", "In Arbeit", "En curso", "En cours"},
	"=On Hold":         {"On hold", "Angehalten", "En espera", "En attente"},
	"=Completed":       {"Completed", "Abgeschlossen", "Completado", "Terminé"},
	"=Cannot Complete": {"Could not be completed", "Nicht ausführbar", "No se pudo completar", "Non réalisable"},
	"=Closed":          {"Closed", "Geschlossen", "Cerrado", "Clôturé"},
	"=Canceled":        {"Canceled", "Storniert", "Cancelado", "Annulé"},
	"=Low":             {"Low", "Niedrig", "Baja", "Basse"},
	"=Medium":          {"Medium", "Mittel", "Media", "Moyenne"},
	"=High":            {"High", "Hoch", "Alta", "Haute"},
	"=Critical":        {"Critical", "Kritisch", "Crítica", "Critique"},
	"=Pass":            {"Passed", "Bestanden", "Correcto", "Conforme"},
	"=Fail":            {"Failed", "Nicht bestanden", "Incorrecto", "Non conforme"},
	"=Direct":          {"Work", "Arbeit", "Trabajo", "Travail"},
	"=Indirect":        {"Preparation", "Vorbereitung", "Preparación", "Préparation"},
	"=Travel":          {"Travel", "Fahrt", "Desplazamiento", "Déplacement"},
	"=Default":         {"Signature", "Unterschrift", "Firma", "Signature"},
	"=Customer":        {"Customer", "Kunde", "Cliente", "Client"},
	"=Technician":      {"Technician", "Techniker", "Técnico", "Technicien"},
}

// column returns which of [languages] a language such as de_AT is; English for those that are not there.
func column(language string) int {
	base, _, _ := strings.Cut(strings.ReplaceAll(language, "-", "_"), "_")
	for i, l := range languages {
		if strings.EqualFold(l, base) {
			return i
		}
	}
	return 0
}

// word returns a text of our own.
func (l locale) word(key string) string { return words[key][l.column] }

// label returns what a field is called: our own word in the language, or the label that the organisation gave it.
func (l locale) label(object, field, given string) string {
	if w, ok := words[object+"."+field]; ok {
		return w[l.column]
	}
	return given
}

// choice returns a picklist value in the language; values of the organisation stay as they are.
func (l locale) choice(value, given string) string {
	if w, ok := words["="+value]; ok {
		return w[l.column]
	}
	return given
}
