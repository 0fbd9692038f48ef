package main

import (
	"context"

	core "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	storagelisters "k8s.io/client-go/listers/storage/v1"
)

// provisioner plays the storage driver of every StorageClass: it makes the volume that a claim asks for, in the zone of
// the node that the scheduler chose for the pod. A claim of a class that does not exist stays unbound, and so does its pod.
type provisioner struct {
	client  kubernetes.Interface
	classes storagelisters.StorageClassLister
	nodes   corelisters.NodeLister
}

func (p *provisioner) sync(ctx context.Context, claim *core.PersistentVolumeClaim) error {
	// Set by the controller manager when it is the turn of a driver outside of it.
	driver := claim.Annotations["volume.kubernetes.io/storage-provisioner"]
	if driver == "" || claim.Spec.VolumeName != "" || claim.DeletionTimestamp != nil || claim.Spec.StorageClassName == nil {
		return nil
	}
	class, err := p.classes.Get(*claim.Spec.StorageClassName)
	if err != nil {
		return err
	}
	node := claim.Annotations["volume.kubernetes.io/selected-node"]
	if node == "" && class.VolumeBindingMode != nil && *class.VolumeBindingMode == storage.VolumeBindingWaitForFirstConsumer {
		return nil
	}
	volume := &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{
			Name:        "pvc-" + string(claim.UID),
			Annotations: map[string]string{"pv.kubernetes.io/provisioned-by": driver},
		},
		Spec: core.PersistentVolumeSpec{
			Capacity:         core.ResourceList{core.ResourceStorage: claim.Spec.Resources.Requests[core.ResourceStorage]},
			AccessModes:      claim.Spec.AccessModes,
			VolumeMode:       claim.Spec.VolumeMode,
			StorageClassName: class.Name,
			ClaimRef:         &core.ObjectReference{Kind: "PersistentVolumeClaim", APIVersion: "v1", Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID},
			PersistentVolumeSource: core.PersistentVolumeSource{
				CSI: &core.CSIPersistentVolumeSource{Driver: driver, VolumeHandle: string(claim.UID)},
			},
		},
	}
	if class.ReclaimPolicy != nil {
		volume.Spec.PersistentVolumeReclaimPolicy = *class.ReclaimPolicy
	}
	if node != "" {
		n, err := p.nodes.Get(node)
		if err != nil {
			return err
		}
		zone := core.NodeSelectorRequirement{
			Key: core.LabelTopologyZone, Operator: core.NodeSelectorOpIn, Values: []string{n.Labels[core.LabelTopologyZone]},
		}
		volume.Spec.NodeAffinity = &core.VolumeNodeAffinity{Required: &core.NodeSelector{
			NodeSelectorTerms: []core.NodeSelectorTerm{{MatchExpressions: []core.NodeSelectorRequirement{zone}}},
		}}
	}
	_, err = p.client.CoreV1().PersistentVolumes().Create(ctx, volume, meta.CreateOptions{})
	return err
}
