package ee.interlink.web.portal;

import ee.interlink.batch.DnsLabel;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.web.body.DocumentReader;
import ee.interlink.web.body.DocumentReader.Language;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A Pod as somebody wrote it. What they left out is filled in: namespace {@code default}, a random
 * UID, and {@code restartPolicy: Never}. The last differs from Kubernetes ({@code Always}): a job
 * runs once, and a manifest that says nothing about it should not have to be changed.
 */
final class PodDocument {
  private static final Pattern NAME =
      Pattern.compile("(?=.{1,253}$)" + DnsLabel.FORM + "(\\." + DnsLabel.FORM + ")*");

  private PodDocument() {}

  /**
   * @param type as the request states it; null to tell by the first character
   */
  static Pod read(String text, MediaType type) throws RefusedPodException {
    Pod pod = DocumentReader.read(text, language(text, type), Pod.class);
    List<FieldFault> faults = new ArrayList<>();
    demand("v1".equals(pod.getApiVersion()), "apiVersion", "is not v1", faults);
    demand("Pod".equals(pod.getKind()), "kind", "is not Pod", faults);
    if (pod.getMetadata() == null) {
      pod.setMetadata(new ObjectMeta());
    }
    complete(pod);
    check(pod.getMetadata(), faults);
    if (!faults.isEmpty()) {
      throw new RefusedPodException(faults);
    }
    return pod;
  }

  private static Language language(String text, MediaType type) {
    if (type == null) {
      return text.stripLeading().startsWith("{") ? Language.JSON : Language.YAML;
    }
    return type.getSubtype().equals("json") ? Language.JSON : Language.YAML;
  }

  private static void complete(Pod pod) {
    ObjectMeta meta = pod.getMetadata();
    if (meta.getNamespace() == null) {
      meta.setNamespace("default");
    }
    if (meta.getUid() == null) {
      meta.setUid(UUID.randomUUID().toString());
    }
    if (pod.getSpec() != null && pod.getSpec().getRestartPolicy() == null) {
      pod.getSpec().setRestartPolicy("Never");
    }
    pod.setStatus(null); // ours to say
  }

  private static void check(ObjectMeta meta, List<FieldFault> faults) {
    if (meta.getName() == null) {
      faults.add(new FieldFault("metadata.name", "is missing"));
    } else {
      String name = meta.getName();
      demand(NAME.matcher(name).matches(), "metadata.name", "is not a DNS subdomain", faults);
    }
    boolean label = DnsLabel.is(meta.getNamespace());
    demand(label, "metadata.namespace", "is not a DNS label", faults);
    try {
      PodUid unused = new PodUid(meta.getUid());
    } catch (IllegalArgumentException e) {
      faults.add(new FieldFault("metadata.uid", "is " + e.getMessage()));
    }
  }

  private static void demand(boolean right, String field, String fault, List<FieldFault> faults) {
    if (!right) {
      faults.add(new FieldFault(field, fault));
    }
  }
}
