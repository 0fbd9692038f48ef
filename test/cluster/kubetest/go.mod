module kubetest
