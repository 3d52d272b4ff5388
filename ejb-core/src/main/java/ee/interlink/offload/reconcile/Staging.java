package ee.interlink.offload.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.RegistryAuth;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import ee.interlink.configuration.Configuration;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.ResolvedPod;
import io.fabric8.kubernetes.api.model.Pod;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Accepted pods in full, secrets and all, from their acceptance until their job's directory has
 * been written: files of this server alone (0600 in a 0700 directory), never rows. Without them an
 * accepted pod could not survive a crash before its submission.
 */
@ApplicationScoped
public class Staging {
  private static final ObjectMapper MAPPER = PodJson.mapper();
  private static final String REGISTRY_AUTH = "registryAuth";
  private static final String UNFINISHED = ".new";
  private Path directory;

  Staging() {}

  @Inject
  public Staging(Configuration configuration) {
    this(configuration.stateDirectory().resolve("staged"));
  }

  Staging(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + directory, e);
    }
  }

  /** Removes what is staged for any other pod: left by a crash before or after the journal knew. */
  void keepOnly(Collection<PodUid> pods) {
    Set<String> names = pods.stream().map(PodUid::value).collect(Collectors.toSet());
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, f -> !names.contains(f.getFileName().toString()))) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps a pod; returns once a crash of this process cannot lose it. */
  public void keep(PodUid uid, ResolvedPod pod) throws IOException {
    Path temporary = Files.createTempFile(directory, ".", UNFINISHED); // 0600 by its contract
    try {
      Files.write(temporary, MAPPER.writeValueAsBytes(tree(pod)));
      Files.move(temporary, file(uid), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** The pod as it was kept; empty if it is not here any more. */
  public Optional<ResolvedPod> find(PodUid uid) throws IOException {
    try {
      return Optional.of(pod(MAPPER.readTree(Files.readAllBytes(file(uid)))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  public void forget(PodUid uid) {
    try {
      Files.deleteIfExists(file(uid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(PodUid uid) {
    return directory.resolve(uid.value());
  }

  private static ObjectNode tree(ResolvedPod pod) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.set("pod", MAPPER.valueToTree(pod.pod()));
    pod.registryAuth().ifPresent(auth -> tree.put(REGISTRY_AUTH, auth.json()));
    ArrayNode volumes = tree.putArray("volumes");
    for (Volume.Files volume : pod.volumes()) {
      ObjectNode node = volumes.addObject();
      node.put("name", volume.name().value()).put("secret", volume.secret());
      ArrayNode files = node.putArray("files");
      for (Volume.File file : volume.files()) {
        files
            .addObject()
            .put("path", file.path())
            .put("mode", file.mode())
            .put("content", file.content());
      }
    }
    return tree;
  }

  private static ResolvedPod pod(JsonNode tree) throws IOException {
    List<Volume.Files> volumes = new ArrayList<>();
    for (JsonNode node : tree.path("volumes")) {
      List<Volume.File> files = new ArrayList<>();
      for (JsonNode file : node.path("files")) {
        files.add(
            new Volume.File(
                file.path("path").asText(),
                file.path("content").binaryValue(),
                file.path("mode").asInt()));
      }
      volumes.add(
          new Volume.Files(
              new VolumeName(node.path("name").asText()), files, node.path("secret").asBoolean()));
    }
    JsonNode auth = tree.path(REGISTRY_AUTH);
    return new ResolvedPod(
        MAPPER.treeToValue(tree.path("pod"), Pod.class),
        volumes,
        auth.isMissingNode() ? Optional.empty() : Optional.of(new RegistryAuth(auth.asText())));
  }
}
