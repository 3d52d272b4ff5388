package ee.interlink.testbed;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pods whose end a test decides: their container waits for a file in a volume of its own, and the
 * test makes that file in the job's directory. So no test needs to guess how long a job should be.
 *
 * @param jobs the folder of a pod's job, from here
 */
public record Gate(Function<String, Optional<Path>> jobs) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String VOLUME = "gate";
  private static final String LOOP =
      "trap 'exit 143' TERM; echo waiting; until [ -e /gate/open ]; do sleep 1; done; echo done; ";

  /** A pod that ends with this code once its gate is open. */
  public static ObjectNode pod(Pods pods, int exitCode) {
    ObjectNode pod = pods.shell(LOOP + "exit " + exitCode);
    Pods.main(pod)
        .withArray("/volumeMounts")
        .addObject()
        .put("name", VOLUME)
        .put("mountPath", "/gate");
    ((ObjectNode) pod.get("spec"))
        .withArray("/volumes")
        .addObject()
        .put("name", VOLUME)
        .putObject("emptyDir");
    return pod;
  }

  /** Lets the pod of this UID end; its job must have been submitted. */
  public void open(String uid) {
    Path job = await().atMost(PATIENCE).until(() -> jobs.apply(uid), Optional::isPresent).get();
    try {
      Files.createFile(job.resolve("volumes").resolve(VOLUME).resolve("open"));
    } catch (FileAlreadyExistsException e) {
      return; // open already
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void open(Collection<String> uids) {
    uids.forEach(this::open);
  }
}
