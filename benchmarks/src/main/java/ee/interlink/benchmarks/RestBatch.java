package ee.interlink.benchmarks;

import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.BatchSystem;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Slurm by slurmrestd. */
final class RestBatch extends SlurmBatch {
  @Override
  public BatchSystem system(Testbed testbed) {
    return testbed.restSlurm();
  }

  @Override
  public List<Client> clients(Bench bench, Server server, int atOnce) throws IOException {
    return List.of(
        new Client(
            "bare POST of the same script", new BarePost(bench.testbed(), script(bench, server))),
        new Client(
            "bare POST of two lines", new BarePost(bench.testbed(), "#!/bin/bash\nsleep 600\n")));
  }

  /** What we give slurmrestd for a pod; its jobs start on no machine here. */
  private static String script(Bench bench, Server server) {
    Attempt pod = WayIn.rest(server, bench.pods()).next();
    bench.owns(pod.jobName());
    pod.send().run();
    String id =
        await("a job of ours")
            .until(() -> bench.queued(List.of(pod.jobName())).get(pod.jobName()), Objects::nonNull);
    return bench.testbed().as(Testbed.USER, "scontrol", "write", "batch_script", id, "-").output();
  }
}
