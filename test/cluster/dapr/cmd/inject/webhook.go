package main

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"

	admission "k8s.io/api/admission/v1"
	registration "k8s.io/api/admissionregistration/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/util/cert"
	sigsyaml "sigs.k8s.io/yaml"
)

// serve answers an API server on the same machine, so that every pod that it creates gets its sidecar. A pod with something
// wrong, which Dapr's injector lets pass, is refused.
func serve(in injector, address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	certificate, key, err := cert.GenerateSelfSignedCertKey(host, nil, nil)
	if err != nil {
		return err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return err
	}
	listener, err := tls.Listen("tcp", address, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12})
	if err != nil {
		return err
	}
	text, err := sigsyaml.Marshal(webhook("https://"+listener.Addr().String(), certificate))
	if err != nil {
		return err
	}
	// Written when the listener is there, and closed so that a reader knows that this was all.
	os.Stdout.Write(text)
	os.Stdout.Close()
	return http.Serve(listener, http.HandlerFunc(in.review))
}

// webhook is the object of Dapr's chart, except that it names an address of this machine.
func webhook(url string, ca []byte) *registration.MutatingWebhookConfiguration {
	fail, none, again := registration.Fail, registration.SideEffectClassNone, registration.IfNeededReinvocationPolicy
	return &registration.MutatingWebhookConfiguration{
		TypeMeta:   meta.TypeMeta{APIVersion: "admissionregistration.k8s.io/v1", Kind: "MutatingWebhookConfiguration"},
		ObjectMeta: meta.ObjectMeta{Name: "dapr-sidecar-injector"},
		Webhooks: []registration.MutatingWebhook{{
			Name:         "sidecar-injector.dapr.io",
			ClientConfig: registration.WebhookClientConfig{URL: &url, CABundle: ca},
			Rules: []registration.RuleWithOperations{{
				Operations: []registration.OperationType{registration.Create},
				Rule:       registration.Rule{APIGroups: []string{""}, APIVersions: []string{"v1"}, Resources: []string{"pods"}},
			}},
			FailurePolicy: &fail, SideEffects: &none, ReinvocationPolicy: &again,
			AdmissionReviewVersions: []string{"v1"},
		}},
	}
}

func (in injector) review(w http.ResponseWriter, r *http.Request) {
	review := admission.AdmissionReview{}
	if err := json.NewDecoder(r.Body).Decode(&review); err != nil || review.Request == nil {
		http.Error(w, fmt.Sprintf("not an AdmissionReview: %v", err), http.StatusBadRequest)
		return
	}
	review.Response = &admission.AdmissionResponse{UID: review.Request.UID, Allowed: true}
	patch, err := in.admit(review.Request)
	if err != nil {
		review.Response.Allowed = false
		review.Response.Result = &meta.Status{Message: err.Error()}
	} else if len(patch) > 0 {
		kind := admission.PatchTypeJSONPatch
		review.Response.PatchType, review.Response.Patch = &kind, patch
	}
	review.Request = nil
	json.NewEncoder(w).Encode(review)
}

func (in injector) admit(request *admission.AdmissionRequest) ([]byte, error) {
	pod := &core.Pod{}
	if err := json.Unmarshal(request.Object.Raw, pod); err != nil {
		return nil, err
	}
	pod.Namespace = request.Namespace // a pod of a controller does not say it yet
	if _, problems := in.inject(pod); len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	patch, err := in.patch(pod)
	if err != nil || len(patch) == 0 {
		return nil, err
	}
	return json.Marshal(patch)
}
