package soql

var onPurpose = map[string]string{}
