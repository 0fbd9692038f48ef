# One list that kubectl applies, in the order of kinds and names, of what has no owner: an owner makes again what is his.
(map(select(.kind == "HorizontalPodAutoscaler") | .spec.scaleTargetRef | [.kind, .name])) as $scaled
| map(select([(.metadata.ownerReferences // [])[] | select(.controller)] == []))
# how many there are is what the autoscaler decided last
| map([.kind, .metadata.name] as $this | if any($scaled[]; . == $this) then del(.spec.replicas) else . end)
| {apiVersion: "v1", kind: "List", items: sort_by(.apiVersion, .kind, .metadata.name)}
