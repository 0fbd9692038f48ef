package main

import (
	"context"
	"fmt"
	"os"
	"time"

	coordination "k8s.io/api/coordination/v1"
	core "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/component-base/version"
)

// runNodes makes nodes and plays what runs on them, in the background: kubelets and a storage provisioner.
func runNodes(ctx context.Context, kubeconfig string, count int) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS = -1 // no limit
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	for i := 0; i < count; i++ {
		if _, err := client.CoreV1().Nodes().Create(ctx, node(i), meta.CreateOptions{}); err != nil {
			return err
		}
	}
	go func() {
		for i := 0; wait(ctx, 10*time.Second, i > 0); i++ {
			for n := 0; n < count; n++ {
				heartbeat(ctx, client, nodeName(n))
			}
		}
	}()

	factory := informers.NewSharedInformerFactory(client, 0)
	pods := factory.Core().V1().Pods().Lister()
	claims := factory.Core().V1().PersistentVolumeClaims().Lister()
	kubelet := &kubelet{
		client:     client,
		pods:       pods,
		claims:     claims,
		secrets:    factory.Core().V1().Secrets().Lister(),
		configMaps: factory.Core().V1().ConfigMaps().Lister(),
	}
	provisioner := &provisioner{
		client:  client,
		classes: factory.Storage().V1().StorageClasses().Lister(),
		nodes:   factory.Core().V1().Nodes().Lister(),
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())

	// Looking at everything ten times a second is cheap at the size of a test, and makes each step its own retry.
	go func() {
		for wait(ctx, 100*time.Millisecond, true) {
			all, _ := pods.List(labels.Everything())
			for _, pod := range all {
				report(ctx, kubelet.sync(ctx, pod))
			}
			unbound, _ := claims.List(labels.Everything())
			for _, claim := range unbound {
				report(ctx, provisioner.sync(ctx, claim))
			}
		}
	}()
	return nil
}

// wait waits, unless told not to, and says whether to go on.
func wait(ctx context.Context, d time.Duration, really bool) bool {
	if really {
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
	}
	return ctx.Err() == nil
}

// report prints an error, except one that only says that the object is no longer as the cache has it, or one of the end.
func report(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil && !apierrors.IsConflict(err) && !apierrors.IsNotFound(err) && !apierrors.IsAlreadyExists(err) {
		fmt.Fprintln(os.Stderr, "kubetest:", err)
	}
}

func nodeName(i int) string { return fmt.Sprintf("node-%d", i) }

// node is a ready node. Its size matters only in that the workloads of a test fit.
func node(i int) *core.Node {
	now := meta.Now()
	size := core.ResourceList{
		core.ResourceCPU:              resource.MustParse("32"),
		core.ResourceMemory:           resource.MustParse("256Gi"),
		core.ResourceEphemeralStorage: resource.MustParse("1Ti"),
		core.ResourcePods:             resource.MustParse("110"),
	}
	n := &core.Node{
		ObjectMeta: meta.ObjectMeta{Name: nodeName(i), Labels: map[string]string{
			core.LabelHostname:       nodeName(i),
			core.LabelOSStable:       "linux",
			core.LabelArchStable:     "amd64",
			core.LabelTopologyZone:   "zone-" + string(rune('a'+i%3)),
			core.LabelTopologyRegion: "region-1",
		}},
		Status: core.NodeStatus{
			Capacity: size, Allocatable: size,
			NodeInfo: core.NodeSystemInfo{KubeletVersion: version.Get().GitVersion, OperatingSystem: "linux", Architecture: "amd64"},
			Conditions: []core.NodeCondition{{
				Type: core.NodeReady, Status: core.ConditionTrue, Reason: "KubeletReady", LastHeartbeatTime: now, LastTransitionTime: now,
			}},
		},
	}
	for _, pressure := range []core.NodeConditionType{core.NodeMemoryPressure, core.NodeDiskPressure, core.NodePIDPressure} {
		n.Status.Conditions = append(n.Status.Conditions, core.NodeCondition{
			Type: pressure, Status: core.ConditionFalse, LastHeartbeatTime: now, LastTransitionTime: now,
		})
	}
	return n
}

// heartbeat renews the lease of a node, without which the controller manager takes it for dead after 40 seconds.
func heartbeat(ctx context.Context, client kubernetes.Interface, name string) {
	leases := client.CoordinationV1().Leases(core.NamespaceNodeLease)
	now, seconds := meta.NowMicro(), int32(40)
	lease, err := leases.Get(ctx, name, meta.GetOptions{})
	if apierrors.IsNotFound(err) {
		_, err = leases.Create(ctx, &coordination.Lease{
			ObjectMeta: meta.ObjectMeta{Name: name},
			Spec:       coordination.LeaseSpec{HolderIdentity: &name, LeaseDurationSeconds: &seconds, RenewTime: &now},
		}, meta.CreateOptions{})
	} else if err == nil {
		lease.Spec.RenewTime = &now
		_, err = leases.Update(ctx, lease, meta.UpdateOptions{})
	}
	report(ctx, err)
}
