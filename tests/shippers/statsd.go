// Sends one of each to DogStatsD at the address that is its argument.
package main

import (
	"os"

	"github.com/DataDog/datadog-go/v5/statsd"
)

func main() {
	client, err := statsd.New(os.Args[1], statsd.WithTags([]string{"env:a"}), statsd.WithoutTelemetry())
	if err != nil {
		panic(err)
	}
	client.Count("go.hits", 2, []string{"x:y"}, 1)
	client.Gauge("go.gauge", 7, nil, 1)
	client.Distribution("go.size", 5, nil, 1)
	client.SimpleEvent("started", "it runs")
	client.SimpleServiceCheck("go.check", statsd.Critical)
	client.Close()
}
