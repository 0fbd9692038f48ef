package scalers

// What the files that are kept need of those that are left out.
const (
	externalMetricType = "External"
	stringEnable       = "enable"
	stringDisable      = "disable"
)
