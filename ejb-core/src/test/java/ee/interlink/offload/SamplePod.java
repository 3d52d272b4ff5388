package ee.interlink.offload;

import ee.interlink.batch.PodUid;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Pods that tests begin with. */
public final class SamplePod {
  private SamplePod() {}

  public static PodUid freshUid() {
    return new PodUid(UUID.randomUUID().toString());
  }

  /** One container named main. */
  public static Pod of(PodUid uid) {
    return of(uid, List.of(), List.of("main"));
  }

  public static Pod of(PodUid uid, List<String> init, List<String> main) {
    return with(
        uid,
        init.stream().map(SamplePod::container).toList(),
        main.stream().map(SamplePod::container).toList());
  }

  public static Pod with(PodUid uid, Container... containers) {
    return with(uid, List.of(), Arrays.asList(containers));
  }

  public static ResolvedPod resolved(PodUid uid) {
    return new ResolvedPod(of(uid), List.of());
  }

  private static Container container(String name) {
    return new ContainerBuilder().withName(name).withImage("busybox").withCommand("true").build();
  }

  private static Pod with(PodUid uid, List<Container> init, List<Container> main) {
    return new PodBuilder()
        .withNewMetadata()
        .withUid(uid.value())
        .withNamespace("default")
        .withName("sample")
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withInitContainers(init)
        .withContainers(main)
        .endSpec()
        .build();
  }
}
