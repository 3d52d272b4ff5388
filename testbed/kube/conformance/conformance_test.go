// Package conformance runs upstream Kubernetes' own node conformance specs against the cluster that KUBECONFIG names.
package conformance

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	"github.com/onsi/gomega"
	"k8s.io/component-base/logs"
	"k8s.io/kubernetes/test/e2e/framework"
	"k8s.io/kubernetes/test/e2e/framework/config"

	_ "k8s.io/kubernetes/test/e2e/common/node"
	_ "k8s.io/kubernetes/test/e2e/common/storage"
	_ "k8s.io/kubernetes/test/e2e/feature"
	_ "k8s.io/kubernetes/test/e2e/framework/node/init"
)

// Upstream waits up to five minutes for what a batch node either does in seconds or never.
var patience = flag.Duration("patience", 60*time.Second, "how long to wait for a pod to start or to go")

var table = flag.String("table", "", "file to write: state, seconds, file, name and reason of each spec, with tabs between")

func TestMain(m *testing.M) {
	config.CopyFlags(config.Flags, flag.CommandLine)
	framework.RegisterCommonFlags(flag.CommandLine)
	framework.RegisterClusterFlags(flag.CommandLine)
	flag.Parse()
	t := (*framework.TimeoutContext)(unsafe.Pointer(reflect.ValueOf(&framework.TestContext).Elem().FieldByName("timeouts").UnsafeAddr()))
	t.PodStart, t.PodStartShort, t.PodStartSlow, t.PodDelete = *patience, *patience, *patience, *patience
	framework.AfterReadingAllFlags(&framework.TestContext)
	os.Exit(m.Run())
}

func TestConformance(t *testing.T) {
	logs.InitLogs()
	defer logs.FlushLogs()
	gomega.RegisterFailHandler(framework.Fail)
	suite, reporter := framework.CreateGinkgoConfig()
	ginkgo.RunSpecs(t, "node conformance", suite, reporter)
}

var _ = ginkgo.ReportAfterSuite("table", func(report ginkgo.Report) {
	if *table == "" {
		return
	}
	var lines strings.Builder
	for _, spec := range report.SpecReports {
		if !spec.LeafNodeType.Is(types.NodeTypeIt) || leftOut(spec) {
			continue
		}
		fmt.Fprintf(&lines, "%s\t%.1f\t%s\t%s\t%s\n", spec.State, spec.RunTime.Seconds(),
			filepath.Base(spec.LeafNodeLocation.FileName), oneLine(spec.FullText()), oneLine(spec.Failure.Message))
	}
	if err := os.WriteFile(*table, []byte(lines.String()), 0o644); err != nil {
		ginkgo.Fail(err.Error())
	}
})

// leftOut says whether a filter did not choose this spec; one that leaves itself out says why.
func leftOut(spec types.SpecReport) bool {
	return spec.State.Is(types.SpecStateSkipped|types.SpecStatePending) && spec.Failure.Message == ""
}

func oneLine(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if len(line) > 300 {
		line = strings.ToValidUTF8(line[:300], "")
	}
	return line
}
